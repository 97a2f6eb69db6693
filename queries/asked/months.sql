-- Which months are there, and which are locked?
-- One row per month.
select
    month,
    locked_at,
    is_history,
    lock_release
from months
order by month
