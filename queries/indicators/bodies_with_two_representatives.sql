-- Of the bodies at work at month end, how many have two user representatives?
-- One row per municipality and month, and one for the bodies that have at least one.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

seats as (
    -- A seat has a row for each filling; it is there while both it and its body are. A
    -- body that does not say when it started is known of since its first seat.
    select
        municipality_id,
        body_id,
        body_kind,
        seat_id,
        min(greatest(seat_from, body_from)) as exists_from,
        min(least(seat_to, body_to)) as exists_to,
        min(coalesce(body_from, seat_from)) as body_from,
        min(body_to) as body_to
    from clean_seats
    group by municipality_id, body_id, body_kind, seat_id
),

-- A body is at work for as long as one of its seats does not say otherwise.
bodies as (
    select
        municipality_id,
        body_id,
        body_kind,
        min(body_from) as body_from,
        case when count(body_to) = count(*) then max(body_to) end as body_to
    from seats
    group by municipality_id, body_id, body_kind
),

body_months as (
    select
        spine.municipality_id,
        spine.month,
        bodies.body_id,
        bodies.body_kind
    from spine
    inner join bodies
        on
            spine.municipality_id = bodies.municipality_id
            and last_day(spine.month) >= bodies.body_from
            and last_day(spine.month) <= coalesce(bodies.body_to, 'infinity')
),

seat_months as (
    select distinct
        spine.municipality_id,
        spine.month,
        seats.body_id,
        seats.body_kind,
        seats.seat_id
    from spine
    inner join seats
        on
            spine.municipality_id = seats.municipality_id
            and last_day(spine.month) >= seats.exists_from
            and last_day(spine.month) <= coalesce(seats.exists_to, 'infinity')
    inner join clean_seats
        on
            seats.municipality_id = clean_seats.municipality_id
            and seats.body_id = clean_seats.body_id
            and seats.body_kind = clean_seats.body_kind
            and seats.seat_id = clean_seats.seat_id
            and last_day(spine.month) >= clean_seats.filled_from
            and last_day(spine.month) <= coalesce(clean_seats.filled_to, 'infinity')
),

filled_bodies as (
    select
        body_months.municipality_id,
        body_months.month,
        count(seat_months.seat_id) as representatives
    from body_months
    left join seat_months using (municipality_id, month, body_id, body_kind)
    group by
        body_months.municipality_id,
        body_months.month,
        body_months.body_id,
        body_months.body_kind
),

counted as (
    select
        municipality_id,
        month,
        count(*) as bodies,
        count(*) filter (where representatives >= 2) as with_two,
        count(*) filter (where representatives >= 1) as with_one
    from filled_bodies
    group by municipality_id, month
),

parts as (
    select unnest([null, 'at_least_one']) as part
),

lines as (
    select
        municipality_id,
        month,
        null as part,
        with_two as numerator,
        bodies as denominator
    from counted
    union all
    select
        municipality_id,
        month,
        'at_least_one' as part,
        with_one as numerator,
        bodies as denominator
    from counted
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    coalesce(lines.numerator, 0) as numerator,
    coalesce(lines.denominator, 0) as denominator,
    null::bigint as persons
from spine
cross join parts
left join lines
    on
        spine.municipality_id = lines.municipality_id
        and spine.month = lines.month
        and parts.part is not distinct from lines.part
order by spine.municipality_id, spine.month, parts.part
