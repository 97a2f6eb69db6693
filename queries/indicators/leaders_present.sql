-- Did each member have its own leader at the leaders' team's meetings in the month?
-- One row per municipality and month, and one for a deputy in the leader's place.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

meetings as (
    select distinct
        activity_id,
        date_trunc('month', ends_on)::date as month
    from clean_activities
    where kind = 'leader_team'
),

attendances as (
    select activity_id, municipality_id, leaders, deputies
    from clean_activities
    where kind = 'leader_team'
),

-- Every member is expected at every meeting, also one without a row for it.
counted as (
    select
        spine.municipality_id,
        spine.month,
        count(meetings.activity_id) as meetings,
        count(*) filter (where attendances.leaders > 0) as with_leader,
        count(*) filter (
            where attendances.leaders > 0 or attendances.deputies > 0
        ) as with_someone
    from spine
    left join meetings
        on spine.month = meetings.month
    left join attendances
        on
            meetings.activity_id = attendances.activity_id
            and spine.municipality_id = attendances.municipality_id
    group by spine.municipality_id, spine.month
),

-- Of two meetings in a month the leader is to be at both.
lines as (
    select
        municipality_id,
        month,
        null as part,
        meetings > 0 as has_met,
        with_leader = meetings as holds
    from counted
    union all
    select
        municipality_id,
        month,
        'deputy' as part,
        meetings > 0 as has_met,
        with_leader < meetings and with_someone = meetings as holds
    from counted
)

select
    municipality_id,
    month as period,
    'month' as grain,
    part,
    (has_met and holds)::bigint as numerator,
    has_met::bigint as denominator,
    null::bigint as persons
from lines
order by municipality_id, month, part
