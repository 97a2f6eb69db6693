-- Which deviations from user involvement are there, suggested by a rule or reported?
-- One row per deviation.

with

suggested as (
    select
        rule,
        municipality_id,
        row_key,
        since_on,
        until_on,
        until_on is null as holds,
        about,
        happened_on,
        null::varchar as text
    from clean_suggestions
),

reported as (
    select
        'reported' as rule,
        municipality_id,
        report_id::varchar as row_key,
        reported_on as since_on,
        null::date as until_on,
        null::boolean as holds,
        null::varchar as about,
        happened_on,
        text
    from clean_reports
),

-- What was judged stays, also when a corrected file has taken its row away.
gone as (
    select distinct
        clean_judgements.rule,
        clean_judgements.municipality_id,
        clean_judgements.row_key,
        clean_judgements.since_on,
        null::date as until_on,
        false as holds,
        null::varchar as about,
        null::date as happened_on,
        null::varchar as text
    from clean_judgements
    where not clean_judgements.is_of_suggestion and clean_judgements.rule <> 'reported'
),

everything as (
    select * from suggested
    union all
    select * from reported
    union all
    select * from gone
)

select
    concat_ws(':', rule, municipality_id, row_key, since_on) as deviation_id,
    rule,
    municipality_id,
    row_key,
    since_on,
    until_on,
    holds,
    about,
    happened_on,
    text
from everything
