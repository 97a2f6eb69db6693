-- Which improvement teams have no user representative?
-- One row per team and time without one.

with

seats as (
    select
        clean_seats.*,
        coalesce(
            min(clean_seats.body_from) over team,
            min(clean_seats.seat_from) over team,
            clean_live.live_from
        ) as team_from,
        min(clean_seats.body_to) over team as team_to
    from clean_seats
    cross join clean_live
    where clean_seats.body_kind = 'improvement_team'
    window team as (
        partition by clean_seats.municipality_id, clean_seats.body_id
    )
),

-- The day before a team began stands first: then nobody had to be there.
held as (
    select
        municipality_id,
        body_id,
        any_value(body) as body,
        team_to,
        team_from - 1 as held_from,
        team_from - 1 as held_to
    from seats
    group by municipality_id, body_id, team_from, team_to
    union all
    -- On the last day of a filling, and of a seat, it still holds.
    select
        municipality_id,
        body_id,
        body,
        team_to,
        greatest(filled_from, seat_from, team_from - 1) as held_from,
        least(
            coalesce(filled_to, date '9999-12-31'),
            coalesce(seat_to, date '9999-12-31')
        ) as held_to
    from seats
    where filled_from is not null
),

held_so_far as (
    select
        municipality_id,
        body_id,
        body,
        team_to,
        max(held_to) over so_far as held_through,
        lead(held_from) over so_far as held_again_on
    from held
    where held_to >= held_from
    window so_far as (
        partition by municipality_id, body_id
        order by held_from, held_to
    )
),

gaps as (
    select
        held_so_far.municipality_id,
        held_so_far.body_id,
        held_so_far.body,
        held_so_far.held_through + 1 as alone_from,
        greatest(held_so_far.held_through + 1, clean_live.live_from) as since_on,
        least(held_so_far.held_again_on, held_so_far.team_to + 1) as ends_on,
        clean_live.today
    from held_so_far
    cross join clean_live
    where
        held_so_far.held_through < date '9999-12-31'
        and coalesce(held_so_far.held_again_on > held_so_far.held_through + 1, true)
),

-- Only a list of that month, or of a later one, knows that nobody came.
newest_lists as (
    select municipality_id, max(month) as month
    from common_delivered_seats
    group by municipality_id
)

select
    gaps.municipality_id,
    gaps.body_id as row_key,
    gaps.since_on,
    if(gaps.ends_on <= gaps.today, gaps.ends_on, null) as until_on,
    gaps.body as about,
    gaps.alone_from as happened_on
from gaps
inner join clean_memberships
    on
        gaps.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', gaps.since_on) >= clean_memberships.member_from
inner join newest_lists
    on
        gaps.municipality_id = newest_lists.municipality_id
        and date_trunc('month', gaps.since_on) <= newest_lists.month
where
    coalesce(gaps.since_on < gaps.ends_on, true)
    and gaps.since_on < gaps.today
order by gaps.municipality_id, row_key, gaps.since_on
