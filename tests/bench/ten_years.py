"""A store of six municipalities with ten years behind them and 300,000 answers, the same each time.

The rows enter by the store's own door, already checked, in one upload for each kind and year.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from data import acts, contract, store, uploads
from data.demo.places import NUMBERS, PLACES, SERVICES, Place
from data.people import LOCAL
from data.uploads import Upload

SEED = 20281130

FIRST, LAST = dt.date(2018, 12, 1), dt.date(2028, 11, 1)
"""The ten years that are history when the store is made."""

NEXT = dt.date(2028, 12, 1)
"""One more month: the last of its tertial, so that all of the tertial is audited with it."""

TODAY = dt.date(2029, 1, 12)

QUESTIONS = {
    "nytte": "benefit",
    "lyttet_til": "listened_to",
    "viktig": "what_matters",
    "samlet": "core",
    "fornoyd": "core",
    "trygg": "core",
    "informasjon": "core",
    "tid": "other",
    "respekt": "other",
    "rad": "other",
}
"""Ten for each form, and about 30,000 forms: 300,000 answers."""

MEETINGS = ("dialogue_meeting", "dialogue_cafe", "user_panel", "workshop", "peer_evaluation")

THEMES = ("information", "one_door", "low_threshold", "continuity", "trust", "availability")

ASKED_OF_TEN = 9
"""In how many of ten months a service asks its users."""

_TYPES: dict[str, Any] = {
    "text": pl.String,
    "code": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "moment": pl.Datetime("us"),
    "boolean": pl.Boolean,
    "list": pl.List(pl.String),
}

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def make(folder: Path) -> None:
    """The store of ten years, its history locked; no release is made of it yet."""
    store.create(folder, demo_today=TODAY)
    luck = random.Random(SEED)
    lists = _lists(luck)
    with store.opened(folder) as opened:
        for kind in ("municipalities", "services", "questions"):
            _put(opened, kind, lists[kind], [FIRST], TODAY)
        months = _months(FIRST, LAST)
        for year in sorted({month.year for month in months}):
            mine = [month for month in months if month.year == year]
            _deliver(opened, _lived(luck, mine), mine)
        _deliver(opened, _known(lists, LAST), months)
        acts.lock_history(opened, LOCAL, LAST, at=_at(LAST, 12))


def one_more_month(folder: Path) -> None:
    """What the six deliver of the month after, and its lock."""
    luck = random.Random(SEED + 1)
    lists = _lists(random.Random(SEED))
    with store.opened(folder) as opened:
        _deliver(opened, _lived(luck, [NEXT]) | _known(lists, NEXT), [NEXT])
        acts.lock(opened, LOCAL, NEXT, at=_at(NEXT, 10))


def one_more_upload(folder: Path) -> None:
    """A list of actions that one municipality delivers once more, with an action done since."""
    known = _known(_lists(random.Random(SEED)), NEXT)["actions"]
    rows = [row for row in known if row["municipality"] == NUMBERS[0]]
    rows[-1] |= {"status": "done", "done_on": rows[-1]["opened_on"], "changed_on": TODAY}
    with store.opened(folder) as opened:
        _put(opened, "actions", rows, [NEXT], NEXT, NUMBERS[:1], day=12)


# -- what happened ---------------------------------------------------------------------------


def _lived(luck: random.Random, months: Iterable[dt.date]) -> Rows:
    """Activities, waves and answers of these months."""
    rows: Rows = {"activities": [], "survey_waves": [], "survey_answers": []}
    for month in months:
        for place in PLACES:
            for number in range(_about(luck, place.rate)):
                rows["activities"].append(_meeting(luck, place, month, number))
            for number in range(_about(luck, place.courses)):
                _course(luck, rows, place, month, number)
        for service in SERVICES:
            if service.active_from <= month and luck.randrange(10) < ASKED_OF_TEN:
                wave = {
                    "wave_id": f"U-{service.service_id}-{month:%Y-%m}",
                    "municipality": service.municipality,
                    "service": service.service_id,
                    "survey": "brukerundersøkelse",
                    "measurement": "other",
                    "sent_on": month.replace(day=luck.randint(1, 28)),
                }
                _answered(luck, rows, wave, luck.randint(*service.asked))
    return rows


def _about(luck: random.Random, rate: float) -> int:
    """A whole number that is `rate` on average."""
    return int(rate) + (luck.random() < rate % 1)


def _meeting(luck: random.Random, place: Place, month: dt.date, number: int) -> Row:
    day = month.replace(day=luck.randint(1, 28))
    return {
        "activity_id": f"A-{place.code}-{month:%Y-%m}-{number}",
        "municipality": place.number,
        "kind": luck.choice(MEETINGS),
        "theme": luck.choice(THEMES),
        "starts_on": day,
        "ends_on": day,
        "users": luck.randint(2, int(4 + 24 * place.size)),
        "relatives": luck.choice((None, 0, 1, 3)),
        "user_representatives": luck.randint(0, 3),
        "staff": luck.randint(2, 9),
        "leaders": luck.randint(0, 2),
        "recommendations": luck.choice((None, 1, 2)),
    }


def _course(luck: random.Random, rows: Rows, place: Place, month: dt.date, number: int) -> None:
    day = month.replace(day=luck.randint(1, 28))
    users = luck.randint(5, int(8 + 12 * place.size))
    course = {
        "activity_id": f"K-{place.code}-{month:%Y-%m}-{number}",
        "municipality": place.number,
        "kind": "course",
        "starts_on": day,
        "ends_on": day,
        "users": users,
        "staff": 2,
    }
    rows["activities"].append(course)
    for measurement, after, chance in (("same_day", 0, 0.9), ("half_year", -183, place.half_year)):
        if luck.random() < chance:
            # The evaluation half a year after is of the course of half a year before.
            sent, course_id = day, course["activity_id"]
            if after:
                earlier = (day + dt.timedelta(days=after)).replace(day=1)
                course_id = f"K-{place.code}-{earlier:%Y-%m}-{number}"
            wave = {
                "wave_id": f"U-{course['activity_id']}-{measurement}",
                "municipality": place.number,
                "activity_id": course_id,
                "survey": "kursevaluering",
                "measurement": measurement,
                "sent_on": sent,
            }
            _answered(luck, rows, wave, users)


def _answered(luck: random.Random, rows: Rows, wave: Row, asked: int) -> None:
    answered = max(1, asked - luck.randint(0, asked // 2))
    rows["survey_waves"].append(
        wave
        | {
            "respondent": "user",
            "channel": "sms",
            "asked": asked,
            "delivered": asked - luck.randint(0, 1),
            "answered": answered,
        }
    )
    rows["survey_answers"] += [
        {
            "answer_id": f"S-{wave['wave_id']}-{form}",
            "wave_id": wave["wave_id"],
            "question": question,
            "value": str(luck.randint(1, 5)),
            "answered_on": wave["sent_on"],
        }
        for form in range(answered)
        for question in QUESTIONS
    ]


# -- full lists ------------------------------------------------------------------------------


def _lists(luck: random.Random) -> Rows:
    """Those that are delivered whole each time; what is later than a month is left out of it."""
    rows: Rows = {kind: [] for kind in ("actions", "feedback", "seats", "goals")}
    rows["municipalities"] = [
        {
            "municipality_id": place.number,
            "name": place.name,
            "joined_on": place.joined_on,
            "joined_precision": place.joined_precision,
            "is_host": place.is_host,
            "capacity": place.capacity,
            "capacity_unit": place.capacity_unit,
        }
        for place in PLACES
    ]
    rows["services"] = [
        {
            "service_id": service.service_id,
            "municipality": service.municipality,
            "name": service.name,
            "kind": service.kind,
            "active_from": service.active_from,
            "fte": service.fte,
            "employees": service.employees,
        }
        for service in SERVICES
    ]
    rows["questions"] = [
        {"survey": survey, "question": question, "text": question, "role": role, "scale": "1-5"}
        for survey in ("kursevaluering", "brukerundersøkelse")
        for question, role in QUESTIONS.items()
    ]
    for place in PLACES:
        for month in _months(FIRST, NEXT):
            for number in range(_about(luck, place.actions)):
                _action(luck, rows, place, month, number)
        for number in range(6):
            rows["seats"].append(_seat(luck, place, number))
        for theme in ("ordinary_operations", "user_representation", "dialogue_meetings"):
            rows["goals"].append(
                {
                    "goal_id": f"M-{place.code}-{theme}",
                    "municipality": place.number,
                    "theme": theme,
                    "measure": "andel",
                    "baseline": 0.4,
                    "aim": 0.8,
                    "due_on": dt.date(2029, 12, 31),
                    "decided_on": dt.date(luck.randint(2018, 2027), 3, 1),
                    "decided_by_role": "kommunestyret",
                    "criterion": "results_asked_for",
                }
            )
    return rows


def _action(luck: random.Random, rows: Rows, place: Place, month: dt.date, number: int) -> None:
    opened = month.replace(day=luck.randint(1, 28))
    name = f"{place.code}-{month:%Y-%m}-{number}"
    feedback = {
        "feedback_id": f"F-{name}",
        "municipality": place.number,
        "received_on": opened,
        "theme": luck.choice(THEMES),
        "kind": "change",
        "recommendation_on": luck.choice((None, opened)),
    }
    if feedback["recommendation_on"] is not None and luck.random() < 0.8:
        feedback |= {"leader_answer": "yes", "leader_answered_on": opened + dt.timedelta(days=40)}
    rows["feedback"].append(feedback)
    done = opened + dt.timedelta(days=luck.randint(10, 150))
    told = done + dt.timedelta(days=luck.randint(1, 60))
    action: Row = {
        "action_id": f"T-{name}",
        "municipality": place.number,
        "title": "Tiltak",
        "scope": "own",
        "theme": feedback["theme"],
        "source": "dialogue_meeting",
        "feedback_ids": [feedback["feedback_id"]],
        "owner_role": "tjenesteleder",
        "opened_on": opened,
        "due_on": opened + dt.timedelta(days=90),
        "status": "open",
        "users_at_start": luck.random() < 0.7,
        "influence": luck.choice(("yes", "partly", "no", "not_assessed")),
    }
    if told < TODAY and luck.random() < 0.85:
        action |= {"status": "told_back", "done_on": done, "told_back_on": told}
        action["told_back_channel"] = "møte"
    rows["actions"].append(action)


def _seat(luck: random.Random, place: Place, number: int) -> Row:
    since = dt.date(2018, 1, 1) + dt.timedelta(days=luck.randint(0, 900))
    return {
        "seat_id": f"P-{place.code}-{number}",
        "municipality": place.number,
        "body_id": f"O-{place.code}-{number % 3}",
        "body": f"Forbedringsteam {place.name} {number % 3}",
        "body_kind": "improvement_team",
        "body_from": dt.date(2018, 1, 1),
        "seat_from": dt.date(2018, 1, 1),
        "filled_from": since,
        "filled_to": luck.choice((None, since + dt.timedelta(days=luck.randint(400, 2500)))),
        "recruited_via": "open_call",
        "trained": luck.random() < 0.6,
        "used_service": luck.random() < 0.8,
    }


def _known(lists: Rows, month: dt.date) -> Rows:
    """The lists as they are at the end of a month."""
    end = acts.month_end(month)
    return {
        kind: [
            row
            for row in lists[kind]
            if row.get("opened_on", end) <= end and row.get("received_on", end) <= end
        ]
        for kind in ("actions", "feedback", "seats", "goals")
    }


# -- through the store's door ----------------------------------------------------------------


def _deliver(opened: store.Store, rows: Mapping[str, list[Row]], months: list[dt.date]) -> None:
    for kind, mine in rows.items():
        _put(opened, kind, mine, months, max(months))


def _put(
    opened: store.Store,
    kind: str,
    rows: list[Row],
    months: Iterable[dt.date],
    last: dt.date,
    places: Iterable[str] = NUMBERS,
    day: int = 5,
) -> None:
    """One upload, on a day of the month after its last."""
    columns = {column.name: _TYPES[column.type] for column in contract.load(kind).columns}
    data = {name: [row.get(name) for row in rows] for name in columns}
    lines = pl.Series("line", range(2, len(rows) + 2), pl.Int64)
    table = pl.DataFrame(data, schema=columns).with_columns(lines)
    name = f"{kind}_{last:%Y-%m}.csv"
    raw = f"{name} {len(rows)} {day}".encode()
    covers = frozenset((kind, place, month) for place in places for month in months)
    digest = hashlib.sha256(raw).hexdigest()
    at = _at(last, day) if last < TODAY else _at(FIRST, day)
    uploads.commit(opened, Upload(name, raw, digest, {kind: table}, covers), LOCAL, at=at)


def _at(month: dt.date, day: int) -> dt.datetime:
    """Noon on a day of the month after."""
    return dt.datetime.combine(acts.month_end(month) + dt.timedelta(days=day), dt.time(12))


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    found = []
    while first <= last:
        found.append(first)
        first = acts.month_end(first) + dt.timedelta(days=1)
    return found
