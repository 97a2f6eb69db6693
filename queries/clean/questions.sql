-- What is asked in each questionnaire, what is each question used for, and since when is it known?
-- One row per questionnaire and question.
select
    current_questions.survey,
    current_questions.question,
    current_questions.text,
    current_questions.role,
    current_questions.scale,
    current_questions.topic,
    timezone('Europe/Oslo', timezone('UTC', uploads."at"))::date as delivered_on
from current_questions
left join uploads
    on current_questions.upload_id = uploads.upload_id
