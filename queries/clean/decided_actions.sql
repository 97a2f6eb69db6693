-- Which improvement actions did a decision become, in which municipality?
-- One row per action that a decision became and that was not taken back.
select
    municipality as municipality_id,
    action_id,
    decision_id
from acts_actions
