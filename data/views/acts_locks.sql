-- Which months are locked, when, and which of them as history?
-- One row per locked month.
select
    entry,
    (facts ->> 'month')::date as month,
    "at",
    coalesce((facts ->> 'is_history')::boolean, false) as is_history
from ledger
where act = 'lock'
