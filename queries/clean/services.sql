-- Which services are there, and since when?
-- One row per service.
select
    service_id,
    municipality as municipality_id,
    name,
    kind,
    active_from::date as active_from,
    active_to::date as active_to,
    fte,
    employees
from current_services
