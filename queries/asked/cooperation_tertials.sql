-- What is shown of one indicator for all municipalities together, by four months?
-- One row per tertial, the last six: the newest first.
-- What went on in the month and is over now belongs to the months from its last one.
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
    cells.members,
    cells.updated_on,
    release.today
from cells
cross join release
where
    cells.indicator = $indicator
    and cells.municipality_id = 'cooperation'
    and cells.grain = 'tertial'
    and cells.part is null
    and cells.period <= $month::date
    and (
        (cells.period + interval 4 months)::date
        <= ($month::date + interval 1 month)::date
        or (cells.period + interval 4 months)::date > release.today
    )
order by cells.period desc
limit 6
