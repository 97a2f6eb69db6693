-- What was given as evidence of a step of the staircase?
-- One row per piece of evidence.
select
    entry as evidence_id,
    facts ->> 'municipality' as municipality,
    facts ->> 'criterion' as criterion,
    (facts ->> 'on')::date as on_date,
    facts ->> 'reference' as reference,
    "at"
from ledger
where act = 'give_evidence'
