-- Which active services have had no feedback for too long?
-- One row per service and time without feedback.

with

limits as (
    select $days::integer as days
),

fact_activities as (
    select distinct activity_id
    from clean_activities
    -- FACT belongs to the cooperation, not to the municipality that hosts it.
    where initiative = 'FACT'
),

answered_waves as (
    select distinct wave_id
    from clean_survey_answers
    where value is not null
),

-- Feedback is dated by its wave or its meeting, never by an answer.
feedback as (
    select clean_survey_waves.service_id, clean_survey_waves.sent_on as heard_on
    from clean_survey_waves
    left join answered_waves
        on clean_survey_waves.wave_id = answered_waves.wave_id
    left join fact_activities
        on clean_survey_waves.activity_id = fact_activities.activity_id
    where
        (answered_waves.wave_id is not null or clean_survey_waves.answered > 0)
        and clean_survey_waves.respondent is distinct from 'staff'
        and fact_activities.activity_id is null
    union
    select service_id, ends_on as heard_on
    from clean_activities
    where
        kind in ('dialogue_meeting', 'dialogue_cafe', 'dialogue_conference')
        and initiative is distinct from 'FACT'
),

-- A new service has its time from the day it opened.
heard as (
    select
        clean_services.service_id,
        clean_services.municipality_id,
        clean_services.name,
        clean_services.active_to,
        coalesce(clean_services.active_from, clean_live.live_from) as heard_on
    from clean_services
    cross join clean_live
    union
    select
        clean_services.service_id,
        clean_services.municipality_id,
        clean_services.name,
        clean_services.active_to,
        feedback.heard_on
    from clean_services
    inner join feedback
        on
            clean_services.service_id = feedback.service_id
            and coalesce(clean_services.active_from <= feedback.heard_on, true)
            and coalesce(clean_services.active_to >= feedback.heard_on, true)
),

silences as (
    select
        *,
        least(
            lead(heard_on) over (
                partition by municipality_id, service_id
                order by heard_on
            ),
            active_to + 1
        ) as ends_on
    from heard
),

-- The months of which it is known what came in.
waves_without_total as (
    select distinct
        municipality_id,
        date_trunc('month', sent_on)::date as month
    from clean_survey_waves
    where answered is null
),

first_activities as (
    select municipality_id, min(month) as month
    from clean_deliveries
    where kind = 'activities'
    group by municipality_id
),

told_months as (
    select told_waves.municipality_id, told_waves.month
    from clean_deliveries as told_waves
    left join first_activities
        on told_waves.municipality_id = first_activities.municipality_id
    left join clean_deliveries as told_activities
        on
            told_activities.kind = 'activities'
            and told_waves.municipality_id = told_activities.municipality_id
            and told_waves.month = told_activities.month
    left join waves_without_total
        on
            told_waves.municipality_id = waves_without_total.municipality_id
            and told_waves.month = waves_without_total.month
    left join clean_deliveries as told_answers
        on
            told_answers.kind = 'survey_answers'
            and told_waves.municipality_id = told_answers.municipality_id
            and told_waves.month = told_answers.month
    where
        told_waves.kind = 'survey_waves'
        and (
            told_activities.month is not null
            or coalesce(told_waves.month < first_activities.month, true)
        )
        and (told_answers.month is not null or waves_without_total.month is null)
),

-- A month that nobody told of may have had feedback, as late as on its last day.
months as (
    -- Before the first month nobody told of anything either.
    select
        unnest(
            generate_series(
                first_month - interval 12 months, last_month, interval 1 month
            )
        )::date as month
    from clean_horizon
),

untold_months as (
    select clean_memberships.municipality_id, months.month
    from clean_memberships
    cross join months
    left join told_months
        on
            clean_memberships.municipality_id = told_months.municipality_id
            and months.month = told_months.month
    where told_months.month is null
),

maybe_heard as (
    select *, heard_on as from_on
    from silences
    union all
    select silences.*, last_day(untold_months.month) as from_on
    from silences
    inner join untold_months
        on
            silences.municipality_id = untold_months.municipality_id
            and silences.heard_on < last_day(untold_months.month)
            and coalesce(silences.ends_on > last_day(untold_months.month), true)
),

known_silences as (
    select
        maybe_heard.municipality_id,
        maybe_heard.service_id,
        maybe_heard.name,
        maybe_heard.heard_on,
        maybe_heard.ends_on,
        maybe_heard.from_on + limits.days + 1 as since_on
    from maybe_heard
    cross join limits
    inner join told_months
        on
            maybe_heard.municipality_id = told_months.municipality_id
            and date_trunc('month', maybe_heard.from_on + 1) <= told_months.month
            and maybe_heard.from_on + limits.days + 1 >= told_months.month
    group by
        maybe_heard.municipality_id,
        maybe_heard.service_id,
        maybe_heard.name,
        maybe_heard.heard_on,
        maybe_heard.ends_on,
        maybe_heard.from_on,
        limits.days
    having
        count(*) = datediff(
            'month', maybe_heard.from_on + 1, maybe_heard.from_on + limits.days + 1
        ) + 1
),

first_known as (
    select
        known_silences.municipality_id,
        known_silences.service_id,
        known_silences.name,
        known_silences.heard_on,
        known_silences.ends_on,
        greatest(
            min(known_silences.since_on), max(clean_live.live_from)
        ) as since_on,
        max(clean_live.today) as today
    from known_silences
    cross join clean_live
    group by
        known_silences.municipality_id,
        known_silences.service_id,
        known_silences.name,
        known_silences.heard_on,
        known_silences.ends_on
)

select
    first_known.municipality_id,
    first_known.service_id as row_key,
    first_known.since_on,
    if(first_known.ends_on <= first_known.today, first_known.ends_on, null) as until_on,
    first_known.name as about,
    first_known.heard_on as happened_on
from first_known
inner join clean_memberships
    on
        first_known.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', first_known.since_on) >= clean_memberships.member_from
where
    coalesce(first_known.since_on < first_known.ends_on, true)
    and first_known.since_on < first_known.today
order by first_known.municipality_id, row_key, first_known.since_on
