-- Does the municipality have a concrete goal that applies at the end of the month?
-- One row per municipality and month, and one for those whose goals are all past due.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

goals as (
    -- Concrete: a theme, something to measure, a due date, decided by a leader.
    select municipality_id, decided_on, due_on, closed_on
    from clean_goals
    where
        theme is not null
        and measure is not null
        and due_on is not null
        and decided_by_role is not null
),

counted as (
    -- A goal applies until it is closed; a due date that passed does not close it.
    select
        spine.municipality_id,
        spine.month,
        count(goals.decided_on) as current_goals,
        count(goals.decided_on) filter (
            where goals.due_on < last_day(spine.month)
        ) as goals_past_due
    from spine
    left join goals
        on
            spine.municipality_id = goals.municipality_id
            and last_day(spine.month) >= goals.decided_on
            and not coalesce(goals.closed_on <= last_day(spine.month), false)
    group by spine.municipality_id, spine.month
),

lines as (
    select municipality_id, month, null as part, current_goals > 0 as holds
    from counted
    union all
    select
        municipality_id,
        month,
        'past_due' as part,
        current_goals > 0 and current_goals = goals_past_due as holds
    from counted
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    holds::bigint as numerator,
    1::bigint as denominator,
    null::bigint as persons
from lines
order by municipality_id, month, part
