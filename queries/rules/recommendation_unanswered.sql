-- Which recommendations got no answer from a leader in time?
-- One row per recommendation.

with

recommendations as (
    select
        feedback_id,
        municipality_id,
        service_id,
        recommendation_on,
        recommendation_on + $days::integer as keep_by,
        -- After a year it is history, answered or not: feedback is fresh produce.
        least(
            leader_answered_on,
            (recommendation_on + interval 12 months)::date
        ) as ends_on
    from common_own_feedback
    where recommendation_on is not null
),

-- Only a list of that month, or of a later one, knows that nobody had answered.
newest_lists as (
    select municipality_id, max(month) as month
    from common_delivered_feedback
    group by municipality_id
)

select
    recommendations.municipality_id,
    recommendations.feedback_id as row_key,
    recommendations.keep_by as since_on,
    if(
        recommendations.ends_on <= clean_live.today, recommendations.ends_on, null
    ) as until_on,
    clean_services.name as about,
    recommendations.recommendation_on as happened_on
from recommendations
cross join clean_live
inner join clean_memberships
    on
        recommendations.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', recommendations.keep_by)
        >= clean_memberships.member_from
inner join newest_lists
    on
        recommendations.municipality_id = newest_lists.municipality_id
        and date_trunc('month', recommendations.keep_by) <= newest_lists.month
left join clean_services
    on
        recommendations.service_id = clean_services.service_id
        and recommendations.municipality_id = clean_services.municipality_id
where
    recommendations.ends_on > recommendations.keep_by
    and recommendations.keep_by >= clean_live.live_from
    and recommendations.keep_by < clean_live.today
order by recommendations.municipality_id, row_key
