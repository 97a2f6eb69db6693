-- How many services heard anything, how many waves have a list of those asked, and how
-- many were sent to anybody?
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

-- Also where the list of services, or the course's own file, is yet to come: what is
-- shown then is shown beside numbers that cannot be taken back.
heard as (
    select
        municipality_id,
        date_trunc('month', heard_on)::date as month,
        count(distinct service_id) as services
    from common_service_feedback
    group by municipality_id, date_trunc('month', heard_on)
),

waves as (
    select
        municipality_id,
        month,
        measurement,
        count(*) filter (where asked > 0) as with_list,
        count(*) filter (where asked is distinct from 0) as sent
    from common_own_waves
    group by municipality_id, month, measurement
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    rates.measurement as part,
    coalesce(heard.services, 0) as numerator,
    coalesce(waves.with_list, 0) as denominator,
    coalesce(waves.sent, 0) as persons
from spine
cross join rates
left join heard
    on
        spine.municipality_id = heard.municipality_id
        and spine.month = heard.month
left join waves
    on
        spine.municipality_id = waves.municipality_id
        and spine.month = waves.month
        and rates.measurement = waves.measurement
order by spine.municipality_id, spine.month, rates.measurement
