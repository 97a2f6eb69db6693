-- Which seats do user representatives have in which bodies, and when were they filled?
-- One row per seat and time of being filled, and one for a seat that never was.
select
    seat_id,
    municipality as municipality_id,
    body_id,
    body,
    body_kind,
    body_from::date as body_from,
    body_to::date as body_to,
    seat_from::date as seat_from,
    seat_to::date as seat_to,
    filled_from::date as filled_from,
    filled_to::date as filled_to,
    recruited_via,
    trained,
    used_service,
    covers_municipalities
from current_seats
