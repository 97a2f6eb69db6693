-- Of the services active at the end of the month, how many heard in the last 90 days?
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
        count(*) as active,
        count(*) filter (where days <= 90) as fresh
    from common_service_ages
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.fresh, 0) as numerator,
    coalesce(counted.active, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
