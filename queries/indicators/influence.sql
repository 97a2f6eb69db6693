-- Of the actions done in the month, how often did users' involvement shape the result?
-- One row per municipality and month, and one for those that were not assessed.

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
        coalesce(influence, 'not_assessed') as statement
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
        count(*) filter (where statement in ('yes', 'partly')) as influenced,
        count(*) filter (where statement = 'not_assessed') as not_assessed
    from done_actions
    group by municipality_id, month
),

lines as (
    select
        municipality_id,
        month,
        null as part,
        influenced as numerator,
        done - not_assessed as denominator
    from counted
    union all
    select
        municipality_id,
        month,
        'not_assessed' as part,
        not_assessed as numerator,
        done as denominator
    from counted
),

parts as (
    select unnest([null, 'not_assessed']) as part
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
