-- Of the courses that ended half a year ago, how many were evaluated again in time?
-- One row per municipality and month in which the evaluation was due.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

courses as (
    -- Six months after the 31st of August is the last day of February.
    select
        activity_id,
        municipality_id,
        (ends_on + interval 6 months)::date as due_on
    from clean_activities
    where
        kind = 'course'
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and initiative is distinct from 'FACT'
),

half_year_waves as (
    select activity_id, sent_on
    from clean_survey_waves
    where measurement = 'half_year'
),

evaluated_courses as (
    select
        courses.municipality_id,
        courses.activity_id,
        date_trunc('month', courses.due_on)::date as month,
        count(half_year_waves.activity_id) > 0 as is_evaluated
    from courses
    left join half_year_waves
        on
            courses.activity_id = half_year_waves.activity_id
            and half_year_waves.sent_on between courses.due_on and courses.due_on + 14
    group by courses.municipality_id, courses.activity_id, courses.due_on
),

counted as (
    select
        municipality_id,
        month,
        count(*) as due,
        count(*) filter (where is_evaluated) as evaluated
    from evaluated_courses
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.evaluated, 0) as numerator,
    coalesce(counted.due, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
