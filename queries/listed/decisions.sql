-- What did the leaders' meeting decide, and what became of it?
-- One row per decision, as its newest words say; without a municipality it is for all.
select
    decision_id,
    municipality_id,
    text,
    owner_role,
    indicator,
    action_id,
    decided_on,
    due_on,
    carried_out_on,
    carried_out_told_on,
    withdrawn_on,
    withdrawn_reason
from clean_decided
order by decision_id
