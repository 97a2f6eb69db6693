-- Which kinds of file that are in use has nobody delivered for this month?
-- One row per member municipality and kind that is missing.

with

-- A kind that nobody has delivered yet is not waited for.
kinds_in_use as (
    select distinct kind
    from deliveries
    where is_delivered
)

select
    deliveries.municipality_id,
    deliveries.kind
from deliveries
inner join kinds_in_use using (kind)
where
    deliveries.month = $month::date
    and not deliveries.is_delivered
    and (
        $municipality = 'cooperation'
        or deliveries.municipality_id = $municipality
    )
order by deliveries.municipality_id, deliveries.kind
