-- Which months are locked, since which day, and which of them as history?
-- One row per locked month.
select
    month::date as month,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as locked_on,
    is_history,
    "at" as locked_at
from acts_locks
