-- Which seats do user representatives have, and when were they filled?
-- One row per seat and time of being filled, and one for a seat that never was.
select
    seat_id,
    municipality_id,
    body,
    body_kind,
    -- A seat is there while both it and its body are. As everywhere, the last day of
    -- a seat, and of a filling, still counts: it ends the day after.
    min(greatest(seat_from, body_from)) over seat as seat_from,
    min(least(seat_to, body_to)) over seat as seat_to,
    filled_from,
    filled_to,
    covers_municipalities
from clean_seats
window seat as (partition by municipality_id, seat_id)
order by seat_id, municipality_id, filled_from
