-- What may be said of each municipality's answers beside the cooperation's?
-- One row per indicator and municipality, by name, of the newest tertial that is over.

with

newest as (
    select
        indicator,
        max(period) as period
    from verdicts
    where (period + interval 4 months)::date <= ($month::date + interval 1 month)::date
    group by indicator
)

select
    verdicts.indicator,
    verdicts.municipality_id,
    municipalities.name,
    verdicts.period,
    verdicts.verdict,
    verdicts.reason as verdict_reason,
    verdicts.low as difference_low,
    verdicts.high as difference_high,
    cells.grain,
    cells.part,
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
    cells.members,
    cells.updated_on,
    release.today
from verdicts
cross join release
inner join newest
    on verdicts.indicator = newest.indicator and verdicts.period = newest.period
inner join cells
    on
        verdicts.indicator = cells.indicator
        and verdicts.municipality_id = cells.municipality_id
        and verdicts.period = cells.period
        and cells.grain = 'tertial'
        and cells.part is null
inner join municipalities
    on verdicts.municipality_id = municipalities.municipality_id
order by translate(lower(municipalities.name), 'æøå', '{|}'), verdicts.indicator
