-- How good is what a month's numbers rest on, and how did its files come in?
-- One row per measure: of the place, or of all where it is only known for all.

with

chosen as (
    select $municipality as municipality_id, $month::date as chosen_month
)

select
    data_quality.measure,
    data_quality.municipality_id,
    data_quality.month,
    data_quality.numerator,
    data_quality.denominator
from data_quality
inner join chosen
    on
        (
            data_quality.municipality_id = chosen.municipality_id
            or (
                data_quality.measure in ('rows_refused', 'guard_hits')
                and data_quality.municipality_id = 'cooperation'
            )
        )
        -- A month's files come in the month after it.
        and data_quality.month = case data_quality.measure
            when 'days_to_delivery' then chosen.chosen_month
            else (chosen.chosen_month + interval 1 month)::date
        end
order by data_quality.measure
