-- What waits for a leader, of what there was at the end of the month, in one
-- municipality or in all?
-- One row per kind of thing that waits, what needs the leader most first.

with

places as (
    select
        municipality_id,
        name,
        member_from,
        count(*) over () as places_in_all
    from municipalities
    where $municipality in ('cooperation', municipality_id)
),

recommendations_waiting as (
    select municipality_id, recommendation_on as since_on
    from recommendations
    where
        recommendation_on <= last_day($month::date)
        and history_from > last_day($month::date)
        and not coalesce(leader_answered_on <= last_day($month::date), false)
),

opened as (
    select
        *,
        last_day($month::date) as day,
        -- The last time it ended so far; greatest() leaves out nulls.
        greatest(
            if(done_on <= last_day($month::date), done_on, null),
            if(closed_on <= last_day($month::date), closed_on, null)
        ) as ended_on
    from actions
    where opened_on <= last_day($month::date)
),

actions_then as (
    -- Done and later reopened, it is open again from that day.
    select
        *,
        coalesce(
            ended_on is null or reopened_on between ended_on + 1 and day, false
        ) as is_open
    from opened
),

overdue as (
    select municipality_id, due_on as since_on
    from actions_then
    where is_open and due_on < day
),

-- Users should hear within 30 days what was done (indicators.md 4, told_back); after a
-- year it is history, as feedback is fresh produce.
not_told_back as (
    select municipality_id, done_on as since_on
    from actions_then
    where
        not is_open
        and done_on + 30 <= day
        and done_on > (day - interval 12 months)::date
        and not coalesce(told_back_on <= day, false)
),

seats_then as (
    select
        seat_id,
        municipality_id,
        coalesce(
            max(filled_to) filter (filled_to < last_day($month::date)) + 1,
            min(seat_from)
        ) as since_on,
        -- On the last day of a filling, and of a seat, it still holds.
        coalesce(
            bool_or(
                filled_from <= last_day($month::date)
                and (filled_to is null or filled_to >= last_day($month::date))
            ),
            false
        ) as is_filled
    from seats
    where
        (seat_from is null or seat_from <= last_day($month::date))
        and (seat_to is null or seat_to >= last_day($month::date))
    group by seat_id, municipality_id
),

-- A seat may be vacant for 60 days before that is a deviation (indicators.md 8).
vacant as (
    select municipality_id, since_on
    from seats_then
    where not is_filled and last_day($month::date) - since_on > 60
),

-- Half a year and 14 days after its end a course should have been evaluated again;
-- after another year it is history.
courses_waiting as (
    select municipality_id, ended_on as since_on
    from courses
    where
        not coalesce(half_year_sent_on <= last_day($month::date), false)
        and half_year_due_on + 14 < last_day($month::date)
        and half_year_due_on > (last_day($month::date) - interval 12 months)::date
),

newest as (
    select max(month) as month
    from months
),

-- What somebody stands for and nobody has closed, and what a rule only suggests: as
-- they are now, since they are answered here at any time. In the newest month also what
-- has begun since, as deviations_listed.sql has it.
deviations_now as (
    select
        deviations.municipality_id,
        deviations.state,
        deviations.state_on as since_on
    from deviations
    cross join newest
    where
        deviations.since_on <= last_day($month::date)
        or newest.month = $month::date
),

deviations_open as (
    select municipality_id, since_on
    from deviations_now
    where state in ('confirmed', 'reported')
),

suggestions as (
    select municipality_id, since_on
    from deviations_now
    where state = 'suggested'
),

-- History that was loaded at once was locked without anybody having been asked.
attestations_waiting as (
    select places.municipality_id, months.month as since_on
    from months
    inner join places on months.month >= places.member_from
    left join attestations
        on
            months.month = attestations.month
            and places.municipality_id = attestations.municipality_id
            and attestations.withdrawn_at is null
    where
        months.month = $month::date
        and months.locked_at is not null
        and not months.is_history
        and attestations.attestation_id is null
),

-- A release of an earlier version does not say what was expected: all of it.
told_deliveries as (
    select * from deliveries
    union all by name
    select null::boolean as is_expected
    where false
),

files_waiting as (
    select municipality_id, month as since_on, kind
    from told_deliveries
    where
        month = $month::date
        and coalesce(is_expected, true)
        and not is_delivered
),

everything as (
    select 1 as place, 'recommendations' as thing, *, null as kind
    from recommendations_waiting
    union all
    select 3 as place, 'overdue' as thing, *, null as kind from overdue
    union all
    select 4 as place, 'deviations' as thing, *, null as kind from deviations_open
    union all
    select 5 as place, 'vacant' as thing, *, null as kind from vacant
    union all
    select 6 as place, 'not_told_back' as thing, *, null as kind from not_told_back
    union all
    select 7 as place, 'courses' as thing, *, null as kind from courses_waiting
    union all
    select 2 as place, 'attestation' as thing, *, null as kind from attestations_waiting
    union all
    select 8 as place, 'files' as thing, * from files_waiting
    union all
    select 9 as place, 'suggestions' as thing, *, null as kind from suggestions
)

select
    everything.place,
    everything.thing,
    count(*) as n,
    min(everything.since_on) as oldest_on,
    list(distinct places.name order by places.name) as places,
    count(distinct places.municipality_id) = max(places.places_in_all) as is_everywhere,
    list(distinct everything.kind order by everything.kind) filter (
        everything.kind is not null
    ) as kinds
from everything
inner join places on everything.municipality_id = places.municipality_id
group by everything.place, everything.thing
order by everything.place
