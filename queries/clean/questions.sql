-- What is asked in each questionnaire, and what is each question used for?
-- One row per questionnaire and question.
select
    survey,
    question,
    text,
    role,
    scale,
    topic,
    upload_id
from current_questions
