-- How many times did users and relatives take part where they have a say?
-- One row per municipality and month, and one for each kind of activity; persons is
-- null where no activity was held.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

parts as (
    -- Null is all kinds together.
    select unnest([
        null,
        'dialogue_meeting',
        'dialogue_cafe',
        'peer_evaluation',
        'user_panel',
        'workshop'
    ]) as part
),

activities as (
    select
        clean_activities.municipality_id,
        clean_activities.kind,
        date_trunc('month', clean_activities.ends_on)::date as month,
        coalesce(clean_activities.users, 0)
        + coalesce(clean_activities.relatives, 0) as attendances
    from clean_activities
    inner join parts
        on clean_activities.kind = parts.part
    where
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        clean_activities.initiative is distinct from 'FACT'
),

counted as (
    select
        municipality_id,
        month,
        kind,
        sum(attendances) as attendances,
        -- Files do not know persons: at the largest activity they were different ones.
        max(attendances) as persons
    from activities
    group by grouping sets ((municipality_id, month), (municipality_id, month, kind))
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    coalesce(counted.attendances, 0)::bigint as numerator,
    null::bigint as denominator,
    counted.persons::bigint as persons
from spine
cross join parts
left join counted
    on
        spine.municipality_id = counted.municipality_id
        and spine.month = counted.month
        and parts.part is not distinct from counted.kind
order by spine.municipality_id, spine.month, parts.part
