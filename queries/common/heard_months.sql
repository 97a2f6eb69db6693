-- Of which months is it known which services heard anything?
-- One row per municipality and month.

with

-- Who has never delivered activities is seen in the surveys alone.
first_activities as (
    select municipality_id, min(month) as month
    from common_delivered_activities
    group by municipality_id
)

select
    told_waves.municipality_id,
    told_waves.month
from common_delivered_survey_waves as told_waves
left join first_activities
    on told_waves.municipality_id = first_activities.municipality_id
left join common_delivered_activities as told_activities
    on
        told_waves.municipality_id = told_activities.municipality_id
        and told_waves.month = told_activities.month
left join common_waves_without_total
    on
        told_waves.municipality_id = common_waves_without_total.municipality_id
        and told_waves.month = common_waves_without_total.month
left join common_delivered_survey_answers as told_answers
    on
        told_waves.municipality_id = told_answers.municipality_id
        and told_waves.month = told_answers.month
where
    (
        told_activities.month is not null
        or coalesce(told_waves.month < first_activities.month, true)
    )
    and (told_answers.month is not null or common_waves_without_total.month is null)
order by told_waves.municipality_id, told_waves.month
