-- Of the services active at the end of the month, how many heard in the last 90 days?
-- One row per municipality and month, for every member municipality.

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

-- A service that never heard is as old as it is itself.
service_ages as (
    select
        active_services.municipality_id,
        active_services.month,
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

counted as (
    select
        municipality_id,
        month,
        count(*) as active,
        count(*) filter (where days <= 90) as fresh
    from service_ages
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.fresh, 0) as numerator,
    coalesce(counted.active, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
