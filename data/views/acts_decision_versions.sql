-- How was each decision worded, from the first time to the last?
-- One row per decision and version.
select
    coalesce(subject, entry::varchar)::bigint as decision_id,
    row_number() over (
        partition by coalesce(subject, entry::varchar) order by entry
    ) as version,
    facts ->> 'text' as text,
    facts ->> 'owner_role' as owner_role,
    (facts ->> 'due_on')::date as due_on,
    facts ->> 'municipality' as municipality,
    facts ->> 'indicator' as indicator,
    facts ->> 'action_id' as action_id,
    facts ->> 'criterion' as criterion,
    (facts ->> 'decided_on')::date as decided_on,
    "at",
    role as who_role
from ledger
where act in ('decide', 'change_decision')
