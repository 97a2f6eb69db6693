-- Of the courses that ended in the month, how many had an evaluation sent the same day?
-- One row per municipality and month, also when no course ended.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

courses as (
    select activity_id, municipality_id, ends_on
    from clean_activities
    where
        kind = 'course'
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and initiative is distinct from 'FACT'
),

same_day_waves as (
    -- One wave may serve a course of several municipalities, whoever sent it.
    select distinct activity_id, sent_on
    from clean_survey_waves
    where measurement = 'same_day'
),

counted as (
    select
        courses.municipality_id,
        date_trunc('month', courses.ends_on)::date as month,
        count(*) as ended,
        count(same_day_waves.activity_id) as evaluated
    from courses
    left join same_day_waves
        on
            courses.activity_id = same_day_waves.activity_id
            and courses.ends_on = same_day_waves.sent_on
    group by courses.municipality_id, date_trunc('month', courses.ends_on)
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.evaluated, 0) as numerator,
    coalesce(counted.ended, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
