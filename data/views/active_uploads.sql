-- Which uploads count now?
-- One row per upload that is not undone, or is restored since.

with

turned as (
    select
        subject,
        max_by(act, entry) as act
    from ledger
    where act in ('undo', 'restore')
    group by subject
)

select
    uploads.entry as upload_id,
    uploads.at
from ledger as uploads
left join turned
    on turned.subject = uploads.entry::varchar
where
    uploads.act = 'upload'
    and coalesce(turned.act, 'restore') = 'restore'
