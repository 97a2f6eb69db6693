-- Of the improvement teams at work at month end, how many have a user in them?
-- One row per municipality and month, for every member municipality.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

counted as (
    select
        municipality_id,
        month,
        count(*) as teams,
        count(*) filter (where representatives > 0) as with_users
    from common_body_months
    where body_kind = 'improvement_team'
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.with_users, 0) as numerator,
    coalesce(counted.teams, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
