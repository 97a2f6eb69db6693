-- How good is what the numbers rest on: what was refused, came late, or held persons?
-- One row per measure, place and month; never what was in a file, only how much.

with

-- Files come in the months after those that they are about, so until today.
calendar as (
    select
        unnest(
            generate_series(
                first_month, date_trunc('month', today)::date, interval 1 month
            )
        )::date as month
    from clean_horizon
),

-- Of whom a refused file was is often not known: all together only.
received_months as (
    select
        date_trunc('month', received_on)::date as month,
        sum(file_rows) as file_rows,
        sum(refused_rows) as refused_rows,
        sum(guard_hits) as guard_hits
    from clean_received
    group by date_trunc('month', received_on)
),

-- What was loaded as history at once was nobody's delay.
expected as (
    select common_expected_files.*
    from common_expected_files
    left join clean_locks on common_expected_files.month = clean_locks.month
    where not coalesce(clean_locks.is_history, false)
),

completed as (
    select
        expected.municipality_id,
        expected.month,
        case
            when count(clean_deliveries.delivered_on) = count(*)
                -- A file may be sent before the month is out.
                then greatest(
                    max(clean_deliveries.delivered_on) - last_day(expected.month), 0
                )
        end as days
    from expected
    left join clean_deliveries using (kind, municipality_id, month)
    group by expected.municipality_id, expected.month
),

completed_by_all as (
    select
        month,
        case when count(days) = count(*) then max(days) end as days
    from completed
    group by month
),

-- What is about persons and answers, wherever something came for it or went from it.
touched as (
    select distinct
        card_sources.indicator,
        clean_touches.municipality_id,
        (clean_touches.month - to_months(card_sources.months::integer))::date as period,
        card_maturity.matures_after_days::integer as matures_after_days,
        date_trunc('month', clean_touches.touched_on)::date as month,
        clean_touches.touched_at
    from clean_touches
    inner join card_sources
        on clean_touches.kind = card_sources.kind and card_sources.months <= 0
    inner join card_maturity
        on card_sources.indicator = card_maturity.indicator and card_maturity.is_once
),

touched_periods as (
    select distinct period, matures_after_days
    from touched
),

-- They are released once, at the first lock after the month is over and has matured.
released as (
    select
        touched_periods.period,
        touched_periods.matures_after_days,
        min(clean_locks.locked_at) as released_at
    from touched_periods
    inner join clean_locks
        on
            touched_periods.period <= clean_locks.month
            and last_day(touched_periods.period) + touched_periods.matures_after_days
            < clean_locks.locked_on
    group by touched_periods.period, touched_periods.matures_after_days
),

cells_touched as (
    select
        touched.indicator,
        touched.municipality_id,
        touched.period,
        touched.month,
        max(
            coalesce(touched.touched_at > released.released_at, false)::integer
        ) as is_late
    from touched
    inner join clean_member_months
        on
            touched.municipality_id = clean_member_months.municipality_id
            and touched.period = clean_member_months.month
    left join released
        on
            touched.period = released.period
            and touched.matures_after_days = released.matures_after_days
    group by
        touched.indicator, touched.municipality_id, touched.period, touched.month
),

late as (
    select
        municipality_id,
        month,
        sum(is_late) as late_cells,
        count(*) as touched_cells
    from cells_touched
    group by municipality_id, month
),

late_of_all as (
    select
        month,
        sum(late_cells) as late_cells,
        sum(touched_cells) as touched_cells
    from late
    group by month
),

places as (
    select municipality_id from clean_memberships
),

lines as (
    select
        'rows_refused' as measure,
        'cooperation' as municipality_id,
        calendar.month,
        coalesce(received_months.refused_rows, 0) as numerator,
        coalesce(received_months.file_rows, 0) as denominator
    from calendar
    left join received_months on calendar.month = received_months.month
    union all
    select
        'guard_hits' as measure,
        'cooperation' as municipality_id,
        calendar.month,
        coalesce(received_months.guard_hits, 0) as numerator,
        null as denominator
    from calendar
    left join received_months on calendar.month = received_months.month
    union all
    select
        'days_to_delivery' as measure,
        municipality_id,
        month,
        days as numerator,
        null as denominator
    from completed
    union all
    select
        'days_to_delivery' as measure,
        'cooperation' as municipality_id,
        month,
        days as numerator,
        null as denominator
    from completed_by_all
    union all
    select
        'late_cells' as measure,
        places.municipality_id,
        calendar.month,
        coalesce(late.late_cells, 0) as numerator,
        coalesce(late.touched_cells, 0) as denominator
    from places
    cross join calendar
    left join late
        on places.municipality_id = late.municipality_id and calendar.month = late.month
    union all
    select
        'late_cells' as measure,
        'cooperation' as municipality_id,
        calendar.month,
        coalesce(late_of_all.late_cells, 0) as numerator,
        coalesce(late_of_all.touched_cells, 0) as denominator
    from calendar
    left join late_of_all on calendar.month = late_of_all.month
)

select
    measure,
    municipality_id,
    month,
    numerator::bigint as numerator,
    denominator::bigint as denominator
from lines
order by measure, municipality_id, month
