"""The invented survey waves and their answers: after courses, and about services."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from random import Random

from data.demo import story
from data.demo.places import (
    BY_NUMBER,
    EVALUATION,
    GAUSDAL,
    LILLEHAMMER,
    OYER,
    PLACES,
    SERVICES_OF,
    STAFF,
    Place,
    Row,
    Service,
)

WRITES_SURVEYXACT = (LILLEHAMMER, OYER, GAUSDAL)
"""Who sends its questionnaires with a tool that exports wide files of codes; the rest use Forms."""

# Of those who should have been asked: how many answer, from and to.
_RATES = {"same_day": (0.38, 0.62), "half_year": (0.25, 0.4), "other": (0.32, 0.5)}

# How often somebody answers 1, 2, 3, 4 and 5.
_LIKELY = {
    "informasjon": (5, 12, 23, 38, 22),
    "respekt": (2, 6, 14, 36, 42),
    "paavirke": (7, 15, 26, 34, 18),
    "nytte": (3, 8, 20, 42, 27),
    "hort": (5, 13, 25, 38, 19),
}
_BENEFIT_LATER = (6, 14, 26, 36, 18)

_REPRESENTATIVES_IN = (4, 8, 12)
"""The months at whose end user representatives are asked: the last of each tertial."""

_EVALUATED = {"A-LIL-23-901": 0, "A-LIL-26-902": 1, "A-RIN-25-902": 2, "A-RIN-26-903": 2}
"""Courses that are surely evaluated after half a year: so many days after it was due."""

_FORGOTTEN = ("A-LIL-26-901", "A-GAU-26-901")
"""Courses that are surely not."""

_LAST_MINUTE = {
    "A-RIN-25-902": dt.date(2026, 3, 31),
    "A-RIN-26-903": dt.date(2026, 10, 31),
}
"""Courses one of whose half-year answers comes in the last minute of a month."""


def waves(activities: Iterable[Row]) -> list[Row]:
    """Every wave, oldest first, with the activity it belongs to."""
    rows: list[Row] = []
    for course in activities:
        if course["kind"] == "course":
            rows += _after_course(course)
    for place in PLACES:
        for service in SERVICES_OF[place.number]:
            rows += _of_service(place, service)
        rows += _of_representatives(place) + _of_staff(place)
    rows = [
        row
        for row in rows
        if row["sent_on"] < story.after_months(story.LAST_MONTH, 1)
        and row["sent_on"] >= story.FIRST_MONTH
        and row["sent_on"].replace(day=1) not in story.SILENT.get(row["municipality"], ())
    ]
    rows.sort(key=lambda row: (row["sent_on"], row["municipality"], row["measurement"]))
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        prefix = f"U-{BY_NUMBER[row['municipality']].code}-{row['sent_on']:%y}"
        counts[prefix] += 1
        row["wave_id"] = f"{prefix}-{counts[prefix]:03d}"
    return rows


def _wave(municipality: str, measurement: str, sent_on: dt.date, asked: int, chance: Random) -> Row:
    return {
        "municipality": municipality,
        "survey": EVALUATION,
        "measurement": measurement,
        "respondent": "user",
        "sent_on": sent_on,
        "channel": "sms" if measurement != "other" else chance.choice(("email", "sms", "paper")),
        "asked": asked,
        "delivered": asked - (chance.random() < 0.3),
    }


def _after_course(course: Row) -> list[Row]:
    """The evaluation on the last day, sometimes late or forgotten, and that after half a year."""
    key, municipality, ended = course["activity_id"], course["municipality"], course["ends_on"]
    chance = story.dice("waves", key)
    asked = course["users"] + course["relatives"]
    own: Row = {"service": course["service"], "activity_id": key}
    rows = []
    fate = 0.0 if key in _EVALUATED else chance.random()
    if key not in story.RULES["course_without_same_day_wave"].rows and fate < 0.95:
        day = ended if fate < 0.88 else ended + dt.timedelta(days=chance.randint(1, 3))
        rows.append(_wave(municipality, "same_day", day, asked, chance) | own)
    wait = chance.randint(16, 30) if chance.random() < 0.1 else chance.randint(0, 12)
    wait = _EVALUATED.get(key, wait)
    remembers = chance.random() < BY_NUMBER[municipality].half_year and key not in _FORGOTTEN
    if remembers or key in _EVALUATED:
        day = story.after_months(ended, 6) + dt.timedelta(days=wait)
        rows.append(_wave(municipality, "half_year", day, asked, chance) | own)
    return rows


def _of_service(place: Place, service: Service) -> list[Row]:
    """A survey of the service's users every five to seven months, of relatives in between."""
    chance = story.dice("service survey", service.service_id)
    rows = []
    month = story.after_months(story.FIRST_MONTH, chance.randint(0, 4))
    number = 0
    while month <= story.LAST_MONTH:
        if month.month == 7:
            month = story.after_months(month, 1)
        day = story.working_day(month, chance, low=3, high=22)
        if day < story.RESTING_SERVICES.get(service.service_id, dt.date.max):
            asked = chance.randint(*service.asked)
            row = _wave(place.number, "other", day, asked, chance)
            row["service"] = service.service_id
            if number % 3 == 2:
                row["respondent"] = "relative"
                row["asked"] = max(4, asked // 2)
                row["delivered"] = row["asked"]
            fate = chance.random()
            if fate < 0.93:
                days = chance.randint(12, 29) if fate < 0.8 else chance.randint(33, 60)
                row["report_on"] = day + dt.timedelta(days=days)
                row["recommendations"] = chance.choice((1, 2, 3, 3, 4))
            rows.append(row)
            number += 1
        month = story.after_months(month, chance.randint(5, 7))
    return rows


def _of_representatives(place: Place) -> list[Row]:
    rows = []
    for month in story.months():
        if month.month in _REPRESENTATIVES_IN:
            chance = story.dice("representatives", place.number, month)
            day = story.working_day(month, chance, low=20, high=26)
            asked = max(2, round(7 * place.size))
            row = _wave(place.number, "other", day, asked, chance)
            row |= {"channel": "email", "delivered": asked, "recommendations": 1}
            row["report_on"] = day + dt.timedelta(days=chance.randint(10, 25))
            rows.append(row)
    return rows


def _of_staff(place: Place) -> list[Row]:
    """Once a year, totals only: their tool gives no file of answers."""
    rows = []
    for year in range(2023, 2027):
        chance = story.dice("staff", place.number, year)
        day = story.working_day(dt.date(year, 2, 1), chance)
        asked = sum(service.employees for service in SERVICES_OF[place.number])
        row = _wave(place.number, "other", day, asked, chance)
        row |= {
            "survey": STAFF,
            "respondent": "staff",
            "channel": "email",
            "delivered": asked,
            "answered": round(asked * chance.uniform(0.5, 0.6)),
            "report_on": day + dt.timedelta(days=25),
            "recommendations": 2,
        }
        rows.append(row)
    return rows


def answers(sent: Iterable[Row]) -> list[Row]:
    """One row per filled-in questionnaire: its wave, when it came, and the value per question.

    These are the rows of the survey tools' wide files, not of the contract: `answer` is the
    tool's own number, `at` a moment, and each question a column of its own.
    """
    rows: list[Row] = []
    for wave in sent:
        if wave["survey"] == EVALUATION:
            rows += _of_wave(wave)
    rows.sort(key=lambda row: (row["at"], row["wave_id"], row["nytte"] or 0))
    for tool in ("surveyxact", "forms"):
        for number, row in enumerate((row for row in rows if row["tool"] == tool), 1):
            row["answer"] = number + (20_000 if tool == "surveyxact" else 0)
    return rows


def _of_wave(wave: Row) -> list[Row]:
    chance = story.dice("returned", wave["municipality"], wave["sent_on"], wave["wave_id"])
    of_representatives = "service" not in wave
    rate = chance.uniform(*_RATES[wave["measurement"]])
    if of_representatives:
        rate = chance.uniform(0.6, 0.9)
    count = min(int(wave["asked"] * rate + chance.random()), wave["delivered"])
    rows = []
    for number in range(count):
        at = _answered_at(wave["sent_on"], wave["measurement"], chance)
        if number == 0 and wave["measurement"] == "half_year":
            last_day = _LAST_MINUTE.get(wave.get("activity_id", ""))
            at = dt.datetime.combine(last_day, dt.time(23, 59)) if last_day else at
        row: Row = {
            "wave_id": wave["wave_id"],
            "municipality": wave["municipality"],
            "tool": "surveyxact" if wave["municipality"] in WRITES_SURVEYXACT else "forms",
            "at": at,
        }
        for question, weights in _LIKELY.items():
            if question == "nytte" and wave["measurement"] == "half_year":
                weights = _BENEFIT_LATER
            row[question] = chance.choices((1, 2, 3, 4, 5), weights)[0]
        row["viktig"] = chance.choices((1, 2, 3), (18, 30, 52))[0]
        if not of_representatives:
            row["hort"] = None
        if chance.random() < 0.06:
            # Somebody who gave up after the first page: fewer than half of the core questions.
            row |= {"respekt": None, "paavirke": None, "nytte": None, "viktig": None}
        elif chance.random() < 0.05:
            row["nytte"] = None
        rows.append(row)
    return rows


def _answered_at(sent_on: dt.date, measurement: str, chance: Random) -> dt.datetime:
    """Half answer on the day, the rest within a week or two, never after the last day told."""
    days = 0 if chance.random() < 0.5 else chance.randint(1, 4 if measurement == "same_day" else 12)
    at = dt.datetime.combine(sent_on, dt.time(chance.randint(9, 21), chance.randint(0, 59)))
    return at + dt.timedelta(days=days)
