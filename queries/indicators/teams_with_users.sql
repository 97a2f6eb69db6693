-- Of the improvement teams at work at month end, how many have a user in them?
-- One row per municipality and month, for every member municipality.

with

spine as (
    select municipality_id, month
    from clean_member_months
    where month between $first_month and $last_month
),

seats as (
    -- A seat has a row for each filling; it is there while both it and its body are. A
    -- body that does not say when it started is known of since its first seat.
    select
        municipality_id,
        body_id,
        seat_id,
        min(greatest(seat_from, body_from)) as exists_from,
        min(least(seat_to, body_to)) as exists_to,
        min(coalesce(body_from, seat_from)) as body_from,
        min(body_to) as body_to
    from clean_seats
    where body_kind = 'improvement_team'
    group by municipality_id, body_id, seat_id
),

-- A body is at work for as long as one of its seats does not say otherwise.
bodies as (
    select
        municipality_id,
        body_id,
        min(body_from) as body_from,
        case when count(body_to) = count(*) then max(body_to) end as body_to
    from seats
    group by municipality_id, body_id
),

active_teams as (
    select
        spine.municipality_id,
        spine.month,
        bodies.body_id
    from spine
    inner join bodies
        on
            spine.municipality_id = bodies.municipality_id
            and last_day(spine.month) >= bodies.body_from
            and last_day(spine.month) <= coalesce(bodies.body_to, 'infinity')
),

teams_with_users as (
    select distinct
        spine.municipality_id,
        spine.month,
        seats.body_id
    from spine
    inner join seats
        on
            spine.municipality_id = seats.municipality_id
            and last_day(spine.month) >= seats.exists_from
            and last_day(spine.month) <= coalesce(seats.exists_to, 'infinity')
    inner join clean_seats
        on
            seats.municipality_id = clean_seats.municipality_id
            and seats.body_id = clean_seats.body_id
            and seats.seat_id = clean_seats.seat_id
            and clean_seats.body_kind = 'improvement_team'
            and last_day(spine.month) >= clean_seats.filled_from
            and last_day(spine.month) <= coalesce(clean_seats.filled_to, 'infinity')
),

counted as (
    select
        active_teams.municipality_id,
        active_teams.month,
        count(*) as teams,
        count(teams_with_users.body_id) as with_users
    from active_teams
    left join teams_with_users using (municipality_id, month, body_id)
    group by active_teams.municipality_id, active_teams.month
)

select
    spine.municipality_id,
    spine.month as period,
    'month' as grain,
    null::varchar as part,
    coalesce(counted.with_users, 0) as numerator,
    coalesce(counted.teams, 0) as denominator,
    null::bigint as persons
from spine
left join counted using (municipality_id, month)
order by spine.municipality_id, spine.month
