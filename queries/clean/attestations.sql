-- Who attested which month, and on what day?
-- One row per attestation.
select
    attestation_id,
    municipality as municipality_id,
    month::date as month,
    statement,
    text,
    criterion,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as attested_on,
    withdrawn_at is not null as is_withdrawn
from acts_attestations
