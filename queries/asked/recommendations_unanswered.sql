-- Which recommendations of the last 12 months had no answer from a leader at month end?
-- One row per recommendation, the oldest first.

with

chosen as (
    select $municipality as municipality_id, last_day($month::date) as month_end
)

select
    recommendations.feedback_id,
    municipalities.name,
    recommendations.theme,
    recommendations.recommendation_on,
    chosen.month_end - recommendations.recommendation_on as days_waiting,
    recommendations.answer_due_on <= chosen.month_end as is_late
from recommendations
inner join chosen
    on
        recommendations.recommendation_on <= chosen.month_end
        and recommendations.history_from > chosen.month_end
        and (
            chosen.municipality_id = 'cooperation'
            or recommendations.municipality_id = chosen.municipality_id
        )
inner join municipalities
    on recommendations.municipality_id = municipalities.municipality_id
where not coalesce(recommendations.leader_answered_on <= chosen.month_end, false)
order by recommendations.recommendation_on, recommendations.feedback_id
