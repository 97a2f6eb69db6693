-- Was each member present at the working group's meetings in the month?
-- One row per municipality and month, and one for those whom a deputy stood in for.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

attendances as (
    select
        activity_id,
        municipality_id,
        date_trunc('month', ends_on)::date as month,
        leaders,
        deputies
    from clean_activities
    where
        kind = 'working_group'
        -- A group of the FACT team is not the one that all six have agreed on.
        and initiative is distinct from 'FACT'
),

-- The group is active as long as it meets.
meetings as (
    select distinct activity_id, month
    from attendances
),

-- Every member is expected at every meeting, also one without a row for it.
counted as (
    select
        spine.municipality_id,
        spine.month,
        count(meetings.activity_id) as meetings,
        count(*) filter (where attendances.leaders > 0) as with_member,
        count(*) filter (
            where attendances.leaders > 0 or attendances.deputies > 0
        ) as with_someone
    from spine
    left join meetings
        on spine.month = meetings.month
    left join attendances
        on
            meetings.activity_id = attendances.activity_id
            and meetings.month = attendances.month
            and spine.municipality_id = attendances.municipality_id
    group by spine.municipality_id, spine.month
),

-- Of two meetings in a month the municipality is to be at both. In this group a deputy
-- speaks for the municipality: it is the leaders' team that asks for the person.
lines as (
    select
        municipality_id,
        month,
        null as part,
        meetings > 0 as has_met,
        with_someone = meetings as holds
    from counted
    union all
    select
        municipality_id,
        month,
        'deputy' as part,
        meetings > 0 as has_met,
        with_someone = meetings and with_member < meetings as holds
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
