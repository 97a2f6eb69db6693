-- Of each wave's answers on a scale, how many are valid, and how many are 4 or 5?
-- One row per wave and role of the question that was asked.

with

answers as (
    select
        clean_survey_answers.wave_id,
        clean_questions.role,
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
    where clean_questions.role in ('benefit', 'listened_to')
),

-- 4 and 5 say "good" only of five steps. The steps are those that the questionnaire
-- writes down; where it writes none, those that anybody ever answered.
written_steps as (
    select
        role,
        survey,
        question,
        unnest(regexp_extract_all(scale, '= *(-?[0-9]+([.,][0-9]+)?)', 1)) as step
    from clean_questions
    where role in ('benefit', 'listened_to')
),

written_scales as (
    select
        role,
        survey,
        question,
        list_sort(list(distinct replace(step, ',', '.')::double)) = [1, 2, 3, 4, 5]
            as has_five_steps
    from written_steps
    group by role, survey, question
),

answered_scales as (
    select
        role,
        survey,
        question,
        bool_and(number in (1, 2, 3, 4, 5)) as has_five_steps
    from answers
    group by role, survey, question
),

counted_answers as (
    select
        answers.wave_id,
        answers.role,
        count(*) as valid,
        count(*) filter (where answers.number >= 4) as high
    from answers
    inner join answered_scales using (role, survey, question)
    left join written_scales using (role, survey, question)
    where
        answers.number in (1, 2, 3, 4, 5)
        and coalesce(written_scales.has_five_steps, answered_scales.has_five_steps)
    group by answers.wave_id, answers.role
),

asking_surveys as (
    select distinct survey, role
    from clean_questions
    where role in ('benefit', 'listened_to')
)

select
    clean_survey_waves.wave_id,
    asking_surveys.role,
    coalesce(counted_answers.valid, 0) as valid,
    coalesce(counted_answers.high, 0) as high
from clean_survey_waves
inner join asking_surveys
    on clean_survey_waves.survey = asking_surveys.survey
left join counted_answers
    on
        clean_survey_waves.wave_id = counted_answers.wave_id
        and asking_surveys.role = counted_answers.role
order by clean_survey_waves.wave_id, asking_surveys.role
