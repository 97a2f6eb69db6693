-- What did the leaders' meeting decide?
-- One row per decision; without a municipality it is for all.
select
    decision_id,
    municipality_id,
    text,
    owner_role,
    indicator,
    decided_on,
    due_on,
    carried_out_on
from clean_decisions
order by decision_id
