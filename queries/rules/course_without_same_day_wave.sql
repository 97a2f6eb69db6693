-- Which courses ended without an evaluation sent that day?
-- One row per course and municipality.

with

courses as (
    select
        activity_id,
        municipality_id,
        service_id,
        ends_on,
        date_trunc('month', ends_on)::date as month
    from clean_activities
    where
        kind = 'course'
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and initiative is distinct from 'FACT'
),

same_day_waves as (
    select distinct activity_id, sent_on
    from clean_survey_waves
    where measurement = 'same_day'
)

-- What was not delivered cannot be known to be missing.
select
    courses.municipality_id,
    courses.activity_id as row_key,
    courses.ends_on as since_on,
    null::date as until_on,
    clean_services.name as about,
    courses.ends_on as happened_on
from courses
cross join clean_live
inner join clean_memberships
    on
        courses.municipality_id = clean_memberships.municipality_id
        and courses.month >= clean_memberships.member_from
inner join common_delivered_survey_waves as told_months
    on
        courses.municipality_id = told_months.municipality_id
        and courses.month = told_months.month
left join same_day_waves
    on
        courses.activity_id = same_day_waves.activity_id
        and courses.ends_on = same_day_waves.sent_on
left join clean_services
    on
        courses.service_id = clean_services.service_id
        and courses.municipality_id = clean_services.municipality_id
where
    same_day_waves.activity_id is null
    and courses.ends_on >= clean_live.live_from
    and courses.ends_on < clean_live.today
order by courses.municipality_id, row_key
