-- What did users ask for or praise, and what was recommended and answered?
-- One row per feedback item.
select
    feedback_id,
    municipality as municipality_id,
    service as service_id,
    activity_id,
    wave_id,
    received_on::date as received_on,
    theme,
    kind,
    recommendation_on::date as recommendation_on,
    leader_answer,
    leader_answered_on::date as leader_answered_on,
    reason
from current_feedback
