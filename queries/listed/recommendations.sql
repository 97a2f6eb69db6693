-- Which recommendations were made to the services, and did the leader answer?
-- One row per coded input that became a recommendation.
select
    feedback_id,
    municipality_id,
    theme,
    recommendation_on,
    -- A leader has 30 days to answer (a proposal: indicators.md 5).
    recommendation_on + 30 as answer_due_on,
    -- After 12 months it is history, answered or not: what users said is fresh produce,
    -- and the loop is told of a year. Every question that counts them reads this day.
    (recommendation_on + interval 12 months)::date as history_from,
    leader_answer,
    leader_answered_on
from common_own_feedback
where recommendation_on is not null
order by feedback_id
