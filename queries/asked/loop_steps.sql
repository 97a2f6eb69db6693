-- Where did the way to "told back" stop, among what was due in the last 12 months?
-- One row per step in its order: what was due, what happened, and the largest leak.

with

chosen as (
    select
        $municipality as municipality_id,
        last_day($month::date) as month_end,
        (last_day($month::date) - interval 12 months)::date as year_before
),

recommendations_due as (
    select
        'answered' as step,
        coalesce(
            recommendations.leader_answered_on <= chosen.month_end, false
        ) as has_happened
    from recommendations
    inner join chosen
        on
            recommendations.history_from > chosen.month_end
            and recommendations.answer_due_on <= chosen.month_end
            and (
                chosen.municipality_id = 'cooperation'
                or recommendations.municipality_id = chosen.municipality_id
            )
),

promised_actions as (
    -- What was closed without action promised nothing more.
    select actions.due_on, actions.done_on, actions.told_back_on, chosen.*
    from actions
    inner join chosen
        on
            actions.opened_on <= chosen.month_end
            and (
                chosen.municipality_id = 'cooperation'
                or actions.municipality_id = chosen.municipality_id
            )
    where actions.closed_on is null
),

actions_due as (
    select 'done' as step, coalesce(done_on <= month_end, false) as has_happened
    from promised_actions
    where due_on > year_before and due_on < month_end
),

tellings_due as (
    -- Users are due to be told 30 days after an action was done.
    select
        'told_back' as step,
        coalesce(told_back_on <= month_end, false) as has_happened
    from promised_actions
    where done_on > year_before and done_on + 30 <= month_end
),

all_due as (
    select step, has_happened from recommendations_due
    union all
    select step, has_happened from actions_due
    union all
    select step, has_happened from tellings_due
),

steps as (
    select
        unnest([1, 2, 3]) as place,
        unnest(['answered', 'done', 'told_back']) as step
),

counted as (
    select
        steps.place,
        steps.step,
        count(all_due.has_happened) as due,
        count(*) filter (all_due.has_happened) as happened,
        count(*) filter (not all_due.has_happened) as leaked
    from steps
    left join all_due on steps.step = all_due.step
    group by steps.place, steps.step
)

select
    step,
    due,
    happened,
    leaked,
    -- Of equal leaks the later one: there most of the work is already done.
    leaked > 0
    and row_number() over (order by leaked desc, place desc) = 1 as is_largest_leak
from counted
order by place
