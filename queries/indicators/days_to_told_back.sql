-- How many days after an action was done were users told what changed?
-- One row per municipality and month done, and the median of all together.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

told_actions as (
    -- The same actions as told_back counts as told. Told before it was done a second
    -- time, users did not wait.
    select
        clean_actions.municipality_id,
        date_trunc('month', clean_actions.done_on)::date as month,
        greatest(clean_actions.told_back_on - clean_actions.done_on, 0) as days
    from clean_actions
    cross join clean_horizon
    where
        clean_actions.done_on + 30 <= clean_horizon.today
        and clean_actions.told_back_on <= clean_actions.done_on + 30
        and clean_actions.told_back_channel is not null
        and clean_actions.what_changed is not null
        and not coalesce(
            clean_actions.reopened_on > clean_actions.done_on
            and clean_actions.reopened_on <= clean_actions.done_on + 30,
            false
        )
),

-- All together are those that delivered.
delivered_months as (
    select municipality_id, month
    from spine
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
    median(told_actions.days) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from places
left join told_actions
    on
        places.municipality_id = told_actions.municipality_id
        and places.month = told_actions.month
group by places.place, places.month
order by places.place, places.month
