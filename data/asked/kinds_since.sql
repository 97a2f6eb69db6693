-- Of which kinds may other rows count than right after a ledger entry?
-- One row per kind.

-- An upload says of which kinds it holds rows; of a month that it covers it may hold
-- none.
-- What a decision became is an action that no file holds.

with

since as (
    select
        if(act = 'upload', entry, subject::bigint) as upload_id
    from ledger
    where act in ('upload', 'undo', 'restore') and entry > $entry
)

select coverage.kind
from coverage
inner join since using (upload_id)
union
select unnest(map_keys((ledger.facts -> 'rows')::map (varchar, bigint))) as kind
from ledger
inner join since on ledger.entry = since.upload_id
union
select 'survey_answers' as kind
from whole_waves
inner join since using (upload_id)
union
select 'actions' as kind
from ledger
where
    act in ('make_action', 'move_action', 'withdraw_action')
    and entry > $entry
order by kind
