-- Which goals were decided, by whom, and for when?
-- One row per goal.
select
    goal_id,
    municipality as municipality_id,
    theme,
    measure,
    baseline,
    aim,
    due_on::date as due_on,
    decided_on::date as decided_on,
    decided_by_role,
    closed_on::date as closed_on,
    criterion
from current_goals
