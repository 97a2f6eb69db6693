-- Which decisions have become improvement actions that are not withdrawn?
-- One row per municipality and action.
select
    split_part(subject, ':', 1) as municipality,
    substr(subject, instr(subject, ':') + 1) as action_id,
    max_by((facts ->> 'decision')::bigint, entry) as decision_id,
    min("at") as "at"
from ledger
where act in ('make_action', 'move_action', 'withdraw_action')
group by subject
having max_by(act, entry) <> 'withdraw_action'
