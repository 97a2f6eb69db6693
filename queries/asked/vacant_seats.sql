-- Which seats for user representatives were vacant at month end, and since when?
-- One row per vacant seat, the longest vacant first.

with

chosen as (
    select $municipality as municipality_id, last_day($month::date) as month_end
),

seats_then as (
    select
        seats.seat_id,
        seats.municipality_id,
        chosen.month_end,
        max(seats.body) as body,
        max(seats.body_kind) as body_kind,
        min(seats.seat_from) as seat_from,
        max(seats.filled_to) filter (seats.filled_to < chosen.month_end) as left_on,
        -- On the last day of a filling, and of a seat, it still holds.
        coalesce(
            bool_or(
                seats.filled_from <= chosen.month_end
                and (seats.filled_to is null or seats.filled_to >= chosen.month_end)
            ),
            false
        ) as is_filled
    from seats
    inner join chosen
        on
            (
                chosen.municipality_id = 'cooperation'
                or seats.municipality_id = chosen.municipality_id
            )
            and (seats.seat_from is null or seats.seat_from <= chosen.month_end)
            and (seats.seat_to is null or seats.seat_to >= chosen.month_end)
    group by seats.seat_id, seats.municipality_id, chosen.month_end
),

vacant as (
    select *, coalesce(left_on + 1, seat_from) as vacant_since
    from seats_then
    where not is_filled
)

select
    vacant.seat_id,
    vacant.municipality_id,
    municipalities.name,
    vacant.body,
    vacant.body_kind,
    vacant.vacant_since,
    vacant.month_end - vacant.vacant_since as days_vacant
from vacant
inner join municipalities on vacant.municipality_id = municipalities.municipality_id
order by
    vacant.vacant_since,
    translate(lower(municipalities.name), 'æøå', '{|}'),
    vacant.seat_id
