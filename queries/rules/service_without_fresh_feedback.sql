-- Which active services have had no feedback for too long?
-- One row per service and time without feedback.

with

limits as (
    select $days::integer as days
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
        common_service_feedback.heard_on
    from clean_services
    inner join common_service_feedback
        on
            clean_services.service_id = common_service_feedback.service_id
            and coalesce(
                clean_services.active_from <= common_service_feedback.heard_on, true
            )
            and coalesce(
                clean_services.active_to >= common_service_feedback.heard_on, true
            )
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
    left join common_heard_months
        on
            clean_memberships.municipality_id = common_heard_months.municipality_id
            and months.month = common_heard_months.month
    where common_heard_months.month is null
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
    inner join common_heard_months
        on
            maybe_heard.municipality_id = common_heard_months.municipality_id
            and date_trunc('month', maybe_heard.from_on + 1)
            <= common_heard_months.month
            and maybe_heard.from_on + limits.days + 1 >= common_heard_months.month
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
