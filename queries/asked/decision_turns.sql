-- What has one decision said, since when, and whose role wrote it?
-- One row per version, the newest first.
with

chosen as (
    select $decision as decision_id
)

select
    decision_turns.turn,
    decision_turns.from_on,
    decision_turns.who_role,
    decision_turns.text,
    decision_turns.owner_role,
    decision_turns.due_on,
    decision_turns.municipality_id,
    municipalities.name as municipality,
    decision_turns.indicator,
    decision_turns.action_id
from decision_turns
inner join chosen on decision_turns.decision_id = chosen.decision_id
left join municipalities
    on decision_turns.municipality_id = municipalities.municipality_id
order by decision_turns.turn desc
