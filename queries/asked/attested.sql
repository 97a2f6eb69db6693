-- Which heads have said something about the locked month, and what?
-- One row per municipality, by name: its newest statement that stands.

select
    municipalities.municipality_id,
    municipalities.name,
    attestations.statement,
    attestations.text,
    attestations.given_at::date as attested_on
from attestations
inner join municipalities
    on attestations.municipality_id = municipalities.municipality_id
where
    attestations.month = $month::date
    and attestations.withdrawn_at is null
    and ($municipality = 'cooperation' or attestations.municipality_id = $municipality)
qualify
    row_number() over (
        partition by attestations.municipality_id order by attestations.given_at desc
    ) = 1
order by translate(lower(municipalities.name), 'æøå', '{|}')
