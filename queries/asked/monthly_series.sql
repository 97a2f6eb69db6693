-- How has one indicator moved in the 24 months up to the chosen one?
-- One row per month, the oldest first.

with

chosen as (
    select
        $indicator as wanted,
        $municipality as municipality_id,
        $month::date as last_month,
        ($month::date - interval 23 months)::date as first_month
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
    cells.signal,
    cells.signal_rule,
    cells.signal_since,
    cells.limits_are_provisional,
    cells.centre,
    cells.assurance,
    cells.delivered,
    cells.members,
    cells.updated_on,
    cells.frozen_in,
    release.today
from cells
cross join release
inner join chosen
    on
        cells.indicator = chosen.wanted
        and cells.municipality_id = chosen.municipality_id
        and cells.period between chosen.first_month and chosen.last_month
where cells.grain = 'month' and cells.part is null
order by cells.period
