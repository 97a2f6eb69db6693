-- What did people make of the deviations that rules suggested?
-- One row per review.
select
    review_id,
    rule,
    row_key,
    municipality as municipality_id,
    since_on::date as since_on,
    verdict,
    reason,
    split_part(who_role, ':', 1) as who_role,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as reviewed_on
from acts_reviews
