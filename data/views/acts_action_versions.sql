-- What was said here of an action that a decision became, each time?
-- One row per action and version.
select
    split_part(subject, ':', 1) as municipality,
    substr(subject, instr(subject, ':') + 1) as action_id,
    row_number() over (partition by subject order by entry) as version,
    (facts ->> 'decision')::bigint as decision_id,
    act,
    facts -> 'row' ->> 'title' as title,
    facts -> 'row' ->> 'owner_role' as owner_role,
    (facts -> 'row' ->> 'due_on')::date as due_on,
    facts -> 'row' ->> 'status' as status,
    facts ->> 'reason' as reason,
    "at",
    role as who_role
from ledger
where act in ('make_action', 'move_action', 'withdraw_action')
