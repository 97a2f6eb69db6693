-- On which rows did a rule that suggests deviations fire, and since when?
-- One row per rule, row and time that it held.
select
    suggestions.rule,
    suggestions.municipality_id,
    suggestions.row_key,
    suggestions.since_on::date as since_on,
    -- What has been planned for a day to come has not ended yet.
    case
        when suggestions.until_on <= clean_horizon.today then suggestions.until_on
    end::date as until_on,
    suggestions.about,
    suggestions.happened_on::date as happened_on
from suggestions
cross join clean_horizon
