-- Which municipalities are there, when did they join, and how large are they?
-- One row per municipality.
select
    municipality_id,
    name,
    joined_on::date as joined_on,
    coalesce(joined_precision, 'day') as joined_precision,
    coalesce(is_host, false) as is_host,
    capacity,
    capacity_unit,
    capacity_from::date as capacity_from,
    tools
from current_municipalities
