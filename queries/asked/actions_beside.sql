-- What stands beside the shares of done actions: without users, and not assessed?
-- One row per indicator that has such a line for the municipality and month.
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
    indicator in ('users_involved_throughout', 'influence')
    and part in ('at_none', 'not_assessed')
    and municipality_id = $municipality
    and grain = 'month'
    and period = $month::date
    and state in ('measured', 'provisional')
    and denominator > 0
order by indicator desc
