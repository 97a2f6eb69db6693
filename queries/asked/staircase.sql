-- On which steps of the anchoring staircase is who, and what shows it?
-- One row per municipality, by name, and step: its newest evidence, held or lapsed.

with

-- What a lock made stand still is what is said, whatever was entered or taken back
-- later.
steps as (
    select
        cells.municipality_id,
        municipalities.name,
        cells.part as criterion,
        cells.state,
        cells.numerator > 0 as is_evident
    from cells
    inner join municipalities on cells.municipality_id = municipalities.municipality_id
    where
        cells.indicator = 'anchoring_steps'
        and cells.grain = 'month'
        and cells.period = $month::date
        and cells.part is not null
        and cells.state <> 'not_member'
        and ($municipality = 'cooperation' or cells.municipality_id = $municipality)
),

-- As at the end of the month; a goal may have been closed before it was ever held.
evidence as (
    select
        *,
        holds_to >= last_day($month::date) as holds
    from anchoring
    where evident_on <= last_day($month::date) and holds_to >= evident_on
),

newest as (
    select
        *,
        count(*) filter (where holds) over (
            partition by municipality_id, criterion
        ) as pieces
    from evidence
    qualify
        row_number() over (
            partition by municipality_id, criterion
            order by holds_to desc, evident_on desc, source asc, source_id asc
        ) = 1
)

select
    steps.municipality_id,
    steps.name,
    steps.criterion,
    steps.state,
    coalesce(steps.is_evident, newest.holds, false) as is_evident,
    coalesce(newest.holds, false) as holds,
    coalesce(newest.pieces, 0) as pieces,
    newest.source,
    newest.source_id,
    newest.words,
    newest.of_month,
    newest.evident_on,
    newest.holds_to
from steps
left join newest
    on
        steps.municipality_id = newest.municipality_id
        and steps.criterion = newest.criterion
order by translate(lower(steps.name), 'æøå', '{|}'), steps.criterion
