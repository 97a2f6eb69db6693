-- For which courses did the time for the half-year evaluation pass without one?
-- One row per course and municipality.

with

courses as (
    select
        activity_id,
        municipality_id,
        service_id,
        ends_on,
        (ends_on + to_months($months::integer))::date as due_on,
        (ends_on + to_months($months::integer))::date + $days::integer as keep_by
    from clean_activities
    where
        kind = 'course'
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and initiative is distinct from 'FACT'
),

half_year_waves as (
    select activity_id, min(sent_on) as sent_on
    from clean_survey_waves
    where measurement = 'half_year'
    group by activity_id
),

-- Each month that the time reaches into must have been delivered, to know of none.
told_courses as (
    select courses.activity_id, courses.municipality_id
    from courses
    inner join common_delivered_survey_waves as told
        on
            courses.municipality_id = told.municipality_id
            and date_trunc('month', courses.due_on) <= told.month
            and courses.keep_by >= told.month
    group by
        courses.activity_id,
        courses.municipality_id,
        courses.due_on,
        courses.keep_by
    having count(*) = datediff('month', courses.due_on, courses.keep_by) + 1
)

select
    courses.municipality_id,
    courses.activity_id as row_key,
    courses.keep_by as since_on,
    -- Late is better than never: then there is one.
    half_year_waves.sent_on as until_on,
    clean_services.name as about,
    courses.ends_on as happened_on
from courses
cross join clean_live
inner join told_courses
    on
        courses.activity_id = told_courses.activity_id
        and courses.municipality_id = told_courses.municipality_id
inner join clean_memberships
    on
        courses.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', courses.keep_by) >= clean_memberships.member_from
left join half_year_waves
    on courses.activity_id = half_year_waves.activity_id
left join clean_services
    on
        courses.service_id = clean_services.service_id
        and courses.municipality_id = clean_services.municipality_id
where
    coalesce(half_year_waves.sent_on > courses.keep_by, true)
    and courses.keep_by >= clean_live.live_from
    and courses.keep_by < clean_live.today
order by courses.municipality_id, row_key
