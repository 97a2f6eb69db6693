-- Of the user representatives who answered, how many find that they are listened to?
-- One row per municipality and month of asking; persons is null where nobody was asked.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

fact_activities as (
    select distinct activity_id
    from clean_activities
    where initiative = 'FACT'
),

asking_surveys as (
    select distinct survey
    from clean_questions
    where role = 'listened_to'
),

-- The files have no word for user representatives. Who is asked about no course and no
-- service, and is neither a relative nor staff, is asked as one of them.
waves as (
    select
        clean_survey_waves.wave_id,
        clean_survey_waves.municipality_id,
        clean_survey_waves.survey,
        date_trunc('month', clean_survey_waves.sent_on)::date as month
    from clean_survey_waves
    inner join asking_surveys
        on clean_survey_waves.survey = asking_surveys.survey
    left join fact_activities
        on clean_survey_waves.activity_id = fact_activities.activity_id
    where
        clean_survey_waves.measurement = 'other'
        and clean_survey_waves.service_id is null
        and coalesce(clean_survey_waves.respondent, 'user') = 'user'
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and fact_activities.activity_id is null
),

answers as (
    select
        clean_survey_answers.wave_id,
        clean_questions.survey,
        clean_questions.question,
        try_cast(replace(clean_survey_answers.value, ',', '.') as double) as number
    from clean_questions
    inner join clean_survey_waves
        on clean_questions.survey = clean_survey_waves.survey
    inner join clean_survey_answers
        on
            clean_survey_waves.wave_id = clean_survey_answers.wave_id
            and clean_questions.question = clean_survey_answers.question
    where clean_questions.role = 'listened_to'
),

-- 4 and 5 say "good" only of five steps. The steps are those that the questionnaire
-- writes down; where it writes none, those that anybody ever answered.
written_steps as (
    select
        survey,
        question,
        unnest(regexp_extract_all(scale, '= *(-?[0-9]+([.,][0-9]+)?)', 1)) as step
    from clean_questions
    where role = 'listened_to'
),

written_scales as (
    select
        survey,
        question,
        list_sort(list(distinct replace(step, ',', '.')::double)) = [1, 2, 3, 4, 5]
            as has_five_steps
    from written_steps
    group by survey, question
),

answered_scales as (
    select survey, question, bool_and(number in (1, 2, 3, 4, 5)) as has_five_steps
    from answers
    group by survey, question
),

counted_answers as (
    select
        answers.wave_id,
        count(*) as valid,
        count(*) filter (where answers.number >= 4) as high
    from answers
    inner join answered_scales using (survey, question)
    left join written_scales using (survey, question)
    where
        answers.number in (1, 2, 3, 4, 5)
        and coalesce(written_scales.has_five_steps, answered_scales.has_five_steps)
    group by answers.wave_id
),

counted as (
    select
        waves.municipality_id,
        waves.month,
        coalesce(sum(counted_answers.valid), 0) as valid,
        coalesce(sum(counted_answers.high), 0) as high
    from waves
    left join counted_answers using (wave_id)
    group by waves.municipality_id, waves.month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.high, 0)::bigint as numerator,
    coalesce(counted.valid, 0)::bigint as denominator,
    counted.valid::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
