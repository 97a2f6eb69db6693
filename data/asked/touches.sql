-- When did something come for a month, was taken back, or came again?
-- One row per upload and what it covers, for each time.

with

touched as (
    select
        entry as upload_id,
        entry,
        act,
        "at"
    from ledger
    where act = 'upload'
    union all
    select
        subject::bigint as upload_id,
        entry,
        act,
        "at"
    from ledger
    where act in ('undo', 'restore')
)

select
    coverage.kind,
    coverage.municipality,
    coverage.month,
    upload_id,
    touched.entry,
    touched.act,
    touched.at
from coverage
inner join touched using (upload_id)
order by touched.at, coverage.kind, coverage.municipality, coverage.month
