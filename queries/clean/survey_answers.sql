-- What was answered?
-- One row per answer and question.
select
    answer_id,
    wave_id,
    question,
    value,
    answered_on::date as answered_on
from current_survey_answers
