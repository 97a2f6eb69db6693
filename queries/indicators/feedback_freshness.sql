-- How many days old is the latest feedback to each service at the end of the month?
-- One row per active service and month, and the median of each municipality and of all.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- All together are those that delivered: who is missing may have heard since.
heard_months as (
    select spine.municipality_id, spine.month
    from spine
    inner join common_heard_months using (municipality_id, month)
),

months as (
    select distinct month from spine
),

places as (
    select municipality_id as place, municipality_id, month
    from spine
    union all
    select
        'cooperation' as place,
        heard_months.municipality_id,
        months.month
    from months
    left join heard_months on months.month = heard_months.month
),

-- Each service once: not the median of the municipalities' medians.
medians as (
    select
        places.place,
        places.month,
        median(common_service_ages.days) as days
    from places
    left join common_service_ages
        on
            places.municipality_id = common_service_ages.municipality_id
            and places.month = common_service_ages.month
    group by places.place, places.month
),

lines as (
    select place, month, null as part, days
    from medians
    union all
    select
        common_service_ages.municipality_id as place,
        common_service_ages.month,
        common_service_ages.service_id as part,
        common_service_ages.days
    from spine
    inner join common_service_ages using (municipality_id, month)
)

select
    place as municipality_id,
    month as period,
    'month' as grain,
    part,
    days as numerator,
    null::bigint as denominator,
    null::bigint as persons
from lines
order by place, month, part
