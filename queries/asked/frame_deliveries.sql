-- How much of what is delivered monthly has come for this month, and when was the last?
-- One row.

with

-- A kind that nobody has delivered yet is not waited for.
kinds_in_use as (
    select distinct kind
    from deliveries
    where is_delivered
),

expected as (
    select
        deliveries.month = $month::date as is_this_month,
        deliveries.is_delivered,
        deliveries.delivered_on
    from deliveries
    inner join kinds_in_use on deliveries.kind = kinds_in_use.kind
    where
        $municipality = 'cooperation'
        or deliveries.municipality_id = $municipality
)

select
    count(*) filter (is_this_month and is_delivered) as delivered,
    count(*) filter (is_this_month) as expected,
    max(delivered_on) as delivered_on
from expected
