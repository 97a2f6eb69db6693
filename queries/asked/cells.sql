-- Which cells does the release hold?
-- One row per indicator, municipality, grain, period and part.
-- release.sql names the columns, once.
select *  -- noqa: AM04
from cells
order by indicator, municipality_id, grain, period, part nulls first
