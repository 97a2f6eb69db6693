-- Of which kinds may other rows count than right after a ledger entry, by what acts?
-- One row per kind.

-- An upload says of which kinds it holds rows; of a month that it covers it may hold
-- none.
-- What a decision became is an action that no file holds.

with

since as (
    select
        act,
        if(act = 'upload', entry, subject::bigint) as upload_id
    from ledger
    where act in ('upload', 'undo', 'restore') and entry > $entry
),

touched as (
    select
        coverage.kind,
        since.act
    from coverage
    inner join since using (upload_id)
    union all
    select
        unnest(
            map_keys((ledger.facts -> 'rows')::map (varchar, bigint))
        ) as kind,
        since.act
    from ledger
    inner join since on ledger.entry = since.upload_id
    union all
    select
        'survey_answers' as kind,
        since.act
    from whole_waves
    inner join since using (upload_id)
    union all
    select
        'actions' as kind,
        act
    from ledger
    where
        act in ('make_action', 'move_action', 'withdraw_action')
        and entry > $entry
)

select
    kind,
    list_sort(list_distinct(list(act))) as acts
from touched
group by kind
order by kind
