-- Which months of which kind of file has each municipality delivered?
-- One row per kind, municipality and month that an upload covers.
select
    kind,
    municipality as municipality_id,
    month::date as month,
    timezone('Europe/Oslo', timezone('UTC', delivered_at))::date as delivered_on,
    upload_id
from coverage
