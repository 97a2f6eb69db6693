-- Who speaks for users in each municipality at month end, and which tools are in use?
-- One row per indicator, place and line of its breakdown: all together, then by name.

with

chosen as (
    select $municipality as municipality_id, $month::date as chosen_month
)

select
    cells.indicator,
    cells.municipality_id,
    municipalities.name,
    cells.grain,
    cells.period,
    cells.part,
    cells.state,
    cells.numerator,
    cells.denominator,
    cells.value,
    cells.band,
    cells.denominator_band,
    cells.shown,
    cells.reason
from cells
inner join chosen
    on
        cells.period = chosen.chosen_month
        and (
            chosen.municipality_id = 'cooperation'
            or cells.municipality_id = chosen.municipality_id
        )
left join municipalities on cells.municipality_id = municipalities.municipality_id
where
    cells.indicator in (
        'fresh_services',
        'seats_filled',
        'bodies_with_two_representatives',
        'teams_with_users',
        'tools_in_use'
    )
    and cells.grain = 'month'
order by
    translate(lower(municipalities.name), 'æøå', '{|}') nulls first,
    cells.indicator,
    cells.part nulls first
