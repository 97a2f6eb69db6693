-- How much came in with each file, stored or refused, and how much of it was refused?
-- One row per file that was stored, and per time one was refused.

-- Uploads of an earlier version do not say how many rows the file had: then those that
-- were stored of it, and those that were left. The rows of a file with answers are
-- people: how many, the next release would tell of the one file that came since.

with

by_kind as (
    select
        "at",
        entry,
        act,
        facts,
        (facts -> 'rows')::map (varchar, bigint) as rows_by_kind
    from ledger
    where act in ('upload', 'refuse')
),

said as (
    select
        "at",
        entry,
        coalesce(list_contains(map_keys(rows_by_kind), 'survey_answers'), false)
            as is_of_people,
        coalesce(
            (facts ->> 'file_rows')::bigint,
            coalesce(list_sum(map_values(rows_by_kind))::bigint, 0)
            + coalesce((facts ->> 'left_rows')::bigint, 0)
        ) as file_rows,
        case
            when act = 'refuse' then (facts ->> 'file_rows')::bigint
            else coalesce((facts ->> 'left_rows')::bigint, 0)
        end as refused_rows,
        coalesce((facts ->> 'guard_hits')::bigint, 0) as guard_hits
    from by_kind
)

select
    "at",
    if(is_of_people, 0, file_rows) as file_rows,
    if(is_of_people, 0, refused_rows) as refused_rows,
    guard_hits
from said
order by entry
