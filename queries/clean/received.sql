-- How much came in with each file, stored or refused, and how much of it was refused?
-- One row per file that was stored, and per time one was refused.
select
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as received_on,
    file_rows,
    refused_rows,
    guard_hits
from received
