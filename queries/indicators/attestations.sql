-- Of the locked months, which had been attested by the day of the leaders' meeting?
-- One row per municipality and month; a month that is not locked has none to attest.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

attestable_months as (
    -- History was locked at once: nobody could have attested it on time. Until the team
    -- has met there is still time, so everything until today counts.
    select
        clean_attestation_days.month,
        coalesce(clean_attestation_days.due_on, clean_horizon.today) as due_on
    from clean_attestation_days
    cross join clean_horizon
    where not clean_attestation_days.is_history
),

attested_months as (
    select distinct
        clean_attestations.municipality_id,
        clean_attestations.month
    from clean_attestations
    inner join attestable_months
        on
            clean_attestations.month = attestable_months.month
            and clean_attestations.attested_on <= attestable_months.due_on
    where not clean_attestations.is_withdrawn
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    (attested_months.month is not null)::bigint as numerator,
    (attestable_months.month is not null)::bigint as denominator,
    null::bigint as persons
from spine
left join attestable_months using (month)
left join attested_months using (municipality_id, month)
order by spine.municipality_id, spine.month
