-- How did people answer what the rules suggest?
-- One row per answer.
select
    entry as review_id,
    facts ->> 'rule' as rule,
    facts ->> 'row_key' as row_key,
    facts ->> 'municipality' as municipality,
    (facts ->> 'since_on')::date as since_on,
    facts ->> 'verdict' as verdict,
    facts ->> 'reason' as reason,
    role as who_role,
    "at"
from ledger
where act = 'review'
