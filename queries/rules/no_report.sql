-- Which dialogue meetings, peer evaluations and surveys got no report in time?
-- One row per meeting, evaluation or survey and municipality.

with

fact_activities as (
    select distinct activity_id
    from clean_activities
    -- FACT belongs to the cooperation, not to the municipality that hosts it.
    where initiative = 'FACT'
),

held as (
    select
        clean_activities.municipality_id,
        clean_activities.activity_id as row_key,
        clean_activities.service_id,
        clean_activities.ends_on as held_on,
        clean_activities.report_on,
        'activities' as told_by
    from clean_activities
    where
        clean_activities.kind in ('dialogue_meeting', 'peer_evaluation')
        and clean_activities.initiative is distinct from 'FACT'
    union all
    select
        clean_survey_waves.municipality_id,
        clean_survey_waves.wave_id as row_key,
        clean_survey_waves.service_id,
        clean_survey_waves.sent_on as held_on,
        clean_survey_waves.report_on,
        'survey_waves' as told_by
    from clean_survey_waves
    left join fact_activities
        on clean_survey_waves.activity_id = fact_activities.activity_id
    where
        clean_survey_waves.measurement = 'other'
        and fact_activities.activity_id is null
),

reports_due as (
    select *, held_on + $days::integer as keep_by
    from held
)

select
    reports_due.municipality_id,
    reports_due.row_key,
    reports_due.keep_by as since_on,
    reports_due.report_on as until_on,
    clean_services.name as about,
    reports_due.held_on as happened_on
from reports_due
cross join clean_live
inner join clean_memberships
    on
        reports_due.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', reports_due.keep_by) >= clean_memberships.member_from
-- The file of the last day's month might tell of a report.
inner join clean_deliveries
    on
        reports_due.municipality_id = clean_deliveries.municipality_id
        and reports_due.told_by = clean_deliveries.kind
        and date_trunc('month', reports_due.keep_by) = clean_deliveries.month
left join clean_services
    on
        reports_due.service_id = clean_services.service_id
        and reports_due.municipality_id = clean_services.municipality_id
where
    coalesce(reports_due.report_on > reports_due.keep_by, true)
    and reports_due.keep_by >= clean_live.live_from
    and reports_due.keep_by < clean_live.today
order by reports_due.municipality_id, reports_due.row_key
