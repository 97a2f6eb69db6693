-- Of the bodies at work at month end, how many have two user representatives?
-- One row per municipality and month, and one for the bodies that have at least one.

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
        count(*) as bodies,
        count(*) filter (where representatives >= 2) as with_two,
        count(*) filter (where representatives >= 1) as with_one
    from common_body_months
    group by municipality_id, month
),

parts as (
    select unnest([null, 'at_least_one']) as part
),

lines as (
    select
        municipality_id,
        month,
        null as part,
        with_two as numerator,
        bodies as denominator
    from counted
    union all
    select
        municipality_id,
        month,
        'at_least_one' as part,
        with_one as numerator,
        bodies as denominator
    from counted
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    coalesce(lines.numerator, 0) as numerator,
    coalesce(lines.denominator, 0) as denominator,
    null::bigint as persons
from spine
cross join parts
left join lines
    on
        spine.municipality_id = lines.municipality_id
        and spine.month = lines.month
        and parts.part is not distinct from lines.part
order by spine.municipality_id, spine.month, parts.part
