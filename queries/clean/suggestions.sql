-- On which rows did a rule that suggests deviations fire, and since when?
-- One row per rule, row and time that it held.
select
    rule,
    municipality_id,
    row_key,
    since_on::date as since_on,
    -- What has been planned for a day to come has not ended yet.
    if(until_on <= today, until_on, null)::date as until_on,
    about,
    happened_on::date as happened_on
from suggestions
cross join clean_horizon
