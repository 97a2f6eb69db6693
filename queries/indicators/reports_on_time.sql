-- Of what was held, how much had a report with a recommendation within 30 days?
-- One row per municipality and month in which it was held.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

reported_events as (
    select
        municipality_id,
        ends_on as held_on,
        report_on,
        recommendations
    from clean_activities
    where
        kind in ('dialogue_meeting', 'dialogue_cafe', 'peer_evaluation')
        and initiative is distinct from 'FACT'
    union all
    select
        municipality_id,
        sent_on as held_on,
        report_on,
        recommendations
    from common_own_waves
    where measurement = 'other'
),

counted as (
    select
        municipality_id,
        date_trunc('month', held_on)::date as month,
        count(*) as held,
        count(*) filter (
            where report_on <= held_on + 30 and recommendations > 0
        ) as reported
    from reported_events
    group by municipality_id, date_trunc('month', held_on)
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.reported, 0) as numerator,
    coalesce(counted.held, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
