-- Which uploads counted right after the ledger entry that the variable as_of holds?
-- One row per upload that was not undone then, or was restored.

with

then_known as (
    select
        entry,
        act,
        subject,
        "at"
    from ledger
    where entry <= getvariable('as_of')
),

turned as (
    select
        subject,
        max_by(act, entry) as act
    from then_known
    where act in ('undo', 'restore')
    group by subject
)

select
    uploads.entry as upload_id,
    uploads.at
from then_known as uploads
left join turned
    on turned.subject = uploads.entry::varchar
where
    uploads.act = 'upload'
    and coalesce(turned.act, 'restore') = 'restore'
