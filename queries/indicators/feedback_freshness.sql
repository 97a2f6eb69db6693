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

-- All together are those that delivered: who is missing may have heard since.
waves_without_total as (
    select distinct
        municipality_id,
        date_trunc('month', sent_on)::date as month
    from clean_survey_waves
    where answered is null
),

-- Who has never delivered activities is seen in the surveys alone.
first_activities as (
    select
        municipality_id,
        min(month) as month
    from clean_deliveries
    where kind = 'activities'
    group by municipality_id
),

delivered_kinds as (
    select
        spine.municipality_id,
        spine.month,
        waves_without_total.month is not null as needs_answers,
        spine.month >= coalesce(first_activities.month, 'infinity') as needs_activities,
        count(*) filter (where clean_deliveries.kind = 'survey_waves') as waves,
        count(*) filter (where clean_deliveries.kind = 'survey_answers') as answers,
        count(*) filter (where clean_deliveries.kind = 'activities') as activities
    from spine
    inner join clean_deliveries
        on
            spine.municipality_id = clean_deliveries.municipality_id
            and spine.month = clean_deliveries.month
    left join waves_without_total
        on
            spine.municipality_id = waves_without_total.municipality_id
            and spine.month = waves_without_total.month
    left join first_activities
        on spine.municipality_id = first_activities.municipality_id
    group by
        spine.municipality_id,
        spine.month,
        waves_without_total.month,
        first_activities.month
),

months as (
    select distinct month from spine
),

places as (
    select municipality_id as place, municipality_id, month
    from spine
    union all
    select
        'cooperation' as place,
        delivered_kinds.municipality_id,
        months.month
    from months
    left join delivered_kinds
        on
            months.month = delivered_kinds.month
            and delivered_kinds.waves > 0
            and (delivered_kinds.activities > 0 or not delivered_kinds.needs_activities)
            and (delivered_kinds.answers > 0 or not delivered_kinds.needs_answers)
),

-- Each service once: not the median of the municipalities' medians.
medians as (
    select
        places.place,
        places.month,
        median(service_ages.days) as days
    from places
    left join service_ages
        on
            places.municipality_id = service_ages.municipality_id
            and places.month = service_ages.month
    group by places.place, places.month
),

lines as (
    select place, month, null as part, days
    from medians
    union all
    select municipality_id as place, month, service_id as part, days
    from service_ages
)

select
    place as municipality_id,
    month as period,
    'month' as grain,
    part,
    days as numerator,
    null::bigint as denominator,
    null::bigint as persons
from lines
order by place, month, part
