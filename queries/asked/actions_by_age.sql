-- How many actions were open at month end, by municipality and age, and which overdue?
-- One row per municipality, by name; a count is null where nothing was delivered.

with

chosen as (
    select $municipality as municipality_id, $month::date as chosen_month
),

chosen_cells as (
    select
        cells.municipality_id,
        cells.indicator,
        cells.part,
        cells.numerator,
        cells.denominator
    from cells
    inner join chosen on cells.period = chosen.chosen_month
    where
        cells.indicator in ('open_actions', 'overdue_actions')
        and cells.grain = 'month'
        and cells.state in ('measured', 'provisional')
),

open_actions as (
    select
        municipality_id,
        max(numerator) filter (part is null)::bigint as open,
        max(numerator) filter (part = '0_30')::bigint as days_0_30,
        max(numerator) filter (part = '31_90')::bigint as days_31_90,
        max(numerator) filter (part = '91_180')::bigint as days_91_180,
        max(numerator) filter (part = 'over_180')::bigint as days_over_180
    from chosen_cells
    where indicator = 'open_actions'
    group by municipality_id
),

overdue_actions as (
    select
        municipality_id,
        max(numerator) filter (part is null)::bigint as overdue,
        max(denominator) filter (part is null)::bigint as with_due_date,
        max(numerator) filter (part = 'without_due_on')::bigint as without_due_date
    from chosen_cells
    where indicator = 'overdue_actions'
    group by municipality_id
)

select
    municipalities.municipality_id,
    municipalities.name,
    open_actions.days_0_30,
    open_actions.days_31_90,
    open_actions.days_91_180,
    open_actions.days_over_180,
    open_actions.open,
    overdue_actions.overdue,
    overdue_actions.with_due_date,
    overdue_actions.without_due_date,
    sum(open_actions.open) over ()::bigint as open_in_all,
    sum(open_actions.days_over_180) over ()::bigint as over_180_in_all
from municipalities
inner join chosen
    on
        municipalities.member_from <= chosen.chosen_month
        and (
            chosen.municipality_id = 'cooperation'
            or municipalities.municipality_id = chosen.municipality_id
        )
left join open_actions on municipalities.municipality_id = open_actions.municipality_id
left join overdue_actions
    on municipalities.municipality_id = overdue_actions.municipality_id
order by translate(lower(municipalities.name), 'æøå', '{|}')
