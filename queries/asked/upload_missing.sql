-- Which of the files that are waited for have not come for this month?
-- One row per member municipality, by name, and kind that is missing.

select
    deliveries.municipality_id,
    deliveries.kind
from deliveries
inner join municipalities
    on deliveries.municipality_id = municipalities.municipality_id
where
    deliveries.month = $month::date
    and deliveries.is_expected
    and not deliveries.is_delivered
    and $municipality in ('cooperation', deliveries.municipality_id)
order by translate(lower(municipalities.name), 'æøå', '{|}'), deliveries.kind
