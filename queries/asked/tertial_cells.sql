-- What is shown of one indicator for each municipality, over the last six tertials?
-- One row per municipality and tertial: the chosen municipality, or all of them.
-- What went on in the month and is over now belongs to the months from its last one.

with

chosen as (
    select
        $indicator as wanted,
        $municipality as municipality_id,
        $month::date as last_month,
        ($month::date + interval 1 month)::date as next_month
),

tertial_cells as (
    select cells.*
    from cells
    inner join chosen
        on
            cells.indicator = chosen.wanted
            and cells.period <= chosen.last_month
            and (
                chosen.municipality_id = 'cooperation'
                or cells.municipality_id = chosen.municipality_id
            )
    cross join release
    where
        cells.grain = 'tertial'
        and cells.part is null
        and (
            (cells.period + interval 4 months)::date <= chosen.next_month
            or (cells.period + interval 4 months)::date > release.today
        )
),

last_six as (
    select period
    from tertial_cells
    group by period
    order by period desc
    limit 6
)

select
    tertial_cells.indicator,
    tertial_cells.municipality_id,
    municipalities.name,
    tertial_cells.grain,
    tertial_cells.part,
    tertial_cells.period,
    tertial_cells.state,
    tertial_cells.numerator,
    tertial_cells.denominator,
    tertial_cells.value,
    tertial_cells.band,
    tertial_cells.denominator_band,
    tertial_cells.shown,
    tertial_cells.reason,
    tertial_cells.low,
    tertial_cells.high,
    tertial_cells.delivered,
    tertial_cells.members,
    tertial_cells.updated_on,
    release.today
from tertial_cells
cross join release
inner join last_six on tertial_cells.period = last_six.period
inner join municipalities
    on tertial_cells.municipality_id = municipalities.municipality_id
order by translate(lower(municipalities.name), 'æøå', '{|}'), tertial_cells.period
