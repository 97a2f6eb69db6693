-- How many services heard anything, and how many waves have a list of those asked?
-- One row per municipality, month and measurement, for every member municipality.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

rates as (
    select unnest(['same_day', 'half_year']) as measurement
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

waves as (
    select
        clean_survey_waves.wave_id,
        clean_survey_waves.municipality_id,
        clean_survey_waves.service_id,
        clean_survey_waves.measurement,
        clean_survey_waves.respondent,
        clean_survey_waves.asked,
        date_trunc('month', clean_survey_waves.sent_on)::date as month
    from clean_survey_waves
    left join fact_activities
        on clean_survey_waves.activity_id = fact_activities.activity_id
    where fact_activities.activity_id is null
),

-- Also where the list of services, or the course's own file, is yet to come: what is
-- shown then is shown beside numbers that cannot be taken back.
heard_services as (
    select waves.municipality_id, waves.month, waves.service_id
    from waves
    inner join answered_waves
        on waves.wave_id = answered_waves.wave_id
    where waves.respondent is distinct from 'staff'
    union
    select
        municipality_id,
        date_trunc('month', ends_on)::date as month,
        service_id
    from clean_activities
    where
        kind in ('dialogue_meeting', 'dialogue_cafe', 'dialogue_conference')
        and initiative is distinct from 'FACT'
),

heard as (
    select municipality_id, month, count(service_id) as services
    from heard_services
    group by municipality_id, month
),

listed as (
    select municipality_id, month, measurement, count(*) as waves
    from waves
    where asked > 0
    group by municipality_id, month, measurement
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    rates.measurement as part,
    coalesce(heard.services, 0) as numerator,
    coalesce(listed.waves, 0) as denominator,
    null::bigint as persons
from spine
cross join rates
left join heard
    on
        spine.municipality_id = heard.municipality_id
        and spine.month = heard.month
left join listed
    on
        spine.municipality_id = listed.municipality_id
        and spine.month = listed.month
        and rates.measurement = listed.measurement
order by spine.municipality_id, spine.month, rates.measurement
