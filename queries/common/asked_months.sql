-- How many were asked after their courses, and how many answered?
-- One row per municipality, month of sending and measurement.

with

waves as (
    select *
    from common_own_waves
    where measurement in ('same_day', 'half_year')
),

core_questions as (
    select survey, count(*) as asked
    from clean_questions
    where role = 'core'
    group by survey
),

answer_sheets as (
    select
        waves.wave_id,
        waves.survey,
        clean_survey_answers.answer_id,
        count(clean_survey_answers.value) as answered,
        count(clean_survey_answers.value) filter (
            where clean_questions.role = 'core'
        ) as core_answered
    from waves
    inner join clean_survey_answers
        on waves.wave_id = clean_survey_answers.wave_id
    left join clean_questions
        on
            waves.survey = clean_questions.survey
            and clean_survey_answers.question = clean_questions.question
    group by waves.wave_id, waves.survey, clean_survey_answers.answer_id
),

-- AAPOR RR2: a partial answer counts when half of the core questions are answered;
-- where a questionnaire has none, any answer does.
counted_answers as (
    select
        answer_sheets.wave_id,
        count(*) filter (
            where
            answer_sheets.answered > 0
            and 2 * answer_sheets.core_answered >= coalesce(core_questions.asked, 0)
        ) as answers
    from answer_sheets
    left join core_questions
        on answer_sheets.survey = core_questions.survey
    group by answer_sheets.wave_id
),

wave_answers as (
    -- The written total counts only where the answers themselves are not there.
    select
        waves.municipality_id,
        waves.month,
        waves.measurement,
        waves.asked,
        waves.asked - waves.delivered as not_reached,
        if(waves.delivered is null, null, waves.asked) as sent_to,
        coalesce(counted_answers.answers, waves.answered, 0) as answers
    from waves
    left join counted_answers
        on waves.wave_id = counted_answers.wave_id
)

-- Null is what no wave of the month says: without a list of those asked, or of those
-- whom it reached, there is no rate.
select
    municipality_id,
    month,
    measurement,
    sum(asked)::bigint as asked,
    sum(not_reached)::bigint as not_reached,
    sum(sent_to)::bigint as sent_to,
    sum(answers)::bigint as answers,
    sum(answers) filter (where asked is not null)::bigint as answers_of_asked,
    sum(answers) filter (where asked is null)::bigint as answers_without_list,
    count(*) filter (where asked > 0) as waves_with_list
from wave_answers
group by municipality_id, month, measurement
order by municipality_id, month, measurement
