-- Which decisions about one indicator fall in the 24 months up to the chosen one?
-- One row per decision that holds for the chosen municipality, the oldest first.

with

chosen as (
    select
        $indicator as wanted,
        $municipality as municipality_id,
        ($month::date - interval 23 months)::date as first_day,
        last_day($month::date) as last_day
)

select
    decisions.decision_id,
    decisions.decided_on,
    decisions.text
from decisions
inner join chosen
    on
        decisions.indicator = chosen.wanted
        and decisions.decided_on between chosen.first_day and chosen.last_day
        and decisions.withdrawn_on is null
where
    chosen.municipality_id = 'cooperation'
    or decisions.municipality_id is null
    or decisions.municipality_id = chosen.municipality_id
order by decisions.decided_on, decisions.decision_id
