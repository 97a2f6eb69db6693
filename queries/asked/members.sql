-- Which municipalities were members of the cooperation in this month?
-- One row per municipality, in the order of the Norwegian alphabet.
select
    municipality_id,
    name
from municipalities
where member_from <= $month::date
order by translate(lower(name), 'æøå', '{|}')
