-- What did each decision say, from which day, and whose role wrote that?
-- One row per version of a decision; the last one is what it says now.
select
    decision_id,
    turn,
    from_on,
    who_role,
    municipality_id,
    text,
    owner_role,
    indicator,
    action_id,
    due_on
from clean_decision_turns
order by decision_id, turn
