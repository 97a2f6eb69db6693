-- What happened to each deviation, when, by whom and why?
-- One row per deviation and turn of its life; nobody's where a rule stopped holding.
select
    deviation_id,
    turn,
    state,
    from_on,
    to_on,
    who_role,
    reason
from clean_deviation_turns
order by deviation_id, turn
