-- How many days ago did each active service last hear from its users, at month end?
-- One row per service, by municipality and name.

with

chosen as (
    select $municipality as municipality_id, $month::date as chosen_month
)

select
    cells.indicator,
    cells.municipality_id,
    municipalities.name as municipality,
    cells.part,
    coalesce(services.name, cells.part) as service,
    cells.grain,
    cells.period,
    cells.state,
    cells.numerator,
    cells.denominator,
    cells.value,
    cells.band,
    cells.denominator_band,
    cells.shown,
    cells.reason,
    cells.assurance,
    -- A service that never heard from anybody is counted from the day it began, and so
    -- is one that heard on that very day.
    case
        when services.active_from = last_day(cells.period) - cells.value::integer
            then services.active_from
    end as began_on
from cells
inner join chosen
    on
        cells.period = chosen.chosen_month
        and (
            chosen.municipality_id = 'cooperation'
            or cells.municipality_id = chosen.municipality_id
        )
inner join municipalities on cells.municipality_id = municipalities.municipality_id
left join services
    on
        cells.part = services.service_id
        and cells.municipality_id = services.municipality_id
where
    cells.indicator = 'feedback_freshness'
    and cells.grain = 'month'
    and cells.part is not null
order by
    translate(lower(municipalities.name), 'æøå', '{|}'),
    translate(lower(service), 'æøå', '{|}')
