-- What waits for a leader at the end of the month, in one municipality or in all?
-- One row per kind of thing that waits, what needs the leader most first; no row where none does.

with

month_end as (
    select last_day($month::date) as day
),

recommendations_waiting as (
    select recommendations.municipality_id, recommendations.recommendation_on as since_on
    from recommendations
    cross join month_end
    where
        recommendations.recommendation_on <= month_end.day
        and not coalesce(recommendations.leader_answered_on <= month_end.day, false)
),

actions_then as (
    select
        actions.municipality_id,
        actions.due_on,
        actions.done_on,
        coalesce(actions.told_back_on <= month_end.day, false) as is_told_back,
        month_end.day,
        coalesce(
            not coalesce(actions.done_on <= month_end.day, false)
            and not coalesce(actions.closed_on <= month_end.day, false)
            or (
                actions.reopened_on <= month_end.day
                and not coalesce(
                    actions.done_on between actions.reopened_on and month_end.day, false
                )
                and not coalesce(
                    actions.closed_on between actions.reopened_on and month_end.day, false
                )
            ),
            false
        ) as is_open
    from actions
    cross join month_end
    where actions.opened_on <= month_end.day
),

overdue as (
    select municipality_id, due_on as since_on
    from actions_then
    where is_open and due_on < day
),

-- Users should hear within 30 days what was done (indicators.md 4, told_back).
not_told_back as (
    select municipality_id, done_on as since_on
    from actions_then
    where not is_open and done_on + 30 <= day and not is_told_back
),

seats_then as (
    select
        seats.seat_id,
        seats.municipality_id,
        coalesce(
            max(seats.filled_to) filter (seats.filled_to <= month_end.day),
            min(seats.seat_from)
        ) as since_on,
        coalesce(
            bool_or(
                seats.filled_from <= month_end.day
                and (seats.filled_to is null or seats.filled_to > month_end.day)
            ),
            false
        ) as is_filled
    from seats
    cross join month_end
    where
        (seats.seat_from is null or seats.seat_from <= month_end.day)
        and (seats.seat_to is null or seats.seat_to > month_end.day)
    group by seats.seat_id, seats.municipality_id
),

-- A seat may be vacant for 60 days before it is a deviation (indicators.md 3, seats_filled).
vacant as (
    select seats_then.municipality_id, seats_then.since_on
    from seats_then
    cross join month_end
    where not seats_then.is_filled and month_end.day - seats_then.since_on > 60
),

-- Half a year and 14 days after its end a course should have been evaluated again.
courses_waiting as (
    select courses.municipality_id, courses.ended_on as since_on
    from courses
    cross join month_end
    where
        courses.half_year_sent_on is null
        and courses.half_year_due_on + 14 < month_end.day
        and courses.ended_on > (month_end.day - interval 12 months)::date
),

-- History that was loaded at once was locked without anybody having been asked.
attestations_waiting as (
    select municipalities.municipality_id, months.month as since_on
    from months
    inner join municipalities on municipalities.member_from <= months.month
    left join attestations
        on
            months.month = attestations.month
            and municipalities.municipality_id = attestations.municipality_id
            and attestations.withdrawn_at is null
    where
        months.month = $month::date
        and months.locked_at is not null
        and not months.is_history
        and attestations.attestation_id is null
),

-- A kind that nobody has delivered yet is not waited for.
kinds_in_use as (
    select distinct kind
    from deliveries
    where is_delivered
),

files_waiting as (
    select deliveries.municipality_id, deliveries.month as since_on, deliveries.kind
    from deliveries
    inner join kinds_in_use on deliveries.kind = kinds_in_use.kind
    where deliveries.month = $month::date and not deliveries.is_delivered
),

everything as (
    select 1 as place, 'recommendations' as thing, *, null as kind from recommendations_waiting
    union all
    select 3 as place, 'overdue' as thing, *, null as kind from overdue
    union all
    select 4 as place, 'vacant' as thing, *, null as kind from vacant
    union all
    select 5 as place, 'not_told_back' as thing, *, null as kind from not_told_back
    union all
    select 6 as place, 'courses' as thing, *, null as kind from courses_waiting
    union all
    select 2 as place, 'attestation' as thing, *, null as kind from attestations_waiting
    union all
    select 7 as place, 'files' as thing, * from files_waiting
)

select
    everything.place,
    everything.thing,
    count(*) as n,
    min(everything.since_on) as oldest_on,
    list(distinct municipalities.name order by municipalities.name) as places,
    list(distinct everything.kind order by everything.kind)
        filter (everything.kind is not null) as kinds
from everything
inner join municipalities on everything.municipality_id = municipalities.municipality_id
where $municipality = 'cooperation' or everything.municipality_id = $municipality
group by everything.place, everything.thing
order by everything.place
