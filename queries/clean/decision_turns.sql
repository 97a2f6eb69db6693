-- What did each decision say, from which day, and whose role wrote that?
-- One row per version of a decision.
select
    decision_id,
    version as turn,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as from_on,
    who_role,
    municipality as municipality_id,
    text,
    owner_role,
    indicator,
    action_id,
    due_on::date as due_on
from acts_decision_versions
