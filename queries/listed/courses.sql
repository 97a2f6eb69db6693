-- Which courses ended, and were they evaluated the same day and after half a year?
-- One row per course and municipality.

with

courses as (
    select
        activity_id,
        municipality_id,
        ends_on,
        (ends_on + interval 6 month)::date as half_year_due_on
    from clean_activities
    where
        kind = 'course'
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and initiative is distinct from 'FACT'
),

same_day as (
    select activity_id, min(sent_on) as sent_on
    from clean_survey_waves
    where measurement = 'same_day'
    group by activity_id
),

half_year as (
    select activity_id, min(sent_on) as sent_on
    from clean_survey_waves
    where measurement = 'half_year'
    group by activity_id
)

select
    courses.activity_id,
    courses.municipality_id,
    courses.ends_on as ended_on,
    same_day.sent_on as same_day_sent_on,
    courses.half_year_due_on,
    half_year.sent_on as half_year_sent_on
from courses
left join same_day using (activity_id)
left join half_year using (activity_id)
order by courses.activity_id, courses.municipality_id
