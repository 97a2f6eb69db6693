-- What shows that a municipality is on a step of the staircase, and until when?
-- One row per municipality, step and piece of evidence.

with

entries as (
    select
        municipality_id,
        criterion,
        'entry' as source,
        evidence_id::varchar as source_id,
        reference as words,
        null::date as of_month,
        evident_on,
        null::date as closed_on
    from clean_evidence
),

-- What was decided for all was decided for those who were members that day.
decisions as (
    select
        clean_memberships.municipality_id,
        clean_decisions.criterion,
        'decision' as source,
        clean_decisions.decision_id::varchar as source_id,
        clean_decisions.text as words,
        null::date as of_month,
        clean_decisions.decided_on as evident_on,
        null::date as closed_on
    from clean_decisions
    inner join clean_memberships
        on
            clean_decisions.municipality_id = clean_memberships.municipality_id
            or (
                clean_decisions.municipality_id is null
                and date_trunc('month', clean_decisions.decided_on)
                >= clean_memberships.member_from
            )
    where clean_decisions.criterion is not null
),

-- Who asks for something asks for results, whatever else the attestation carries.
attested as (
    select *, 'results_asked_for' as shows
    from clean_attestations
    where not is_withdrawn and statement = 'asks_for'
    union
    select *, criterion as shows
    from clean_attestations
    where not is_withdrawn and criterion is not null
),

attestations as (
    select
        municipality_id,
        shows as criterion,
        'attestation' as source,
        attestation_id::varchar as source_id,
        text as words,
        month as of_month,
        attested_on as evident_on,
        null::date as closed_on
    from attested
),

-- A current goal is a decided area of improvement, whatever else it carries; it is
-- concrete as in concrete_goals.sql.
aimed as (
    select *, 'areas_decided' as shows
    from clean_goals
    union
    select *, criterion as shows
    from clean_goals
    where criterion is not null
),

goals as (
    select
        municipality_id,
        shows as criterion,
        'goal' as source,
        goal_id as source_id,
        measure as words,
        null::date as of_month,
        decided_on as evident_on,
        closed_on
    from aimed
    where
        theme is not null
        and measure is not null
        and due_on is not null
        and decided_on is not null
        and decided_by_role is not null
),

evidence as (
    select * from entries
    union all
    select * from decisions
    union all
    select * from attestations
    union all
    select * from goals
)

-- Evidence holds for 12 months, its anniversary included (indicators.md 5); a goal
-- until the day before it is closed, as in concrete_goals.sql.
select
    municipality_id,
    criterion,
    source,
    source_id,
    words,
    of_month,
    evident_on,
    least((evident_on + interval 12 months)::date, closed_on - 1) as holds_to
from evidence
