-- How many days old is the latest feedback to a service at the end of a month?
-- One row per active service and month.

with

active_services as (
    select
        clean_member_months.municipality_id,
        clean_member_months.month,
        clean_services.service_id,
        clean_services.active_from,
        last_day(clean_member_months.month) as month_end
    from clean_member_months
    inner join clean_services
        on
            clean_member_months.municipality_id = clean_services.municipality_id
            and last_day(clean_member_months.month) >= clean_services.active_from
            and last_day(clean_member_months.month)
            <= coalesce(clean_services.active_to, 'infinity')
)

-- A service that never heard is as old as it is itself.
select
    active_services.municipality_id,
    active_services.month,
    active_services.service_id,
    active_services.month_end
    - coalesce(max(common_service_feedback.heard_on), active_services.active_from)
        as days
from active_services
left join common_service_feedback
    on
        active_services.service_id = common_service_feedback.service_id
        and active_services.month_end >= common_service_feedback.heard_on
group by
    active_services.municipality_id,
    active_services.month,
    active_services.service_id,
    active_services.month_end,
    active_services.active_from
order by
    active_services.municipality_id,
    active_services.month,
    active_services.service_id
