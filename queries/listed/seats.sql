-- Which seats do user representatives have, and when were they filled?
-- One row per seat and time of being filled, and one for a seat that never was.
select
    seat_id,
    municipality_id,
    body,
    body_kind,
    seat_from,
    seat_to,
    filled_from,
    filled_to,
    covers_municipalities
from clean_seats
order by seat_id, filled_from
