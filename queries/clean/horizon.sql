-- What day is it, which months are looked at, and by which day are files delivered?
-- One row.
select
    first_month::date as first_month,
    last_month::date as last_month,
    today::date as today,
    lock_day::integer as lock_day
from horizon
