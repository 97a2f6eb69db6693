-- Which cells does the release hold?
-- One row per indicator, municipality, grain, period and part.
select *
from cells
order by indicator, municipality_id, grain, period, part nulls first
