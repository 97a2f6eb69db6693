-- Which municipalities have said how large they are, and in which unit?
-- One row per municipality, by name.

select
    municipality_id,
    name,
    capacity,
    capacity_unit
from municipalities
order by translate(lower(name), 'æøå', '{|}')
