-- How many days did what users asked to have changed wait for its answer?
-- One row per municipality and month received, and the median of all together.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

waits as (
    -- What was already being worked on when it was asked for did not wait.
    select
        municipality_id,
        month,
        greatest(answered_on - received_on, 0) as days
    from common_change_requests
    where answered_on is not null
),

-- All together are those that delivered both files.
delivered_months as (
    select municipality_id, month
    from spine
    inner join common_delivered_feedback using (municipality_id, month)
    inner join common_delivered_actions using (municipality_id, month)
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
        delivered_months.municipality_id,
        months.month
    from months
    left join delivered_months on months.month = delivered_months.month
)

select
    places.place as municipality_id,
    places.month as period,
    'month' as grain,
    null::varchar as part,
    median(waits.days) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from places
left join waits
    on
        places.municipality_id = waits.municipality_id
        and places.month = waits.month
group by places.place, places.month
order by places.place, places.month
