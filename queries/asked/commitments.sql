-- Which commitments were kept, by whom and when?
-- One row per municipality, month and commitment.
select
    municipality_id,
    month,
    commitment,
    state,
    kept,
    due,
    frozen_in
from commitments
order by municipality_id, month, commitment
