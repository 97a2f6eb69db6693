-- What was decided in the leaders' meeting, and what became of it, since when known?
-- One row per decision, as its newest words say, also those that were withdrawn;
-- without a municipality it is for all.
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
    carried_out_on::date as carried_out_on,
    timezone('Europe/Oslo', timezone('UTC', carried_out_at))::date
        as carried_out_told_on,
    timezone('Europe/Oslo', timezone('UTC', withdrawn_at))::date as withdrawn_on,
    withdrawn_reason
from acts_decisions
