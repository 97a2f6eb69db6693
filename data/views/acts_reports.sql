-- Which deviations did people report?
-- One row per report.
select
    entry as report_id,
    facts ->> 'municipality' as municipality,
    facts ->> 'text' as text,
    (facts ->> 'happened_on')::date as happened_on,
    role as who_role,
    "at"
from ledger
where act = 'report'
