-- Which decisions were made, as they stand now, and what became of them?
-- One row per decision.

with

decided as (
    select
        coalesce(subject, entry::varchar)::bigint as decision_id,
        max_by(facts, entry) as facts,
        min("at") as "at"
    from ledger
    where act in ('decide', 'change_decision')
    group by coalesce(subject, entry::varchar)::bigint
),

done as (
    select
        subject,
        max_by(act, entry) as act,
        max_by(facts, entry) as facts,
        max_by("at", entry) as "at"
    from ledger
    where act in ('carry_out', 'withdraw_carry_out')
    group by subject
)

select
    decided.decision_id,
    decided.facts ->> 'text' as text,
    decided.facts ->> 'owner_role' as owner_role,
    (decided.facts ->> 'due_on')::date as due_on,
    decided.facts ->> 'municipality' as municipality,
    decided.facts ->> 'indicator' as indicator,
    decided.facts ->> 'action_id' as action_id,
    decided.facts ->> 'criterion' as criterion,
    (decided.facts ->> 'decided_on')::date as decided_on,
    (done.facts ->> 'on')::date as carried_out_on,
    done.at as carried_out_at,
    withdrawn.at as withdrawn_at,
    withdrawn.facts ->> 'reason' as withdrawn_reason,
    decided.at
from decided
left join done
    on done.subject = decided.decision_id::varchar and done.act = 'carry_out'
left join ledger as withdrawn
    on
        withdrawn.act = 'withdraw_decision'
        and withdrawn.subject = decided.decision_id::varchar
