-- Of the user representatives' seats, how many are filled at the end of the month?
-- One row per municipality and month, one for all, and lines on vacancy and recruiting.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

seats as (
    -- A seat has a row for each filling; it exists while both it and its body do.
    select
        municipality_id,
        seat_id,
        min(greatest(seat_from, body_from)) as exists_from,
        min(least(seat_to, body_to)) as exists_to
    from clean_seats
    group by municipality_id, seat_id
),

fillings as (
    select seat_id, filled_from, filled_to, recruited_via
    from clean_seats
    where filled_from is not null
),

seat_months as (
    -- On the last day of a filling and of a seat it still holds.
    select
        spine.municipality_id,
        spine.month,
        seats.seat_id,
        seats.exists_from,
        last_day(spine.month) as month_end
    from spine
    inner join seats
        on
            spine.municipality_id = seats.municipality_id
            and last_day(spine.month) >= seats.exists_from
            and last_day(spine.month) <= coalesce(seats.exists_to, 'infinity')
),

seat_states as (
    select
        seat_months.municipality_id,
        seat_months.month,
        count(fillings.filled_from) filter (
            where coalesce(fillings.filled_to, 'infinity') >= seat_months.month_end
        ) > 0 as is_filled,
        max(fillings.recruited_via) filter (
            where coalesce(fillings.filled_to, 'infinity') >= seat_months.month_end
        ) as recruited_via,
        -- Vacant from the day after it was last held, or from the day it was made.
        seat_months.month_end
        - coalesce(max(fillings.filled_to) + 1, seat_months.exists_from) as days_vacant
    from seat_months
    left join fillings
        on
            seat_months.seat_id = fillings.seat_id
            and seat_months.month_end >= fillings.filled_from
    group by
        seat_months.municipality_id,
        seat_months.month,
        seat_months.month_end,
        seat_months.exists_from,
        seat_months.seat_id
),

totals as (
    select
        spine.month,
        coalesce(spine.municipality_id, 'cooperation') as municipality_id,
        count(seat_states.is_filled) as seats,
        count(*) filter (where seat_states.is_filled) as filled,
        median(seat_states.days_vacant) filter (
            where not seat_states.is_filled
        ) as days_vacant
    from spine
    left join seat_states
        on
            spine.municipality_id = seat_states.municipality_id
            and spine.month = seat_states.month
    group by grouping sets ((spine.municipality_id, spine.month), (spine.month))
),

channels as (
    select unnest(
        ['organisation', 'open_call', 'known_to_service', 'panel', 'other']
    ) as channel
),

-- For all together only: in one municipality a channel would point at a person.
recruited as (
    select
        totals.month,
        channels.channel,
        totals.filled,
        count(seat_states.recruited_via) as through_channel
    from totals
    cross join channels
    left join seat_states
        on
            totals.month = seat_states.month
            and channels.channel = seat_states.recruited_via
    where totals.municipality_id = 'cooperation'
    group by totals.month, channels.channel, totals.filled
),

lines as (
    select
        municipality_id,
        month,
        null as part,
        filled as numerator,
        seats as denominator
    from totals
    union all
    select
        municipality_id,
        month,
        'days_vacant' as part,
        days_vacant as numerator,
        null as denominator
    from totals
    union all
    select
        'cooperation' as municipality_id,
        month,
        channel as part,
        through_channel as numerator,
        filled as denominator
    from recruited
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    numerator,
    denominator,
    null::bigint as persons
from lines
order by municipality_id, month, part
