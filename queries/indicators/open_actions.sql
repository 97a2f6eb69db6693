-- How many improvement actions are open at the end of the month, and for how long?
-- One row per municipality and month, and one for each band of age in days.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

parts as (
    -- Null is every age together.
    select unnest([null, '0_30', '31_90', '91_180', 'over_180']) as part
),

actions as (
    select
        spine.municipality_id,
        spine.month,
        clean_actions.opened_on,
        clean_actions.reopened_on,
        last_day(spine.month) as month_end,
        -- The last time it ended so far; greatest() leaves out nulls.
        greatest(
            if(clean_actions.done_on <= month_end, clean_actions.done_on, null),
            if(clean_actions.closed_on <= month_end, clean_actions.closed_on, null)
        ) as ended_on
    from spine
    inner join clean_actions
        on
            spine.municipality_id = clean_actions.municipality_id
            and last_day(spine.month) >= clean_actions.opened_on
),

open_actions as (
    -- Done and later reopened, it is open again from that day and as old as it is.
    select
        municipality_id,
        month,
        month_end - opened_on as age_days
    from actions
    where ended_on is null or reopened_on between ended_on + 1 and month_end
),

aged_actions as (
    select
        municipality_id,
        month,
        case
            when age_days <= 30 then '0_30'
            when age_days <= 90 then '31_90'
            when age_days <= 180 then '91_180'
            else 'over_180'
        end as age_band
    from open_actions
),

counted as (
    select
        municipality_id,
        month,
        age_band,
        count(*) as open
    from aged_actions
    group by
        grouping sets ((municipality_id, month), (municipality_id, month, age_band))
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    coalesce(counted.open, 0) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from spine
cross join parts
left join counted
    on
        spine.municipality_id = counted.municipality_id
        and spine.month = counted.month
        and parts.part is not distinct from counted.age_band
order by spine.municipality_id, spine.month, parts.part
