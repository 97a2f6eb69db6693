-- What did the heads say of which month?
-- One row per attestation, those taken back too.
select
    attestation_id,
    municipality as municipality_id,
    month::date as month,
    statement,
    text,
    criterion,
    "at" as given_at,
    withdrawn_at
from acts_attestations
order by attestation_id
