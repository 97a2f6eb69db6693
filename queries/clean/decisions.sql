-- What was decided in the leaders' meeting, for whom, and was it carried out?
-- One row per decision that stands; without a municipality it is for all.
select
    decision_id,
    municipality_id,
    text,
    owner_role,
    indicator,
    action_id,
    criterion,
    decided_on,
    due_on,
    carried_out_on
from clean_decided
where withdrawn_on is null
