-- Which deviations from user involvement did people report?
-- One row per report.
select
    report_id,
    municipality as municipality_id,
    text,
    happened_on::date as happened_on,
    split_part(who_role, ':', 1) as who_role,
    timezone('Europe/Oslo', timezone('UTC', "at"))::date as reported_on
from acts_reports
