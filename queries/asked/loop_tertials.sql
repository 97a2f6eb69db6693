-- How much of what users asked for came the whole way, in the last six tertials?
-- One row per closed tertial, the newest first.

with

chosen as (
    select
        $municipality as municipality_id,
        ($month::date + interval 1 month)::date as next_month
)

select
    cells.indicator,
    cells.municipality_id,
    cells.grain,
    cells.part,
    cells.period,
    cells.state,
    cells.numerator,
    cells.denominator,
    cells.value,
    cells.band,
    cells.denominator_band,
    cells.shown,
    cells.reason,
    cells.low,
    cells.high,
    cells.delivered,
    cells.members
from cells
inner join chosen on cells.municipality_id = chosen.municipality_id
where
    cells.indicator = 'loop'
    and cells.part is null
    and cells.state <> 'not_member'
    -- A tertial belongs to the months from the one that closes it.
    and (cells.period + interval 4 months)::date <= chosen.next_month
order by cells.period desc
limit 6
