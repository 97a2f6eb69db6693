-- Which municipalities had no leader of their own at two leaders' meetings in a row?
-- One row per municipality and run of such meetings.

with

meetings as (
    select distinct activity_id, ends_on
    from clean_activities
    where kind = 'leader_team' and initiative is distinct from 'FACT'
),

-- A deputy is not the leader. What was not delivered says neither.
attended as (
    select
        clean_memberships.municipality_id,
        meetings.activity_id,
        meetings.ends_on,
        case
            when told.month is null then 'unknown'
            when coalesce(clean_activities.leaders, 0) > 0 then 'present'
            else 'absent'
        end as leader
    from meetings
    inner join clean_memberships
        on date_trunc('month', meetings.ends_on) >= clean_memberships.member_from
    left join clean_activities
        on
            meetings.activity_id = clean_activities.activity_id
            and clean_memberships.municipality_id = clean_activities.municipality_id
    left join common_delivered_activities as told
        on
            clean_memberships.municipality_id = told.municipality_id
            and date_trunc('month', meetings.ends_on) = told.month
),

runs as (
    select
        *,
        count(*) filter (where leader <> 'absent') over so_far as run,
        min(ends_on) filter (where leader = 'present') over from_here as came_on
    from attended
    window
        so_far as (
            partition by municipality_id
            order by ends_on, activity_id
        ),
        from_here as (
            partition by municipality_id
            order by ends_on, activity_id
            rows between 1 following and unbounded following
        )
),

absences as (
    select
        *,
        row_number() over (
            partition by municipality_id, run
            order by ends_on, activity_id
        ) as meetings_in_run
    from runs
    where leader = 'absent'
),

noticed as (
    select *
    from absences
    where meetings_in_run = $meetings
)

select
    noticed.municipality_id,
    noticed.activity_id as row_key,
    noticed.ends_on as since_on,
    noticed.came_on as until_on,
    null::varchar as about,
    noticed.ends_on as happened_on
from noticed
cross join clean_live
where
    noticed.ends_on >= clean_live.live_from
    and noticed.ends_on < clean_live.today
    and coalesce(noticed.came_on > noticed.ends_on, true)
order by noticed.municipality_id, row_key
