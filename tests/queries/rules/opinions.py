"""When each rule fires, by another method: plain Python over the rows, day by day where it lasts.

Written from the definitions alone. A rule holds at the end of a day; what was not delivered is not
known; what was due before the dashboard was in use, as history, is nobody's deviation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from tests.queries.indicators.second_opinions import (
    DAY,
    activities,
    has_delivered,
    is_member,
    is_of_fact,
    later,
    month_end,
    month_of,
    norwegian_day,
    today,
    waves,
)
from tests.queries.worlds import Row, World, months

Fired = dict[tuple[str, str, dt.date], dt.date | None]
"""By municipality, row and the day it began to hold: the day it did not any more."""

NEVER = dt.date.max


def live_from(world: World) -> dt.date:
    """The first day that is not history."""
    row = world["horizon"][0]
    locks = world.get("acts_locks", ())
    firsts = [lock["month"] for lock in locks if not lock["is_history"]]
    after = [month_end(lock["month"]) + DAY for lock in locks if lock["is_history"]]
    begins = [day for day in (min(firsts, default=None), max(after, default=None)) if day]
    return max(row["first_month"], max(begins, default=row["last_month"]))


def counts(world: World, who: str, day: dt.date) -> bool:
    """Whether a day that something was due by is over, no history, and a member's."""
    members = {row["municipality_id"]: row for row in world["current_municipalities"]}
    return (
        live_from(world) <= day < today(world)
        and who in members
        and is_member(members[who], month_of(day))
    )


def knows(world: World, kind: str, who: str, day: dt.date) -> bool:
    """Whether a list of that month or of a later one was delivered."""
    return any(
        (row["kind"], row["municipality"]) == (kind, who) and row["month"] >= month_of(day)
        for row in world["coverage"]
    )


def missed(fired: Fired, who: str, key: str, by: dt.date, done: Iterable[dt.date | None]) -> None:
    """Add what was not done by a day, and when it was done after all."""
    days = [day for day in done if day is not None]
    if not any(day <= by for day in days):
        fired[who, key, by] = min(days, default=None)


def course_without_same_day_wave(world: World) -> Fired:
    sent = {(row.get("activity_id"), row["sent_on"]) for row in waves(world, "same_day")}
    fired: Fired = {}
    for row in activities(world, "course"):
        who, key, ended = row["municipality"], row["activity_id"], row["ends_on"]
        told = has_delivered(world, "survey_waves", who, month_of(ended))
        if told and counts(world, who, ended) and (key, ended) not in sent:
            fired[who, key, ended] = None
    return fired


def course_without_half_year_wave(world: World) -> Fired:
    fired: Fired = {}
    for row in activities(world, "course"):
        who, key = row["municipality"], row["activity_id"]
        due = later(row["ends_on"], 6)
        by = due + 14 * DAY
        told = all(
            has_delivered(world, "survey_waves", who, month)
            for month in {month_of(due), month_of(by)}
        )
        sent = [
            wave["sent_on"]
            for wave in world.get("current_survey_waves", ())
            if wave["measurement"] == "half_year" and wave.get("activity_id") == key
        ]
        if told and counts(world, who, by):
            missed(fired, who, key, by, sent)
    return fired


def no_report(world: World) -> Fired:
    fired: Fired = {}
    held = [
        (row["municipality"], row["activity_id"], row["ends_on"], "activities", row)
        for row in activities(world, "dialogue_meeting", "peer_evaluation")
    ] + [
        (row["municipality"], row["wave_id"], row["sent_on"], "survey_waves", row)
        for row in waves(world, "other")
    ]
    for who, key, on, kind, row in held:
        by = on + 30 * DAY
        if has_delivered(world, kind, who, month_of(by)) and counts(world, who, by):
            missed(fired, who, key, by, [row.get("report_on")])
    return fired


def report_without_recommendation(world: World) -> Fired:
    kinds = {row["kind"] for row in world.get("current_activities", ())}
    reports = [(row["activity_id"], row) for row in activities(world, *kinds)]
    reports += [(row["wave_id"], row) for row in waves(world, "same_day", "half_year", "other")]
    return {
        (row["municipality"], key, row["report_on"]): None
        for key, row in reports
        if row.get("report_on") is not None
        and row.get("recommendations") == 0
        and counts(world, row["municipality"], row["report_on"])
    }


def recommendation_unanswered(world: World) -> Fired:
    fired: Fired = {}
    for row in world.get("current_feedback", ()):
        who, on = row["municipality"], row.get("recommendation_on")
        if on is None or is_of_fact(world, row):
            continue
        by = on + 30 * DAY
        if knows(world, "feedback", who, by) and counts(world, who, by):
            # After a year it is history.
            missed(
                fired, who, row["feedback_id"], by, [row.get("leader_answered_on"), later(on, 12)]
            )
    return fired


def not_told_back(world: World) -> Fired:
    fired: Fired = {}
    for row in world.get("current_actions", ()):
        who, done, again = row["municipality"], row.get("done_on"), row.get("reopened_on")
        if done is None:
            continue
        by = done + 30 * DAY
        if knows(world, "actions", who, by) and counts(world, who, by):
            reopened = again if again is not None and again > done else None
            missed(fired, who, row["action_id"], by, [row.get("told_back_on"), reopened])
    return fired


def action_without_users(world: World) -> Fired:
    fired: Fired = {}
    for row in world.get("current_actions", ()):
        done, again = row.get("done_on"), row.get("reopened_on")
        three = [row.get(name) for name in ("users_at_start", "users_midway", "users_at_end")]
        if done is None or three != [False] * 3 or not counts(world, row["municipality"], done):
            continue
        reopened = again if again is not None and again > done else None
        fired[row["municipality"], row["action_id"], done] = reopened
    return fired


# -- what lasts, day by day ------------------------------------------------------------------


def lasting(
    world: World, first: dt.date, holds: Callable[[dt.date], bool]
) -> Iterator[tuple[dt.date, dt.date | None]]:
    """When something began to hold after history, and when it stopped."""
    since: dt.date | None = None
    day, now = first, today(world)
    while day <= now:
        is_so = holds(day) and day >= live_from(world)
        if is_so and since is None and day < now:
            since = day
        elif not is_so and since is not None:
            yield since, day
            since = None
        day += DAY
    if since is not None:
        yield since, None


def is_held(row: Row, day: dt.date) -> bool:
    begun, left = row.get("filled_from"), row.get("filled_to") or NEVER
    return begun is not None and begun <= day <= left


def seat_vacant(world: World) -> Fired:
    seats: dict[tuple[str, str], list[Row]] = {}
    for row in world.get("current_seats", ()):
        seats.setdefault((row["municipality"], row["seat_id"]), []).append(row)
    fired: Fired = {}
    for (who, key), rows in seats.items():
        start = max(rows[0]["seat_from"], rows[0].get("body_from") or dt.date.min)
        stop = min(rows[0].get("seat_to") or NEVER, rows[0].get("body_to") or NEVER)
        days_vacant = 0

        def holds(day: dt.date, rows: list[Row] = rows, stop: dt.date = stop) -> bool:
            nonlocal days_vacant
            is_vacant = day <= stop and not any(is_held(row, day) for row in rows)
            days_vacant = days_vacant + 1 if is_vacant else 0
            # The day it became vacant is no day that it has been vacant.
            return days_vacant - 1 > 60

        for since, until in lasting(world, start, holds):
            if knows(world, "seats", who, since) and counts(world, who, since):
                fired[who, key, since] = until
    return fired


def team_without_user(world: World) -> Fired:
    teams: dict[tuple[str, str], list[Row]] = {}
    for row in world.get("current_seats", ()):
        if row.get("body_kind") == "improvement_team":
            teams.setdefault((row["municipality"], row["body_id"]), []).append(row)
    fired: Fired = {}
    for (who, key), rows in teams.items():
        start = rows[0].get("body_from") or min(row["seat_from"] for row in rows)
        stop = rows[0].get("body_to") or NEVER

        def holds(day: dt.date, rows: list[Row] = rows, stop: dt.date = stop) -> bool:
            there = [
                row for row in rows if row["seat_from"] <= day <= (row.get("seat_to") or NEVER)
            ]
            return day <= stop and not any(is_held(row, day) for row in there)

        for since, until in lasting(world, start, holds):
            if knows(world, "seats", who, since) and counts(world, who, since):
                fired[who, key, since] = until
    return fired


def leader_absent_twice(world: World) -> Fired:
    rows = activities(world, "leader_team")
    meetings = sorted({(row["ends_on"], row["activity_id"]) for row in rows})
    fired: Fired = {}
    for municipality in world["current_municipalities"]:
        who, absent = municipality["municipality_id"], 0
        still: list[tuple[str, str, dt.date]] = []
        for on, meeting in meetings:
            if not is_member(municipality, month_of(on)):
                continue
            leaders = [
                row.get("leaders") or 0
                for row in rows
                if (row["activity_id"], row["municipality"]) == (meeting, who)
            ]
            if not has_delivered(world, "activities", who, month_of(on)):
                absent = 0
            elif sum(leaders) > 0:
                absent = 0
                for key in still:
                    fired[key] = on
                still = []
            else:
                absent += 1
                if absent == 2 and counts(world, who, on):
                    still.append((who, meeting, on))
                    fired[who, meeting, on] = None
    return {key: until for key, until in fired.items() if until is None or until > key[2]}


def service_without_fresh_feedback(world: World) -> Fired:
    answered = {
        row["wave_id"]
        for row in world.get("current_survey_answers", ())
        if row.get("value") is not None
    }
    heard: dict[str | None, set[dt.date]] = {}
    for wave in waves(world, "same_day", "half_year", "other"):
        has_answers = wave["wave_id"] in answered or (wave.get("answered") or 0) > 0
        if has_answers and wave.get("respondent") != "staff":
            heard.setdefault(wave.get("service"), set()).add(wave["sent_on"])
    for row in activities(world, "dialogue_meeting", "dialogue_cafe", "dialogue_conference"):
        heard.setdefault(row.get("service"), set()).add(row["ends_on"])
    told: dict[tuple[str, dt.date], bool] = {}

    def is_told(who: str, month: dt.date) -> bool:
        if (who, month) not in told:
            told[who, month] = _is_told(world, who, month)
        return told[who, month]

    fired: Fired = {}
    for service in world.get("current_services", ()):
        who, key, start = service["municipality"], service["service_id"], service["active_from"]
        stop = service.get("active_to") or NEVER
        last, is_silent = start, False

        def holds(day: dt.date, who: str = who, key: str = key, stop: dt.date = stop) -> bool:
            nonlocal last, is_silent
            if day > stop:
                return False
            if day in heard.get(key, ()):
                last, is_silent = day, False
            elif (day - last).days > 90:
                of = months(month_of(day - 90 * DAY), month_of(day))
                is_silent = is_silent or all(is_told(who, month) for month in of)
            return is_silent

        for since, until in lasting(world, start, holds):
            if counts(world, who, since):
                fired[who, key, since] = until
    return fired


def _is_told(world: World, who: str, month: dt.date) -> bool:
    """Whether it is known what feedback came in a month."""
    if not has_delivered(world, "survey_waves", who, month):
        return False
    begun = [
        row["month"]
        for row in world["coverage"]
        if (row["kind"], row["municipality"]) == ("activities", who)
    ]
    if begun and min(begun) <= month and not has_delivered(world, "activities", who, month):
        return False
    without_total = [
        wave
        for wave in world.get("current_survey_waves", ())
        if wave["municipality"] == who
        and month_of(wave["sent_on"]) == month
        and wave.get("answered") is None
    ]
    return not without_total or has_delivered(world, "survey_answers", who, month)


def month_not_delivered(world: World) -> Fired:
    fired: Fired = {}
    ever = {row["kind"] for row in world["coverage"]}
    for lock in world.get("acts_locks", ()):
        month, locked = lock["month"], norwegian_day(lock["at"])
        if lock["is_history"] or month < live_from(world) or locked >= today(world):
            continue
        for municipality in world["current_municipalities"]:
            who = municipality["municipality_id"]
            if not is_member(municipality, month):
                continue
            late: list[dt.date | None] = []
            for kind in {row["kind"] for row in world["monthly_kinds"]} & ever:
                is_asked = kind != "survey_answers" or any(
                    wave["municipality"] == who
                    and month_of(wave["sent_on"]) == month
                    and wave.get("answered") is None
                    for wave in world.get("current_survey_waves", ())
                )
                came = [
                    norwegian_day(row["delivered_at"])
                    for row in world["coverage"]
                    if (row["kind"], row["municipality"], row["month"]) == (kind, who, month)
                ]
                if is_asked and not any(day <= locked for day in came):
                    late.append(min(came, default=None))
            if late:
                until = None if None in late else max(day for day in late if day)
                fired[who, f"{month:%Y-%m}", locked] = until
    return fired


OPINIONS: dict[str, Callable[[World], Fired]] = {
    opinion.__name__: opinion
    for opinion in (
        course_without_same_day_wave,
        course_without_half_year_wave,
        no_report,
        report_without_recommendation,
        recommendation_unanswered,
        not_told_back,
        action_without_users,
        team_without_user,
        seat_vacant,
        leader_absent_twice,
        service_without_fresh_feedback,
        month_not_delivered,
    )
}
