-- Of the actions done in the month, how many had users with at start, midway and end?
-- One row per municipality and month, and one for those with users at none of them.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

done_actions as (
    -- Reopened before the month was over, it was not done after all.
    select
        municipality_id,
        date_trunc('month', done_on)::date as month,
        coalesce(users_at_start, false)::integer
        + coalesce(users_midway, false)::integer
        + coalesce(users_at_end, false)::integer as points
    from clean_actions
    where
        done_on is not null
        and not coalesce(
            reopened_on > done_on and reopened_on <= last_day(done_on), false
        )
),

counted as (
    select
        municipality_id,
        month,
        count(*) as done,
        count(*) filter (where points = 3) as throughout,
        count(*) filter (where points = 0) as at_none
    from done_actions
    group by municipality_id, month
),

lines as (
    select
        municipality_id,
        month,
        null as part,
        throughout as numerator,
        done as denominator
    from counted
    union all
    select
        municipality_id,
        month,
        'at_none' as part,
        at_none as numerator,
        done as denominator
    from counted
),

parts as (
    select unnest([null, 'at_none']) as part
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
