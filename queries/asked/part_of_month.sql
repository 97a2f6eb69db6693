-- What is shown of one line of an indicator's breakdown in a month?
-- One row, or none where there is no such line.
select
    indicator,
    municipality_id,
    grain,
    period,
    part,
    state,
    numerator,
    denominator,
    value,
    band,
    denominator_band,
    shown,
    reason
from cells
where
    indicator = $indicator
    and part = $part
    and municipality_id = $municipality
    and grain = 'month'
    and period = $month::date
