-- On which rows did a rule that suggests deviations fire, and since when?
-- One row per rule, row and time that it held.
select
    rule,
    municipality_id,
    row_key,
    since_on::date as since_on,
    until_on::date as until_on,
    about,
    happened_on::date as happened_on
from suggestions
