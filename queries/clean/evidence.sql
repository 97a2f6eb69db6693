-- What evidence of anchoring was entered, for which step?
-- One row per entry.
select
    evidence_id,
    municipality as municipality_id,
    criterion,
    on_date::date as evident_on,
    reference
from acts_evidence
