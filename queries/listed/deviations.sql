-- Which deviations from user involvement are there, and what is each of them now?
-- One row per deviation, closed and rejected ones too.
select
    clean_deviations.deviation_id,
    clean_deviations.rule,
    clean_deviations.municipality_id,
    clean_deviations.row_key,
    clean_deviations.since_on,
    clean_deviations.until_on,
    clean_deviations.holds,
    clean_deviations.about,
    clean_deviations.happened_on,
    clean_deviations.text,
    clean_deviation_turns.state,
    clean_deviation_turns.from_on as state_on
from clean_deviations
inner join clean_deviation_turns
    on
        clean_deviations.deviation_id = clean_deviation_turns.deviation_id
        and clean_deviation_turns.to_on is null
order by clean_deviations.deviation_id
