-- What shows that each municipality is on which step of the anchoring staircase?
-- One row per municipality, step and piece of evidence.
select
    municipality_id,
    criterion,
    source,
    source_id,
    words,
    of_month,
    evident_on,
    holds_to
from anchoring
order by municipality_id, criterion, evident_on, source, source_id
