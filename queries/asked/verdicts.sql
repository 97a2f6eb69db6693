-- What may be said of each municipality's answers beside the cooperation's?
-- One row per indicator, municipality and tertial.
select
    indicator,
    municipality_id,
    period,
    verdict,
    reason,
    low,
    high
from verdicts
order by indicator, municipality_id, period
