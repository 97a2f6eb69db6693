-- Which of the files that are waited for have not come for this month?
-- One row per member municipality and kind that is missing.

select
    municipality_id,
    kind
from deliveries
where
    month = $month::date
    and is_expected
    and not is_delivered
    and $municipality in ('cooperation', municipality_id)
order by municipality_id, kind
