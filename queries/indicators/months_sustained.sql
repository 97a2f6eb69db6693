-- How many months in a row has the work gone on, with a head who attested it?
-- One row per municipality and month; of all together: the months that all kept on.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- The same activities as in activities_held.sql.
active_months as (
    select
        municipality_id,
        date_trunc('month', ends_on)::date as month
    from clean_activities
    where
        (
            kind in (
                'dialogue_meeting',
                'dialogue_cafe',
                'dialogue_conference',
                'peer_evaluation',
                'user_panel'
            )
            or (
                kind = 'workshop'
                and (users > 0 or relatives > 0 or user_representatives > 0)
            )
        )
        and initiative is distinct from 'FACT'
    union
    select
        municipality_id,
        date_trunc('month', done_on)::date as month
    from clean_actions
    where done_on is not null
),

attested_months as (
    select distinct municipality_id, month
    from clean_attestations
    where not is_withdrawn
),

-- All months from the first, also those before the period that is asked for.
held as (
    select
        clean_member_months.municipality_id,
        clean_member_months.month,
        active_months.month is not null and attested_months.month is not null as is_held
    from clean_member_months
    left join active_months using (municipality_id, month)
    left join attested_months using (municipality_id, month)
),

-- In July the services rest: then a month without anything does not break the row.
rows_of_months as (
    select
        municipality_id,
        month,
        is_held,
        count(*) filter (
            where not is_held and month(month) <> 7
        ) over up_to_now as row_number
    from held
    window up_to_now as (partition by municipality_id order by month)
),

lengths as (
    select
        municipality_id,
        month,
        count(*) filter (where is_held) over (
            partition by municipality_id, row_number order by month
        ) as months
    from rows_of_months
),

delivered as (
    select municipality_id, month
    from common_delivered_activities
    inner join common_delivered_actions using (municipality_id, month)
),

lines as (
    select
        spine.municipality_id,
        spine.month,
        lengths.months
    from spine
    inner join lengths using (municipality_id, month)
    union all
    -- As long as the shortest row is, every municipality has kept on.
    select
        'cooperation' as municipality_id,
        spine.month,
        min(lengths.months) filter (where delivered.month is not null) as months
    from spine
    inner join lengths using (municipality_id, month)
    left join delivered using (municipality_id, month)
    group by spine.month
)

select
    municipality_id,
    month as period,
    'month' as grain,
    null::varchar as part,
    months as numerator,
    null::bigint as denominator,
    null::bigint as persons
from lines
order by municipality_id, month
