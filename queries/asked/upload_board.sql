-- Which files have come from whom, and which are awaited, in a stretch of months?
-- One row per member municipality, month and kind of file that comes each month.

with

-- A kind that nobody has delivered yet is not waited for.
kinds_in_use as (
    select distinct kind
    from deliveries
    where is_delivered
)

select
    deliveries.municipality_id,
    deliveries.kind,
    deliveries.month,
    deliveries.delivered_on,
    case
        when deliveries.is_delivered then 'delivered'
        when kinds_in_use.kind is null then 'not_in_use'
        when deliveries.is_expected then 'missing'
        else 'not_awaited'
    end as state
from deliveries
left join kinds_in_use using (kind)
where deliveries.month between $first_month::date and $last_month::date
order by deliveries.municipality_id, deliveries.kind, deliveries.month
