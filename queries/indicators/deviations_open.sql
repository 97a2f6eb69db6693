-- How many deviations from user involvement are open at the end of the month?
-- One row per municipality and month, and one for each of the states of a deviation.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

-- Null is what a person stands for: confirmed, or reported, and not closed.
parts as (
    select unnest([null, 'suggested', 'confirmed', 'reported', 'rejected']) as part
),

states as (
    select
        spine.municipality_id,
        spine.month,
        clean_deviation_turns.state
    from spine
    inner join clean_deviation_turns
        on
            spine.municipality_id = clean_deviation_turns.municipality_id
            and last_day(spine.month) >= clean_deviation_turns.from_on
            and coalesce(clean_deviation_turns.to_on, 'infinity')
            > last_day(spine.month)
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    count(states.state) filter (
        where
        states.state = parts.part
        or (parts.part is null and states.state in ('confirmed', 'reported'))
    ) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from spine
cross join parts
left join states
    on
        spine.municipality_id = states.municipality_id
        and spine.month = states.month
group by spine.municipality_id, spine.month, parts.part
order by spine.municipality_id, spine.month, parts.part
