-- Which dialogue meetings, peer evaluations and surveys got no report in time?
-- One row per meeting, evaluation or survey and municipality.

with

held as (
    -- FACT belongs to the cooperation, not to the municipality that hosts it.
    select
        municipality_id,
        activity_id as row_key,
        service_id,
        ends_on as held_on,
        report_on,
        'activities' as told_by
    from clean_activities
    where
        kind in ('dialogue_meeting', 'peer_evaluation')
        and initiative is distinct from 'FACT'
    union all
    select
        municipality_id,
        wave_id as row_key,
        service_id,
        sent_on as held_on,
        report_on,
        'survey_waves' as told_by
    from common_own_waves
    where measurement = 'other'
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
