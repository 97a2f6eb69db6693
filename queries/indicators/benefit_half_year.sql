-- Of those who answered half a year after their course, how many had much benefit?
-- One row per municipality and month in which courses ended; persons is null where
-- nobody was asked.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- Whoever was asked, and whenever, the answers belong to the day the course ended.
courses as (
    select activity_id, max(ends_on) as ended_on
    from clean_activities
    where kind = 'course'
    group by activity_id
    -- FACT belongs to the cooperation, not to the municipality that hosts it.
    having count(*) filter (where initiative = 'FACT') = 0
),

counted as (
    select
        clean_survey_waves.municipality_id,
        date_trunc('month', courses.ended_on)::date as month,
        sum(common_scale_answers.valid)::bigint as valid,
        sum(common_scale_answers.high)::bigint as high
    from clean_survey_waves
    inner join courses
        on clean_survey_waves.activity_id = courses.activity_id
    inner join common_scale_answers
        on clean_survey_waves.wave_id = common_scale_answers.wave_id
    where
        clean_survey_waves.measurement = 'half_year'
        and common_scale_answers.role = 'benefit'
    group by clean_survey_waves.municipality_id, date_trunc('month', courses.ended_on)
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.high, 0) as numerator,
    coalesce(counted.valid, 0) as denominator,
    counted.valid as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
