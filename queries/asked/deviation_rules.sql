-- How often has each rule suggested a deviation, and what did people make of it?
-- One row per rule that has suggested any.

with

judged as (
    select deviation_id, bool_or(state = 'confirmed') as was_confirmed
    from deviation_turns
    where state in ('confirmed', 'rejected')
    group by deviation_id
),

suggested as (
    select
        deviations.rule,
        deviations.state,
        judged.deviation_id is not null as is_judged,
        coalesce(judged.was_confirmed, false) as was_confirmed
    from deviations
    left join judged
        on deviations.deviation_id = judged.deviation_id
    where
        deviations.rule <> 'reported'
        and deviations.since_on <= last_day($month::date)
        and (
            $municipality = 'cooperation'
            or deviations.municipality_id = $municipality
        )
)

select
    rule,
    count(*) as suggested,
    count(*) filter (where state = 'suggested') as waiting,
    count(*) filter (where is_judged) as answered,
    -- Who confirmed in haste and rejected it then, rejected it.
    count(*) filter (where was_confirmed and state <> 'rejected') as confirmed,
    count(*) filter (where state = 'rejected') as rejected,
    count(*) filter (where not is_judged and state = 'closed') as closed_by_itself
from suggested
group by rule
order by rule
