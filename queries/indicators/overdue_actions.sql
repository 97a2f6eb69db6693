-- Of the actions open at the end of the month, how many are past their due date?
-- One row per municipality and month, and one for open actions without a due date.

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
        -- In a locked month that is corrected, the due date that was known then.
        if(
            clean_actions_when_locked.month is null,
            clean_actions.due_on,
            clean_actions_when_locked.due_on
        ) as due_on,
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
    select municipality_id, month, month_end, due_on
    from actions
    where ended_on is null or reopened_on between ended_on + 1 and month_end
),

counted as (
    -- An action that is due on the last day still has that day.
    select
        municipality_id,
        month,
        count(*) as open,
        count(due_on) as with_due_on,
        count(*) filter (where due_on < month_end) as overdue
    from open_actions
    group by municipality_id, month
),

lines as (
    select
        municipality_id,
        month,
        null as part,
        overdue as numerator,
        with_due_on as denominator
    from counted
    union all
    select
        municipality_id,
        month,
        'without_due_on' as part,
        open - with_due_on as numerator,
        open as denominator
    from counted
),

parts as (
    select unnest([null, 'without_due_on']) as part
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    coalesce(lines.numerator, 0) as numerator,
    coalesce(lines.denominator, 0) as denominator,
    null::bigint as persons
from spine
cross join parts
left join lines
    on
        spine.municipality_id = lines.municipality_id
        and spine.month = lines.month
        and parts.part is not distinct from lines.part
order by spine.municipality_id, spine.month, parts.part
