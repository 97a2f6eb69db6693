-- When did anything come, go or come back for a kind of file in a month?
-- One row per upload, undo or restore and what the upload covers.
select
    kind,
    municipality as municipality_id,
    month::date as month,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as touched_on,
    "at" as touched_at
from touches
