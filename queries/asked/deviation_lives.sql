-- What has a rule suggested about a row, or a person reported, and what is it now?
-- One row per deviation, the newest first.
select
    deviation_id,
    since_on,
    state
from deviations
where
    rule = $rule
    and municipality_id = $municipality
    and row_key = $row_key
order by since_on desc
