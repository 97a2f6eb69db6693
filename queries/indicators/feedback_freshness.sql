-- How many days old is the latest feedback to each service at the end of the month?
-- One row per active service and month, and the median of each municipality and of all.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

answered_waves as (
    select wave_id
    from clean_survey_waves
    where answered > 0
    union
    select wave_id
    from clean_survey_answers
    where value is not null
),

-- A wave made for FACT belongs to the cooperation, like the activity it asks about.
fact_activities as (
    select distinct activity_id
    from clean_activities
    where initiative = 'FACT'
),

feedback_days as (
    -- The day a wave was sent, never the day of an answer. Staff are not users.
    select
        clean_survey_waves.service_id,
        clean_survey_waves.sent_on as heard_on
    from clean_survey_waves
    inner join answered_waves
        on clean_survey_waves.wave_id = answered_waves.wave_id
    left join fact_activities
        on clean_survey_waves.activity_id = fact_activities.activity_id
    where
        clean_survey_waves.respondent is distinct from 'staff'
        and fact_activities.activity_id is null
    union all
    select
        service_id,
        ends_on as heard_on
    from clean_activities
    where
        kind in ('dialogue_meeting', 'dialogue_cafe', 'dialogue_conference')
        and initiative is distinct from 'FACT'
),

active_services as (
    select
        spine.municipality_id,
        spine.month,
        clean_services.service_id,
        clean_services.active_from,
        last_day(spine.month) as month_end
    from spine
    inner join clean_services
        on
            spine.municipality_id = clean_services.municipality_id
            and last_day(spine.month) >= clean_services.active_from
            and last_day(spine.month) <= coalesce(clean_services.active_to, 'infinity')
),

service_ages as (
    select
        active_services.municipality_id,
        active_services.month,
        active_services.service_id,
        active_services.month_end
        - coalesce(max(feedback_days.heard_on), active_services.active_from) as days
    from active_services
    left join feedback_days
        on
            active_services.service_id = feedback_days.service_id
            and active_services.month_end >= feedback_days.heard_on
    group by
        active_services.municipality_id,
        active_services.month,
        active_services.service_id,
        active_services.month_end,
        active_services.active_from
),

-- Of all services, each once: not the median of the municipalities' medians.
medians as (
    select
        spine.month,
        coalesce(spine.municipality_id, 'cooperation') as municipality_id,
        median(service_ages.days) as days
    from spine
    left join service_ages
        on
            spine.municipality_id = service_ages.municipality_id
            and spine.month = service_ages.month
    group by grouping sets ((spine.municipality_id, spine.month), (spine.month))
),

lines as (
    select municipality_id, month, null as part, days
    from medians
    union all
    select municipality_id, month, service_id as part, days
    from service_ages
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    days as numerator,
    null::bigint as denominator,
    null::bigint as persons
from lines
order by municipality_id, month, part
