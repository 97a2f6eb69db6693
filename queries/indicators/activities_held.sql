-- How many activities were held in which users have a say?
-- One row per municipality and month, and one for each kind of activity.

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
        'dialogue_conference',
        'peer_evaluation',
        'user_panel',
        'workshop'
    ]) as part
),

activities as (
    select
        clean_activities.municipality_id,
        clean_activities.kind,
        date_trunc('month', clean_activities.ends_on)::date as month
    from clean_activities
    inner join parts
        on clean_activities.kind = parts.part
    where
        -- A workshop may be for staff alone; the other kinds are with users by name.
        (
            clean_activities.kind <> 'workshop'
            or clean_activities.users > 0
            or clean_activities.relatives > 0
            or clean_activities.user_representatives > 0
        )
        -- FACT belongs to the cooperation, not to the municipality that hosts it.
        and clean_activities.initiative is distinct from 'FACT'
),

counted as (
    select municipality_id, month, kind, count(*) as held
    from activities
    group by grouping sets ((municipality_id, month), (municipality_id, month, kind))
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    parts.part,
    coalesce(counted.held, 0) as numerator,
    null::bigint as denominator,
    null::bigint as persons
from spine
cross join parts
left join counted
    on
        spine.municipality_id = counted.municipality_id
        and spine.month = counted.month
        and parts.part is not distinct from counted.kind
order by spine.municipality_id, spine.month, parts.part
