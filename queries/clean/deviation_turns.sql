-- What has each deviation been, from which day until which, and by whom?
-- One row per deviation and turn of its life; its last turn has no end.

with

begun as (
    select
        clean_deviations.deviation_id,
        if(clean_deviations.rule = 'reported', 'reported', 'suggested') as state,
        clean_deviations.since_on as from_on,
        0 as turn,
        clean_reports.who_role,
        null::varchar as reason
    from clean_deviations
    left join clean_reports
        on
            clean_deviations.rule = 'reported'
            and clean_deviations.row_key = clean_reports.report_id::varchar
),

-- Said twice in a row is said once.
judged as (
    select
        concat_ws(':', rule, municipality_id, row_key, since_on) as deviation_id,
        verdict as state,
        reviewed_on as from_on,
        review_id as turn,
        who_role,
        reason
    from clean_judgements
    qualify verdict is distinct from lag(verdict) over (
        partition by rule, municipality_id, row_key, since_on
        order by review_id
    )
),

first_judged as (
    select deviation_id, min(from_on) as from_on
    from judged
    group by deviation_id
),

-- A rule that does not hold any more closes what nobody had judged by then.
closed_by_rule as (
    select
        clean_deviations.deviation_id,
        'closed' as state,
        clean_deviations.until_on as from_on,
        0 as turn,
        null::varchar as who_role,
        null::varchar as reason
    from clean_deviations
    left join first_judged
        on clean_deviations.deviation_id = first_judged.deviation_id
    where
        clean_deviations.until_on is not null
        and coalesce(first_judged.from_on > clean_deviations.until_on, true)
),

turns as (
    select * from begun
    union all
    select * from judged
    union all
    select * from closed_by_rule
)

select
    turns.deviation_id,
    clean_deviations.municipality_id,
    turns.state,
    turns.from_on,
    lead(turns.from_on) over life as to_on,
    row_number() over life as turn,
    turns.who_role,
    turns.reason
from turns
inner join clean_deviations
    on turns.deviation_id = clean_deviations.deviation_id
window life as (
    partition by turns.deviation_id
    order by turns.from_on, turns.turn
)
