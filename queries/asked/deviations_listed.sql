-- Which deviations had begun by the end of the month, and what became of each?
-- One row per deviation: the open, the suggested, what is over; the oldest first.

with

-- In the newest month also what has begun since: whoever reports one sees it at once.
newest as (
    select max(month) as month
    from months
),

lives as (
    select
        deviation_id,
        list(
            {
                'state': state,
                'from_on': from_on,
                'who_role': who_role,
                'reason': reason
            }
            order by turn
        ) as turns
    from deviation_turns
    group by deviation_id
)

select
    deviations.deviation_id,
    deviations.rule,
    deviations.municipality_id,
    municipalities.name as municipality,
    deviations.row_key,
    deviations.since_on,
    deviations.until_on,
    deviations.holds,
    deviations.about,
    deviations.happened_on,
    deviations.text,
    deviations.state,
    deviations.state_on,
    case
        when deviations.state in ('confirmed', 'reported') then 1
        when deviations.state = 'suggested' then 2
        else 3
    end as place,
    lives.turns
from deviations
inner join municipalities
    on deviations.municipality_id = municipalities.municipality_id
inner join lives
    on deviations.deviation_id = lives.deviation_id
cross join newest
where
    (
        deviations.since_on <= last_day($month::date)
        or newest.month = $month::date
    )
    and (
        $municipality = 'cooperation' or deviations.municipality_id = $municipality
    )
order by place, deviations.since_on, deviations.deviation_id
