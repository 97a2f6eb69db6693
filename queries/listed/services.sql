-- Which services does each municipality have?
-- One row per service. How many work there is not shown: a small service is a person.
select
    service_id,
    municipality_id,
    name,
    active_from,
    active_to
from clean_services
order by service_id
