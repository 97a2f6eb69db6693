-- Which reports recommend nothing to the service?
-- One row per report and municipality.

with

-- Where there are none zero is written; an empty cell is not known.
reports as (
    select
        municipality_id,
        activity_id as row_key,
        service_id,
        report_on
    from clean_activities
    where
        recommendations = 0
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and initiative is distinct from 'FACT'
    union all
    select
        municipality_id,
        wave_id as row_key,
        service_id,
        report_on
    from common_own_waves
    where recommendations = 0
)

select
    reports.municipality_id,
    reports.row_key,
    reports.report_on as since_on,
    null::date as until_on,
    clean_services.name as about,
    reports.report_on as happened_on
from reports
cross join clean_live
inner join clean_memberships
    on
        reports.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', reports.report_on) >= clean_memberships.member_from
left join clean_services
    on
        reports.service_id = clean_services.service_id
        and reports.municipality_id = clean_services.municipality_id
where
    reports.report_on >= clean_live.live_from
    and reports.report_on < clean_live.today
order by reports.municipality_id, reports.row_key
