-- Which cells stand still since a lock, and what was said of them?
-- One row per indicator, municipality, grain, period and part.
-- release.sql names the columns, once.
select *  -- noqa: AM04
from cells
where frozen_in is not null
order by indicator, municipality_id, grain, period, part nulls first
