-- Which seats of user representatives have been vacant for too long?
-- One row per seat and time of being vacant.

with

limits as (
    select $days::integer as days
),

seats as (
    select
        clean_seats.municipality_id,
        clean_seats.seat_id,
        clean_seats.body,
        clean_seats.filled_from,
        coalesce(clean_seats.filled_to, date '9999-12-31') as filled_to,
        coalesce(
            min(greatest(clean_seats.seat_from, clean_seats.body_from)) over seat,
            clean_live.live_from
        ) as exists_from,
        min(least(clean_seats.seat_to, clean_seats.body_to)) over seat as exists_to
    from clean_seats
    cross join clean_live
    window seat as (
        partition by clean_seats.municipality_id, clean_seats.seat_id
    )
),

-- The day before a seat was made stands first: then nobody had to hold it.
held as (
    select
        municipality_id,
        seat_id,
        any_value(body) as body,
        exists_to,
        exists_from - 1 as held_from,
        exists_from - 1 as held_to
    from seats
    group by municipality_id, seat_id, exists_from, exists_to
    union all
    select
        municipality_id,
        seat_id,
        body,
        exists_to,
        greatest(filled_from, exists_from - 1) as held_from,
        filled_to as held_to
    from seats
    where filled_from is not null
),

held_so_far as (
    select
        municipality_id,
        seat_id,
        body,
        exists_to,
        max(held_to) over so_far as held_through,
        lead(held_from) over so_far as held_again_on
    from held
    where held_to >= held_from
    window so_far as (
        partition by municipality_id, seat_id
        order by held_from, held_to
    )
),

-- On the last day of a filling, and of a seat, it still holds.
vacancies as (
    select
        held_so_far.municipality_id,
        held_so_far.seat_id,
        held_so_far.body,
        held_so_far.held_through + 1 as vacant_from,
        greatest(
            held_so_far.held_through + 1 + limits.days + 1, clean_live.live_from
        ) as since_on,
        least(held_so_far.held_again_on, held_so_far.exists_to + 1) as ends_on,
        clean_live.today
    from held_so_far
    cross join clean_live
    cross join limits
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
    vacancies.municipality_id,
    vacancies.seat_id as row_key,
    vacancies.since_on,
    if(vacancies.ends_on <= vacancies.today, vacancies.ends_on, null) as until_on,
    vacancies.body as about,
    vacancies.vacant_from as happened_on
from vacancies
inner join clean_memberships
    on
        vacancies.municipality_id = clean_memberships.municipality_id
        and date_trunc('month', vacancies.since_on) >= clean_memberships.member_from
inner join newest_lists
    on
        vacancies.municipality_id = newest_lists.municipality_id
        and date_trunc('month', vacancies.since_on) <= newest_lists.month
where
    coalesce(vacancies.since_on < vacancies.ends_on, true)
    and vacancies.since_on < vacancies.today
order by vacancies.municipality_id, row_key, vacancies.since_on
