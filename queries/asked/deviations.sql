-- Which deviations from user involvement are there, and what is each of them now?
-- One row per deviation.
select
    deviation_id,
    rule,
    municipality_id,
    row_key,
    since_on,
    until_on,
    holds,
    about,
    happened_on,
    text,
    state,
    state_on
from deviations
order by deviation_id
