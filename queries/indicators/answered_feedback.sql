-- Of what users asked to have changed, how much got an answer within 60 days?
-- One row per municipality and month in which the feedback was received.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

counted as (
    select
        municipality_id,
        month,
        count(*) as received,
        count(answered_on) as answered
    from common_change_requests
    group by municipality_id, month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.answered, 0) as numerator,
    coalesce(counted.received, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
