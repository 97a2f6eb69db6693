"""The invented activities: meetings with users, courses, teams and the meetings of the leaders."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from random import Random

from data.demo import story
from data.demo.meetings import meetings
from data.demo.places import (
    GAUSDAL,
    LILLEHAMMER,
    NORD_FRON,
    OYER,
    PLACES,
    RINGEBU,
    SERVICES_OF,
    Place,
    Row,
)
from data.demo.titles import TITLES

THEMES = tuple(dict.fromkeys(title.theme for title in TITLES))

# How much of an ordinary month's activity there is: July is holiday, December is short.
_SEASON = {1: 1.0, 2: 1.05, 6: 0.9, 7: 0.35, 8: 0.85, 12: 0.7}
_ORDINARY = 1.1

# Kind: how often of twenty, users and relatives in the largest municipality, tool.
_MEETINGS = {
    "dialogue_meeting": (10, (5, 9), (1, 3), "dialogmøte"),
    "dialogue_cafe": (4, (9, 17), (2, 6), "dialogkafé"),
    "user_panel": (4, (4, 6), (0, 1), "brukerpanel"),
    "workshop": (2, (5, 10), (0, 2), "hva er viktig for deg"),
}

_HEARD_IN = ("dialogue_meeting", "dialogue_cafe", "dialogue_conference")
"""Where a service hears from its users, so that its feedback is fresh again."""

_NEEDS_REPORT = ("dialogue_meeting", "dialogue_cafe", "dialogue_conference", "peer_evaluation")

# Peer evaluations take a spring or an autumn: interviews, then a conference, then the report.
_PEER_EVALUATIONS = (
    (LILLEHAMMER, "LIL-BO", dt.date(2023, 10, 1)),
    (RINGEBU, "RIN-PSYK", dt.date(2024, 4, 1)),
    (LILLEHAMMER, "LIL-OPPF", dt.date(2025, 3, 1)),
    (OYER, "OYE-PSYK", dt.date(2025, 10, 1)),
    (RINGEBU, "RIN-HUS", dt.date(2026, 4, 1)),
)


def activities() -> list[Row]:
    """Every activity from the first month through the meeting of the last day, oldest first."""
    rows: list[Row] = []
    last_heard: dict[str, dt.date] = {}
    for month in story.months():
        for place in PLACES:
            rows += _with_users(place, month, last_heard)
            rows += _courses(place, month)
            rows += _inside(place, month)
    rows += _peer_evaluations()
    rows += _planted()
    rows += _fact()
    rows = [row for row in rows if not _is_silent(row)]
    _number(rows)
    rows += meetings()
    rows = [row for row in rows if not _is_silent(row)]
    return sorted(rows, key=lambda row: (row["ends_on"], row["activity_id"], row["municipality"]))


def _is_silent(row: Row) -> bool:
    return row["ends_on"].replace(day=1) in story.SILENT.get(row["municipality"], ())


def _number(rows: list[Row]) -> None:
    """Give numbers within municipality and year in the order of dates, where none is set."""
    counts: dict[str, int] = defaultdict(int)
    codes = {place.number: place.code for place in PLACES}
    for row in sorted(rows, key=lambda row: (row["ends_on"], row["municipality"], row["kind"])):
        if "activity_id" not in row:
            prefix = f"A-{codes[row['municipality']]}-{row['ends_on']:%y}"
            counts[prefix] += 1
            row["activity_id"] = f"{prefix}-{counts[prefix]:03d}"


def _season(month: dt.date) -> float:
    return _SEASON.get(month.month, _ORDINARY)


def _with_users(place: Place, month: dt.date, last_heard: dict[str, dt.date]) -> list[Row]:
    chance = story.dice("with users", place.number, month)
    count = int(place.rate * _season(month) + chance.random())
    if place.number == RINGEBU:
        # The planted café of September and the peer evaluation of April count too.
        count = story.NOISE.get(month, count) - (month == dt.date(2026, 9, 1))
    rows = []
    for day in sorted(story.working_day(month, chance, high=28) for _ in range(count)):
        kind = _kind(place, chance)
        service = _least_heard(place, day, last_heard)
        if kind in _HEARD_IN:
            last_heard[service] = day
        rows.append(_meeting(place, kind, service, day, chance))
    return rows


def _kind(place: Place, chance: Random) -> str:
    possible = {kind: facts for kind, facts in _MEETINGS.items() if facts[3] in place.tools}
    weights = [facts[0] for facts in possible.values()]
    return chance.choices(list(possible), weights)[0]


def _least_heard(place: Place, day: dt.date, last_heard: dict[str, dt.date]) -> str:
    services = [
        service.service_id
        for service in SERVICES_OF[place.number]
        if day < story.RESTING_SERVICES.get(service.service_id, dt.date.max)
    ]
    return min(services, key=lambda service: (last_heard.get(service, dt.date.min), service))


def _meeting(place: Place, kind: str, service: str, day: dt.date, chance: Random) -> Row:
    _, users, relatives, tool = _MEETINGS[kind]
    came = max(2, round(chance.randint(*users) * place.size))
    with_them = round(chance.randint(*relatives) * place.size)
    is_digital = chance.random() < 0.12
    row: Row = {
        "municipality": place.number,
        "service": service,
        "kind": kind,
        "theme": chance.choice(THEMES),
        "form": "digital" if is_digital else "physical",
        "level": "system" if kind == "user_panel" else "service",
        "initiative": "KB",
        "starts_on": day,
        "ends_on": day,
        "tool": tool,
        "invited": came + with_them + chance.randint(3, 12),
        "users": came,
        "relatives": with_them,
        "user_representatives": chance.choice((0, 1, 1, 2)),
        "staff": chance.randint(1, 4),
        "leaders": int(chance.random() < 0.6),
        "deputies": 0,
        "partners": chance.choice(([], [], ["NAV"], ["DPS"], ["NAV", "DPS"])),
    }
    if chance.random() < 0.15:
        row["facilitator"] = "KBT Midt-Norge"
    if kind in _NEEDS_REPORT:
        _report(row, chance)
    return row


def _report(row: Row, chance: Random) -> None:
    """Most reports come within 30 days, some later, some never."""
    fate = chance.random()
    if fate < 0.94:
        days = chance.randint(8, 27) if fate < 0.82 else chance.randint(32, 55)
        row["report_on"] = row["ends_on"] + dt.timedelta(days=days)
        row["recommendations"] = chance.choice((1, 2, 2, 3, 3, 4))


def _courses(place: Place, month: dt.date) -> list[Row]:
    if month.month == 7:
        return []
    chance = story.dice("courses", place.number, month)
    count = int(place.courses * _season(month) + chance.random())
    return [_course(place, story.working_day(month, chance, low=5), chance) for _ in range(count)]


def _course(place: Place, ends_on: dt.date, chance: Random) -> Row:
    users = max(6, min(13, round(chance.randint(7, 14) * (0.55 + 0.45 * place.size))))
    relatives = chance.randint(0, 14 - users) if chance.random() < 0.3 else 0
    services = [
        service.service_id
        for service in SERVICES_OF[place.number][:2]
        if service.service_id not in story.RESTING_SERVICES
    ]
    return {
        "municipality": place.number,
        "service": chance.choice(services),
        "kind": "course",
        "theme": chance.choice(THEMES),
        "form": "digital" if chance.random() < 0.1 else "physical",
        "level": "individual",
        "initiative": "course",
        "starts_on": ends_on - dt.timedelta(weeks=chance.randint(4, 8)),
        "ends_on": ends_on,
        "tool": "SMS-evaluering",
        "invited": users + relatives + chance.randint(0, 4),
        "users": users,
        "relatives": relatives,
        "user_representatives": chance.choice((0, 1)),
        "staff": 2,
        "leaders": 0,
        "deputies": 0,
        "partners": ["Pasient- og brukerombudet i Innlandet"] if chance.random() < 0.15 else [],
    }


def _inside(place: Place, month: dt.date) -> list[Row]:
    """Guidance of staff, and the meetings of improvement teams."""
    chance = story.dice("inside", place.number, month)
    if month.month == 7:
        return []
    rows = []
    for kind, often in (("guidance", 0.35), ("improvement_team", 0.6)):
        if kind == "improvement_team" and "forbedringsteam" not in place.tools:
            continue
        if chance.random() < often:
            day = story.working_day(month, chance)
            is_team = kind == "improvement_team"
            fit = not is_team and chance.random() < 0.3
            row: Row = {
                "municipality": place.number,
                "kind": kind,
                "theme": chance.choice(THEMES),
                "form": chance.choice(("physical", "digital")),
                "level": "service",
                "initiative": "FIT" if fit else "KB",
                "starts_on": day,
                "ends_on": day,
                "invited": chance.randint(5, 9),
                "users": 0,
                "relatives": 0,
                "user_representatives": chance.choice((1, 1, 2)) if is_team else 0,
                "staff": chance.randint(2, 5),
                "leaders": int(chance.random() < 0.4),
                "deputies": 0,
            }
            if is_team:
                row["tool"] = "forbedringsteam"
            elif "klarspråksjekk" in place.tools and chance.random() < 0.3:
                row["tool"] = "klarspråksjekk"
            rows.append(row)
    return rows


def _peer_evaluations() -> list[Row]:
    rows = []
    for municipality, service, month in _PEER_EVALUATIONS:
        chance = story.dice("peer evaluation", service, month)
        interviews = story.working_day(month, chance, high=12)
        meeting = story.working_day(month, chance, low=18, high=26)
        for kind, day, count in (
            ("peer_evaluation", interviews, chance.randint(9, 13)),
            ("dialogue_conference", meeting, chance.randint(14, 20)),
        ):
            rows.append(
                {
                    "municipality": municipality,
                    "service": service,
                    "kind": kind,
                    "theme": "trust",
                    "form": "physical",
                    "level": "service",
                    "initiative": "KB",
                    "starts_on": day,
                    "ends_on": day,
                    "tool": "Bruker Spør Bruker",
                    "invited": count + 6,
                    "users": count,
                    "relatives": 2,
                    "user_representatives": 2,
                    "staff": 3,
                    "leaders": 1,
                    "deputies": 0,
                    "facilitator": "KBT Midt-Norge",
                    "report_on": meeting + dt.timedelta(days=21),
                    "recommendations": 4,
                }
            )
    return rows


def _planted() -> list[Row]:
    """The activities that make rules fire or stand at a limit, each with its own number."""
    place = {one.number: one for one in PLACES}
    chance = story.dice("planted activities")

    def course(number: str, key: str, ends_on: dt.date) -> Row:
        return _course(place[number], ends_on, chance) | {"activity_id": key}

    def meeting(number: str, key: str, kind: str, service: str, day: dt.date) -> Row:
        row = _meeting(place[number], kind, service, day, chance) | {"activity_id": key}
        return {name: row[name] for name in row if name not in ("report_on", "recommendations")}

    return [
        course(NORD_FRON, "A-NFR-26-901", dt.date(2026, 10, 14)),
        course(LILLEHAMMER, "A-LIL-26-901", dt.date(2026, 4, 10)),
        course(GAUSDAL, "A-GAU-26-901", dt.date(2026, 4, 16)),
        course(LILLEHAMMER, "A-LIL-23-901", dt.date(2023, 8, 31)),
        course(LILLEHAMMER, "A-LIL-26-902", dt.date(2026, 1, 22)),
        course(RINGEBU, "A-RIN-26-902", dt.date(2026, 8, 31)),
        course(RINGEBU, "A-RIN-25-902", dt.date(2025, 9, 25)),
        course(RINGEBU, "A-RIN-26-903", dt.date(2026, 4, 24)),
        meeting(OYER, "A-OYE-26-901", "dialogue_meeting", "OYE-PSYK", dt.date(2026, 9, 17)),
        meeting(RINGEBU, "A-RIN-26-901", "dialogue_cafe", "RIN-HUS", dt.date(2026, 9, 8))
        | {"report_on": dt.date(2026, 10, 2), "recommendations": 0},
        meeting(GAUSDAL, "A-GAU-26-902", "dialogue_meeting", "GAU-HUS", dt.date(2026, 8, 20))
        | {"report_on": dt.date(2026, 9, 10), "recommendations": 2},
    ]


def _fact() -> list[Row]:
    """The FACT team's own meetings: delivered by the host, counted in no municipality."""
    rows = []
    for month in story.months():
        if month.month in (2, 4, 6, 9, 11):
            chance = story.dice("fact", month)
            day = story.working_day(month, chance)
            rows.append(
                {
                    "municipality": LILLEHAMMER,
                    "kind": "dialogue_meeting",
                    "theme": "continuity",
                    "form": "physical",
                    "level": "system",
                    "initiative": "FACT",
                    "starts_on": day,
                    "ends_on": day,
                    "tool": "dialogmøte",
                    "invited": 14,
                    "users": chance.randint(5, 9),
                    "relatives": chance.randint(1, 4),
                    "user_representatives": 1,
                    "staff": 4,
                    "leaders": 1,
                    "deputies": 0,
                    "partners": ["DPS", "NAV"],
                    "report_on": day + dt.timedelta(days=chance.randint(10, 28)),
                    "recommendations": 2,
                }
            )
    return rows
