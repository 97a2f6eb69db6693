-- How many days have deviations been open at the end of the month?
-- One row per municipality and month, and one for all: the median over those open.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- From the day that somebody confirmed it or reported it.
open_deviations as (
    select
        spine.municipality_id,
        spine.month,
        last_day(spine.month) - clean_deviation_turns.from_on as days_open
    from spine
    inner join clean_deviation_turns
        on
            spine.municipality_id = clean_deviation_turns.municipality_id
            and clean_deviation_turns.state in ('confirmed', 'reported')
            and last_day(spine.month) >= clean_deviation_turns.from_on
            and coalesce(clean_deviation_turns.to_on, 'infinity')
            > last_day(spine.month)
),

places as (
    select municipality_id as place, municipality_id, month
    from spine
    union all
    select 'cooperation' as place, municipality_id, month
    from spine
)

select
    places.place as municipality_id,
    places.month as period,
    'month' as grain,
    null::varchar as part,
    median(open_deviations.days_open) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from places
left join open_deviations
    on
        places.municipality_id = open_deviations.municipality_id
        and places.month = open_deviations.month
group by places.place, places.month
order by places.place, places.month
