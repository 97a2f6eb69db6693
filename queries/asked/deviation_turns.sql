-- What happened to each deviation, when, by which role and why?
-- One row per deviation and turn of its life.
select
    deviation_id,
    turn,
    state,
    from_on,
    to_on,
    who_role,
    reason
from deviation_turns
order by deviation_id, turn
