-- Which attestations were given of which month, and which are withdrawn?
-- One row per attestation.
select
    given.entry as attestation_id,
    given.facts ->> 'municipality' as municipality,
    (given.facts ->> 'month')::date as month,
    given.facts ->> 'statement' as statement,
    given.facts ->> 'text' as text,
    given.facts ->> 'criterion' as criterion,
    given.at,
    given.role as who_role,
    taken_back.at as withdrawn_at
from ledger as given
left join ledger as taken_back
    on
        taken_back.act = 'withdraw_attestation'
        and taken_back.subject = given.entry::varchar
where given.act = 'attest'
