-- How good is what the numbers rest on?
-- One row per measure, place and month.
select
    measure,
    municipality_id,
    month,
    numerator,
    denominator
from data_quality
order by measure, municipality_id, month
