-- At how many of the activities with users in the month was an own leader present?
-- One row per municipality and month, for every member municipality.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

activities_with_users as (
    select
        municipality_id,
        date_trunc('month', ends_on)::date as month,
        coalesce(leaders, 0) > 0 as is_leader_present
    from clean_activities
    where
        -- Users, their relatives, or those who speak for them.
        (users > 0 or relatives > 0 or user_representatives > 0)
        -- FACT belongs to the cooperation, and is in no municipality's numbers.
        and initiative is distinct from 'FACT'
),

counted as (
    select
        municipality_id,
        month,
        count(*) as held,
        count(*) filter (where is_leader_present) as with_leader
    from activities_with_users
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.with_leader, 0) as numerator,
    coalesce(counted.held, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
