-- What was decided in the leaders' meeting, for whom, and was it carried out?
-- One row per decision; without a municipality it is for all.
select
    decision_id,
    municipality as municipality_id,
    text,
    owner_role,
    indicator,
    action_id,
    criterion,
    decided_on::date as decided_on,
    due_on::date as due_on,
    carried_out_on::date as carried_out_on
from acts_decisions
