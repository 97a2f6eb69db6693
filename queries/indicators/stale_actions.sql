-- Of the actions open at the end of the month, how many had not changed for 45 days?
-- One row per municipality and month.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

actions as (
    select
        spine.municipality_id,
        spine.month,
        clean_actions.opened_on,
        -- In a locked month that is corrected, the change that was known then.
        if(
            clean_actions_when_locked.month is null,
            clean_actions.changed_on,
            clean_actions_when_locked.changed_on
        ) as changed_on,
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
    left join clean_actions_when_locked
        on
            spine.month = clean_actions_when_locked.month
            and spine.municipality_id = clean_actions_when_locked.municipality_id
            and clean_actions.action_id = clean_actions_when_locked.action_id
),

open_actions as (
    -- Done and later reopened, it is open again from that day.
    select
        municipality_id,
        month,
        -- A row tells only of its last change. Where that came after the month, none
        -- before it is known, and the action is not called stale.
        month_end - greatest(
            opened_on,
            changed_on,
            if(reopened_on <= month_end, reopened_on, null)
        ) as days_unchanged
    from actions
    where ended_on is null or reopened_on between ended_on + 1 and month_end
),

counted as (
    select
        municipality_id,
        month,
        count(*) as open,
        count(*) filter (where days_unchanged >= 45) as stale
    from open_actions
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.stale, 0) as numerator,
    coalesce(counted.open, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
