-- When did each file come?
-- One row per upload.
select
    upload_id,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as delivered_on
from uploads
