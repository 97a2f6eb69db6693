-- Of the actions done in the month, for how many were users told within 30 days?
-- One row per municipality and month in which the actions were done.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

done_actions as (
    -- Only those done at least 30 days ago: before that there is still time to tell.
    select
        clean_actions.municipality_id,
        clean_actions.reopened_on,
        clean_actions.done_on,
        date_trunc('month', clean_actions.done_on)::date as month,
        -- Not called due_on: the action's own due date would be meant below.
        clean_actions.done_on + 30 as told_by,
        coalesce(clean_actions.told_back_on <= told_by, false)
        and clean_actions.told_back_channel is not null
        and clean_actions.what_changed is not null as is_told_back
    from clean_actions
    cross join clean_horizon
    where clean_actions.done_on + 30 <= clean_horizon.today
),

counted as (
    -- Reopened before the time was out, it was not done after all.
    select
        municipality_id,
        month,
        count(*) as done,
        count(*) filter (where is_told_back) as told_back
    from done_actions
    where not coalesce(reopened_on > done_on and reopened_on <= told_by, false)
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.told_back, 0) as numerator,
    coalesce(counted.done, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
