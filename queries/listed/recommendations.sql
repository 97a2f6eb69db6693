-- Which recommendations were made to the services, and did the leader answer?
-- One row per coded input that became a recommendation.
select
    feedback_id,
    municipality_id,
    theme,
    recommendation_on,
    leader_answer,
    leader_answered_on
from clean_feedback
where recommendation_on is not null
order by feedback_id
