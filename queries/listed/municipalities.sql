-- Which municipalities work together, and since when?
-- One row per municipality.
select
    clean_municipalities.municipality_id,
    clean_municipalities.name,
    clean_municipalities.joined_on,
    clean_municipalities.joined_precision,
    clean_memberships.member_from,
    coalesce(clean_municipalities.is_host, false) as is_host,
    clean_municipalities.capacity,
    clean_municipalities.capacity_unit
from clean_municipalities
inner join clean_memberships using (municipality_id)
order by clean_municipalities.municipality_id
