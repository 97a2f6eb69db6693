-- What was corrected in locked months, from what to what?
-- One row per month, version and number or commitment; one of the two names is null.
select
    month,
    version,
    indicator,
    commitment,
    municipality_id,
    grain,
    period,
    part,
    was_state,
    was_numerator,
    was_denominator,
    was_value,
    was_delivered,
    now_state,
    now_numerator,
    now_denominator,
    now_value,
    now_delivered
from corrections
order by
    month,
    version,
    indicator nulls last,
    commitment,
    municipality_id,
    grain,
    period,
    part nulls first
