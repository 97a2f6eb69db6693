-- Of all who should have been asked half a year after their course, how many answered?
-- One row per municipality and month of sending, one for those the question did not
-- reach, and one for answers without a list of those asked; persons is null where
-- nothing was sent.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- A wave made for FACT belongs to the cooperation, like the activity it asks about.
fact_activities as (
    select distinct activity_id
    from clean_activities
    where initiative = 'FACT'
),

waves as (
    select
        clean_survey_waves.wave_id,
        clean_survey_waves.municipality_id,
        clean_survey_waves.survey,
        clean_survey_waves.asked,
        clean_survey_waves.delivered,
        clean_survey_waves.answered,
        date_trunc('month', clean_survey_waves.sent_on)::date as month
    from clean_survey_waves
    left join fact_activities
        on clean_survey_waves.activity_id = fact_activities.activity_id
    where
        clean_survey_waves.measurement = 'half_year'
        and fact_activities.activity_id is null
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
        waves.asked,
        waves.asked - waves.delivered as not_reached,
        if(waves.delivered is null, null, waves.asked) as sent_to,
        coalesce(counted_answers.answers, waves.answered, 0) as answers
    from waves
    left join counted_answers
        on waves.wave_id = counted_answers.wave_id
),

counted as (
    select
        municipality_id,
        month,
        sum(asked) as asked,
        sum(not_reached) as not_reached,
        sum(sent_to) as sent_to,
        sum(answers) as answers,
        sum(answers) filter (where asked is not null) as answers_of_asked,
        sum(answers) filter (where asked is null) as answers_without_list
    from wave_answers
    group by municipality_id, month
),

lines as (
    select
        spine.municipality_id,
        spine.month,
        null as part,
        -- Without a list of those asked there is no rate, only a number of answers.
        coalesce(counted.answers_of_asked, counted.answers, 0) as numerator,
        if(counted.month is null, 0, counted.asked) as denominator,
        coalesce(counted.answers_of_asked, counted.answers) as persons
    from spine
    left join counted using (municipality_id, month)
    union all
    select
        spine.municipality_id,
        spine.month,
        'not_reached' as part,
        coalesce(counted.not_reached, 0) as numerator,
        coalesce(counted.sent_to, 0) as denominator,
        -- Where no wave says whom it reached, this line knows of nothing.
        if(counted.sent_to is null, null, counted.answers) as persons
    from spine
    left join counted using (municipality_id, month)
    union all
    select
        spine.municipality_id,
        spine.month,
        'without_list' as part,
        coalesce(counted.answers_without_list, 0) as numerator,
        null as denominator,
        if(counted.answers is null, null, coalesce(counted.answers_without_list, 0))
            as persons
    from spine
    left join counted using (municipality_id, month)
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    numerator::bigint as numerator,
    denominator::bigint as denominator,
    persons::bigint as persons
from lines
order by municipality_id, month, part
