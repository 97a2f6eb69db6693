"""What the coordinators made of the deviations that rules suggested, and what people reported.

They go through them when a month is locked and all its files are there. Most answer all of them;
two do not come so far, so suggestions wait there. What a rule suggests is found here by plain
reading of the rows, and a test holds it against the rules themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from data.demo import story
from data.demo.places import GAUSDAL, LILLEHAMMER, NORD_FRON, OYER, RINGEBU, SOR_FRON
from data.demo.world import world

Review = tuple[dt.datetime, dict[str, Any]]
"""When, and the arguments of acts.review."""

ANSWERED = {
    LILLEHAMMER: 0.9,
    OYER: 1.0,
    RINGEBU: 1.0,
    SOR_FRON: 0.9,
    NORD_FRON: 0.4,
    GAUSDAL: 0.5,
}
"""By municipality, how much of what is suggested its coordinator answers."""

REJECTED = {
    "not_told_back": (
        "Brukerne fikk vite det i husmøtet, det var ikke ført i lista",
        "Tiltaket gjaldt rutiner for ansatte, brukerne merker det ikke",
    ),
    "course_without_same_day_wave": ("Deltakerne svarte på papir samme dag, det var ikke ført",),
    "course_without_half_year_wave": ("Kurset var for ansatte, ikke for brukere",),
}
CLOSED = {
    "not_told_back": "Det er for sent å melde tilbake nå. Rutinen er endret.",
    "course_without_same_day_wave": "SMS settes nå opp når kurset starter",
    "course_without_half_year_wave": "Deltakerne er ringt i stedet",
}

FORGOTTEN = "T-OYE-25-010"
"""Confirmed, and users have been told since: nobody has closed it yet."""


def reviews() -> list[Review]:
    """Every answer to a suggestion, and every closing."""
    found: list[Review] = []
    for rule, municipality, key, by, done in _suggested():
        found += _handled(rule, municipality, key, by, done)
    found += _told_one_by_one()
    return found


def reports() -> list[tuple[dt.datetime, str, dict[str, Any]]]:
    """When, by which role, and the arguments of acts.report."""
    return [
        (
            _at(dt.date(2026, 5, 19)),
            "coordinator",
            {
                "municipality": RINGEBU,
                "text": "Pårørende ble ikke invitert til dialogmøtet om avlastning",
                "happened_on": dt.date(2026, 5, 6),
            },
        ),
        (
            _at(dt.date(2026, 9, 22)),
            "leader",
            {
                "municipality": LILLEHAMMER,
                "text": "Brukerpanelet ble ikke spurt før åpningstidene på Aktivitetshuset ble"
                " endret",
                "happened_on": dt.date(2026, 9, 14),
            },
        ),
    ]


Suggested = tuple[str, str, str, dt.date, dt.date | None]
"""Rule, municipality, row, the last day it could have been done, and when it was done after all."""


def _suggested() -> Iterator[Suggested]:
    rows = world().rows
    for row in rows["actions"]:
        if row.get("done_on") and not row.get("reopened_on"):
            by = row["done_on"] + dt.timedelta(days=30)
            yield (
                "not_told_back",
                row["municipality"],
                row["action_id"],
                by,
                row.get("told_back_on"),
            )
    sent: dict[tuple[str | None, str], list[dt.date]] = {}
    for wave in rows["survey_waves"]:
        sent.setdefault((wave.get("activity_id"), wave["measurement"]), []).append(wave["sent_on"])
    for row in rows["activities"]:
        if row["kind"] != "course" or row.get("initiative") == "FACT":
            continue
        key, ended = row["activity_id"], row["ends_on"]
        if _is_silent(row["municipality"], story.after_months(ended, 6)):
            # Of months whose files never came no rule knows.
            continue
        by = story.after_months(ended, 6) + dt.timedelta(days=14)
        halves = min(sent.get((key, "half_year"), []), default=None)
        yield "course_without_half_year_wave", row["municipality"], key, by, halves
        if ended not in sent.get((key, "same_day"), []):
            yield "course_without_same_day_wave", row["municipality"], key, ended, None


def _handled(
    rule: str, municipality: str, key: str, by: dt.date, done: dt.date | None
) -> Iterator[Review]:
    """The answer, and the closing where there is one."""
    chance = story.dice("deviation", rule, key)
    on = _after_lock(municipality, by, chance.randint(1, 6))
    if by < dt.date(2026, 1, 1) or on is None or (done is not None and done <= on):
        return
    if chance.random() > ANSWERED[municipality] and key != FORGOTTEN:
        return
    facts = {"rule": rule, "row_key": key, "municipality": municipality}
    if chance.random() < 0.2 and key != FORGOTTEN:
        reason = chance.choice(REJECTED[rule])
        yield _at(on), facts | {"verdict": "rejected", "reason": reason}
        return
    yield _at(on), facts | {"verdict": "confirmed"}
    if key == FORGOTTEN:
        return
    if done is not None:
        closed = _after_lock(municipality, done, chance.randint(1, 6))
        if closed is not None and closed > on:
            yield _at(closed), facts | {"verdict": "closed", "reason": "Rettet opp"}
    elif chance.random() < 0.7:
        closed = _weekday(on + dt.timedelta(days=chance.randint(14, 60)))
        if closed < story.TODAY:
            yield _at(closed), facts | {"verdict": "closed", "reason": CLOSED[rule]}


def _told_one_by_one() -> Iterator[Review]:
    """What is no matter of routine."""
    yield _review("2026-06-17", "seat_vacant", "V-OYE-02", OYER, "confirmed")
    for month in ("2026-05", "2026-06"):
        yield _review("2026-08-14", "month_not_delivered", month, GAUSDAL, "confirmed")
    yield _review(
        "2026-09-16", "month_not_delivered", "2026-05", GAUSDAL, "closed",
        "Tallene for mai finnes ikke. Vikaren kan nå levere.",
    )  # fmt: skip
    yield _review(
        "2026-09-14", "service_without_fresh_feedback", "LIL-RUS", LILLEHAMMER, "confirmed"
    )
    yield _review("2026-08-12", "no_report", "A-LIL-26-026", LILLEHAMMER, "confirmed")
    yield _review(
        "2026-03-13", "no_report", "A-GAU-26-001", GAUSDAL, "rejected",
        "Møtet ble avlyst, og det var ikke rettet i fila",
    )  # fmt: skip
    yield _review(
        "2026-06-12", "recommendation_unanswered", "I-LIL-26-011", LILLEHAMMER, "confirmed"
    )
    yield _review(
        "2026-10-20", "report_without_recommendation", "A-RIN-26-901", RINGEBU, "rejected",
        "Kaféen ga bare ros, og den er meldt videre til huset",
    )  # fmt: skip


def _review(
    day: str, rule: str, key: str, municipality: str, verdict: str, reason: str | None = None
) -> Review:
    facts = {"rule": rule, "row_key": key, "municipality": municipality, "verdict": verdict}
    return _at(dt.date.fromisoformat(day)), facts | ({"reason": reason} if reason else {})


def _after_lock(municipality: str, day: dt.date, days: int) -> dt.date | None:
    """Some days after the lock of the first month from this day's that was delivered."""
    month = day.replace(day=1)
    first, last = story.SILENT.get(municipality, (story.TODAY, story.TODAY))
    while first <= month <= last:
        month = story.after_months(month, 1)
    locked = story.LOCK_DAYS.get(month)
    on = None if locked is None else _weekday(locked + dt.timedelta(days=days))
    return on if on is not None and on < story.TODAY else None


def _is_silent(municipality: str, day: dt.date) -> bool:
    first, last = story.SILENT.get(municipality, (story.TODAY, story.TODAY))
    fortnight = day + dt.timedelta(days=14)
    return any(first <= one.replace(day=1) <= last for one in (day, fortnight))


def _weekday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(15, 45))
