-- Which bodies are at work at the end of a month, with how many user representatives?
-- One row per body and month.

with

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
        clean_member_months.municipality_id,
        clean_member_months.month,
        bodies.body_id,
        bodies.body_kind
    from clean_member_months
    inner join bodies
        on
            clean_member_months.municipality_id = bodies.municipality_id
            and last_day(clean_member_months.month) >= bodies.body_from
            and last_day(clean_member_months.month)
            <= coalesce(bodies.body_to, 'infinity')
),

filled_seats as (
    select distinct
        clean_member_months.municipality_id,
        clean_member_months.month,
        seats.body_id,
        seats.body_kind,
        seats.seat_id
    from clean_member_months
    inner join seats
        on
            clean_member_months.municipality_id = seats.municipality_id
            and last_day(clean_member_months.month) >= seats.exists_from
            and last_day(clean_member_months.month)
            <= coalesce(seats.exists_to, 'infinity')
    inner join clean_seats
        on
            seats.municipality_id = clean_seats.municipality_id
            and seats.body_id = clean_seats.body_id
            and seats.body_kind = clean_seats.body_kind
            and seats.seat_id = clean_seats.seat_id
            and last_day(clean_member_months.month) >= clean_seats.filled_from
            and last_day(clean_member_months.month)
            <= coalesce(clean_seats.filled_to, 'infinity')
)

select
    body_months.municipality_id,
    body_months.month,
    body_months.body_id,
    body_months.body_kind,
    count(filled_seats.seat_id) as representatives
from body_months
left join filled_seats using (municipality_id, month, body_id, body_kind)
group by
    body_months.municipality_id,
    body_months.month,
    body_months.body_id,
    body_months.body_kind
order by
    body_months.municipality_id,
    body_months.month,
    body_months.body_kind,
    body_months.body_id
