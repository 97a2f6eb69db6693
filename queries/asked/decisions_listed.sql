-- Which decisions were made on this day or later, and how do they stand now?
-- One row per decision for the chosen municipality or for all, also those withdrawn:
-- the newest first.

with

chosen as (
    select $municipality as municipality_id, $since::date as first_day
),

versions as (
    select decision_id, count(*) as versions
    from decision_turns
    group by decision_id
),

became as (
    select decision_id, count(*) as actions, min(action_id) as action_id
    from actions
    where decision_id is not null
    group by decision_id
)

select
    decisions.decision_id,
    decisions.municipality_id,
    municipalities.name as municipality,
    decisions.text,
    decisions.owner_role,
    decisions.indicator,
    decisions.action_id,
    decisions.decided_on,
    decisions.due_on,
    case
        when decisions.withdrawn_on is not null then 'withdrawn'
        when decisions.carried_out_on is not null then 'carried_out'
        when decisions.due_on < release.today then 'overdue'
        else 'open'
    end as standing,
    decisions.carried_out_on,
    decisions.withdrawn_on,
    decisions.withdrawn_reason,
    coalesce(became.actions, 0) as became_actions,
    became.action_id as became_action_id,
    versions.versions
from decisions
inner join chosen on decisions.decided_on >= chosen.first_day
cross join release
inner join versions on decisions.decision_id = versions.decision_id
left join municipalities on decisions.municipality_id = municipalities.municipality_id
left join became on decisions.decision_id = became.decision_id
where
    chosen.municipality_id = 'cooperation'
    or decisions.municipality_id is null
    or decisions.municipality_id = chosen.municipality_id
order by decisions.decided_on desc, decisions.decision_id desc
