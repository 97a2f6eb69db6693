-- Which surveys are a municipality's own, and did anybody answer them?
-- One row per wave.

with

-- A wave made for FACT belongs to the cooperation, like the activity it asks about.
fact_activities as (
    select distinct activity_id
    from clean_activities
    where initiative = 'FACT'
),

answered_waves as (
    select distinct wave_id
    from clean_survey_answers
    where value is not null
)

select
    clean_survey_waves.wave_id,
    clean_survey_waves.municipality_id,
    clean_survey_waves.service_id,
    clean_survey_waves.survey,
    clean_survey_waves.activity_id,
    clean_survey_waves.measurement,
    clean_survey_waves.respondent,
    clean_survey_waves.sent_on,
    clean_survey_waves.asked,
    clean_survey_waves.delivered,
    clean_survey_waves.answered,
    clean_survey_waves.report_on,
    clean_survey_waves.recommendations,
    date_trunc('month', clean_survey_waves.sent_on)::date as month,
    answered_waves.wave_id is not null
    or coalesce(clean_survey_waves.answered > 0, false) as is_answered
from clean_survey_waves
left join fact_activities
    on clean_survey_waves.activity_id = fact_activities.activity_id
left join answered_waves
    on clean_survey_waves.wave_id = answered_waves.wave_id
where fact_activities.activity_id is null
order by clean_survey_waves.municipality_id, clean_survey_waves.wave_id
