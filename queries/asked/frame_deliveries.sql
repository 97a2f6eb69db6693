-- How much of what is delivered monthly has come for this month, and when was the last?
-- One row.

with

own as (
    select
        is_expected and month = $month::date as is_asked,
        is_delivered,
        delivered_on
    from deliveries
    where $municipality in ('cooperation', municipality_id)
)

select
    count(*) filter (is_asked and is_delivered) as delivered,
    count(*) filter (is_asked) as expected,
    max(delivered_on) as delivered_on
from own
