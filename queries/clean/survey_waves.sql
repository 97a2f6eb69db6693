-- Which surveys were sent to whom, when and how?
-- One row per wave.
select
    wave_id,
    municipality as municipality_id,
    service as service_id,
    survey,
    activity_id,
    measurement,
    respondent,
    sent_on::date as sent_on,
    channel,
    asked,
    delivered,
    answered,
    report_on::date as report_on,
    recommendations
from current_survey_waves
