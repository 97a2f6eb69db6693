-- Of the user representatives' seats, how many are filled at the end of the month?
-- One row per municipality and month, one for all, and lines on what is beside it.

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
    select
        municipality_id,
        seat_id,
        filled_from,
        filled_to,
        recruited_via,
        coalesce(covers_municipalities, 0) as covers
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
        -- On the day it is handed over the newer one holds it; 0 is not stated.
        max_by(fillings.covers, fillings.filled_from) filter (
            where coalesce(fillings.filled_to, 'infinity') >= seat_months.month_end
        ) as covers,
        -- Vacant from the day after it was last held, or from the day it was made.
        seat_months.month_end
        - coalesce(max(fillings.filled_to) + 1, seat_months.exists_from) as days_vacant
    from seat_months
    left join fillings
        on
            -- Two municipalities may both number their seats from 1.
            seat_months.municipality_id = fillings.municipality_id
            and seat_months.seat_id = fillings.seat_id
            and seat_months.month_end >= fillings.filled_from
    group by
        seat_months.municipality_id,
        seat_months.month,
        seat_months.month_end,
        seat_months.exists_from,
        seat_months.seat_id
),

-- All together are those that delivered: what is missing is no vacancy.
delivered_months as (
    select municipality_id, month
    from spine
    inner join common_delivered_seats using (municipality_id, month)
),

months as (
    select distinct month from spine
),

places as (
    select municipality_id as place, municipality_id, month
    from spine
    union all
    select
        'cooperation' as place,
        delivered_months.municipality_id,
        months.month
    from months
    left join delivered_months
        on months.month = delivered_months.month
),

totals as (
    select
        places.place,
        places.month,
        count(seat_states.is_filled) as seats,
        count(*) filter (where seat_states.is_filled) as filled,
        count(*) filter (where seat_states.covers = 1) as covers_1,
        count(*) filter (where seat_states.covers = 2) as covers_2,
        count(*) filter (where seat_states.covers >= 3) as covers_3_or_more,
        count(*) filter (where seat_states.covers = 0) as covers_unknown,
        median(seat_states.days_vacant) filter (
            where not seat_states.is_filled
        ) as days_vacant
    from places
    left join seat_states
        on
            places.municipality_id = seat_states.municipality_id
            and places.month = seat_states.month
    group by places.place, places.month
),

-- For all together only: in one municipality a channel would point at a person.
channels as (
    select unnest(
        ['organisation', 'open_call', 'known_to_service', 'panel', 'other']
    ) as channel
),

recruited as (
    select
        delivered_months.month,
        seat_states.recruited_via as channel,
        count(*) as filled
    from delivered_months
    inner join seat_states
        on
            delivered_months.municipality_id = seat_states.municipality_id
            and delivered_months.month = seat_states.month
            and seat_states.is_filled
    group by delivered_months.month, seat_states.recruited_via
),

lines as (
    select
        place,
        month,
        null as part,
        filled as numerator,
        seats as denominator
    from totals
    union all
    select
        place,
        month,
        'days_vacant' as part,
        days_vacant as numerator,
        null as denominator
    from totals
    union all
    select
        place,
        month,
        'covers_1' as part,
        covers_1 as numerator,
        filled as denominator
    from totals
    union all
    select
        place,
        month,
        'covers_2' as part,
        covers_2 as numerator,
        filled as denominator
    from totals
    union all
    select
        place,
        month,
        'covers_3_or_more' as part,
        covers_3_or_more as numerator,
        filled as denominator
    from totals
    union all
    select
        place,
        month,
        'covers_unknown' as part,
        covers_unknown as numerator,
        filled as denominator
    from totals
    union all
    select
        totals.place,
        totals.month,
        channels.channel as part,
        coalesce(recruited.filled, 0) as numerator,
        totals.filled as denominator
    from totals
    cross join channels
    left join recruited
        on
            totals.month = recruited.month
            and channels.channel = recruited.channel
    where totals.place = 'cooperation'
)

select
    place as municipality_id,
    month as period,
    'month' as grain,
    part,
    numerator,
    denominator,
    null::bigint as persons
from lines
order by place, month, part
