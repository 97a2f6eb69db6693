-- What did users ask for or praise that is the municipality's own?
-- One row per feedback item.

with

-- FACT belongs to the cooperation, not to the municipality that hosts it.
fact_activities as (
    select distinct activity_id
    from clean_activities
    where initiative = 'FACT'
),

fact_waves as (
    select clean_survey_waves.wave_id
    from clean_survey_waves
    inner join fact_activities using (activity_id)
)

select
    clean_feedback.feedback_id,
    clean_feedback.municipality_id,
    clean_feedback.service_id,
    clean_feedback.received_on,
    clean_feedback.theme,
    clean_feedback.kind,
    clean_feedback.recommendation_on,
    clean_feedback.leader_answer,
    clean_feedback.leader_answered_on,
    clean_feedback.reason
from clean_feedback
left join fact_activities
    on clean_feedback.activity_id = fact_activities.activity_id
left join fact_waves
    on clean_feedback.wave_id = fact_waves.wave_id
where
    fact_activities.activity_id is null
    and fact_waves.wave_id is null
