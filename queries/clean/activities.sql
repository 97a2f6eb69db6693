-- Which activities were held, of what kind, and how many of whom took part?
-- One row per activity and municipality.
select
    activity_id,
    municipality as municipality_id,
    service as service_id,
    kind,
    theme,
    form,
    level,
    initiative,
    starts_on::date as starts_on,
    ends_on::date as ends_on,
    tool,
    invited,
    users,
    relatives,
    user_representatives,
    staff,
    leaders,
    deputies,
    partners,
    facilitator,
    report_on::date as report_on,
    recommendations
from current_activities
