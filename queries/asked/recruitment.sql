-- How were the user representatives who were in their seats at month end recruited?
-- One row per way of recruiting, for the whole cooperation.

with

chosen as (
    select $month::date as chosen_month
)

select
    cells.part as recruited_via,
    cells.state,
    cells.numerator::bigint as seats,
    cells.denominator::bigint as seats_in_all
from cells
inner join chosen on cells.period = chosen.chosen_month
where
    cells.indicator = 'seats_filled'
    and cells.municipality_id = 'cooperation'
    and cells.grain = 'month'
    and cells.part in (
        'organisation', 'open_call', 'known_to_service', 'panel', 'other'
    )
-- What is none of the others stands last.
order by cells.part = 'other', cells.part
