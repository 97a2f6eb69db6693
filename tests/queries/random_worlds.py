"""Random worlds that a checked upload could have made, with many days at the limits.

Hypothesis draws the seed, and Python's generator the rows: so the rows are many and meet each
other, where Hypothesis alone would mostly try small and empty worlds, which the spot checks cover.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.queries.worlds import Row, World, day, everything_covered, months, noon, world

Maker = Callable[[Random], list[Row]]
"""Makes the rows of one table."""

FIRST, LAST = day("2024-12-01"), day("2025-03-01")

MUNICIPALITIES: list[Row] = [
    {"municipality_id": "3405", "name": "Lillehammer", "joined_on": day("2014-01-01")}
    | {"joined_precision": "year"},
    {"municipality_id": "3438", "name": "Sør-Fron", "joined_on": day("2025-01-01")}
    | {"joined_precision": "month"},
    {"municipality_id": "3439", "name": "Ringebu", "joined_on": day("2024-12-15")}
    | {"joined_precision": "day"},
    {"municipality_id": "3440", "name": "Øyer", "joined_on": day("2025-02-01")},
]
# Most rows belong to the one that has been there all along, so that rows meet.
WHO = ("3405", "3405", "3405", "3438", "3439", "3440")
SERVICES = ("A", "B", "C", "D")

# Ends and starts of months, the days around half a year after the longest month, and a leap day.
EDGES = [
    day("2024-02-29"),
    day("2024-06-30"),
    day("2024-07-01"),
    day("2024-08-28"),
    day("2024-08-31"),
    day("2024-09-30"),
    day("2024-11-30"),
    day("2024-12-01"),
    day("2024-12-31"),
    day("2025-01-01"),
    day("2025-01-31"),
    day("2025-02-28"),
    day("2025-03-01"),
    day("2025-03-14"),
    day("2025-03-31"),
    day("2025-04-01"),
]
COURSE_ENDS = [day("2024-12-31"), day("2025-01-31"), day("2025-02-28")]
HALF_A_YEAR_BEFORE = [day("2024-08-28"), day("2024-08-31"), day("2024-06-30"), day("2024-09-30")]
HALF_A_YEAR_LATER = [day("2025-02-28"), day("2024-12-30"), day("2025-03-30")]
CHANNELS = ("organisation", "open_call", "known_to_service", "panel", "other")


def _day(r: Random, first: str = "2024-11-25", last: str = "2025-04-05") -> dt.date:
    """A day of this time, often at a limit."""
    low, high = day(first), day(last)
    if r.random() < 0.4:
        return r.choice([edge for edge in EDGES if low <= edge <= high])
    return low + dt.timedelta(days=r.randrange((high - low).days + 1))


def _long_ago_or_near(r: Random) -> dt.date:
    return _day(r, "2024-06-20", "2025-04-05")


def _after(r: Random, first: dt.date, days: int = 40, never: float = 0.3) -> dt.date | None:
    """A day on or after this one, often at a limit, or none."""
    if r.random() < never:
        return None
    limits = r.random() < 0.4
    step = r.choice([0, 1, 13, 14, 15, 29, 30, 31]) if limits else r.randrange(days + 1)
    return first + dt.timedelta(days=step)


def _count(r: Random, most: int = 30) -> int | None:
    return r.choice([None, 0, 1, r.randrange(most + 1)])


def actions(r: Random) -> list[Row]:
    made = []
    for number in range(r.randint(5, 25)):
        opened = _long_ago_or_near(r)
        done = _after(r, opened, days=150)
        made.append(
            {
                "action_id": f"T{number}",
                "municipality": r.choice(WHO),
                "opened_on": opened,
                "due_on": _after(r, opened, days=200),
                "done_on": done,
                "closed_on": _after(r, opened, days=150, never=0.8),
                "reopened_on": _after(r, done or opened, never=0.6),
                "told_back_on": _after(r, done) if done else None,
                "told_back_channel": r.choice([None, "SMS", "SMS"]),
                "what_changed": r.choice([None, "Ny nettside", "Kortere kø"]),
            }
        )
    return made


def activities(*kinds: str, on: Sequence[dt.date] = ()) -> Maker:
    """Activities of these kinds, some of them of several municipalities; half on these days."""

    def make(r: Random) -> list[Row]:
        made = []
        for number in range(r.randint(5, 15)):
            shared = {
                "activity_id": f"K{number}",
                "kind": r.choice(kinds),
                "initiative": r.choice([None, "KB", "KB", "FACT"]),
                "ends_on": r.choice(on) if on and r.random() < 0.5 else _day(r),
                "service": r.choice([None, *SERVICES]),
            }
            for who in set(r.choices(WHO, k=r.randint(1, 4))):
                counted = ("users", "relatives", "user_representatives", "recommendations")
                made.append(
                    shared
                    | {name: _count(r) for name in counted}
                    | {name: r.choice([None, 0, 1, 1]) for name in ("leaders", "deputies")}
                    | {"municipality": who, "report_on": _after(r, shared["ends_on"])}
                )
        return made

    return make


def survey_waves(*measurements: str, on: Sequence[dt.date] = ()) -> Maker:
    """Waves, half of them about the activities K0 to K7; on these days, or up to 15 days off."""

    def make(r: Random) -> list[Row]:
        made = []
        for number in range(r.randint(5, 15)):
            asked = r.choice([None, r.randrange(21), r.randrange(21)])
            most = 20 if asked is None else asked
            sent = _day(r)
            if on:
                sent = r.choice(on) + dt.timedelta(days=r.choice([-1, 0, 0, 0, 1, 13, 14, 15]))
            made.append(
                {
                    "wave_id": f"U{number}",
                    "municipality": r.choice(WHO),
                    "service": r.choice([None, *SERVICES]),
                    "survey": r.choice(["kurs", "uten"]),
                    "activity_id": r.choice([None, f"K{r.randrange(8)}"]),
                    "measurement": r.choice(measurements),
                    "respondent": r.choice([None, "user", "relative", "staff"]),
                    "sent_on": sent,
                    "asked": asked,
                    "delivered": r.choice([None, r.randint(0, most)]),
                    "answered": r.choice([None, 0, r.randint(0, most)]),
                    "report_on": _after(r, sent),
                    "recommendations": r.choice([None, 0, 1, 3]),
                }
            )
        return made

    return make


# Three core questions make half of them one and a half; the other questionnaire has none.
QUESTIONS: list[Row] = [
    {"survey": "kurs", "question": question, "role": role}
    for question, role in zip("pqrst", ("core", "core", "core", "benefit", "other"), strict=True)
] + [{"survey": "uten", "question": "p", "role": "benefit"}]


def questions(r: Random) -> list[Row]:
    return [row for row in QUESTIONS if r.random() < 0.95]


def survey_answers(r: Random) -> list[Row]:
    """Answers to the waves U0 to U7, of which some lack a value."""
    return [
        {
            "answer_id": f"S{number}",
            "wave_id": wave,
            "question": question,
            "value": r.choice([None, "1", "5"]),
            "answered_on": _day(r),
        }
        for number in range(r.randint(5, 25))
        for wave in [f"U{r.randrange(8)}"]
        for question in r.sample("pqrst", r.randint(1, 5))
    ]


def services(r: Random) -> list[Row]:
    made = []
    for service in SERVICES:
        start = _long_ago_or_near(r)
        made.append(
            {
                "service_id": service,
                "municipality": r.choice(WHO),
                "active_from": start,
                "active_to": _after(r, start, days=200, never=0.6),
            }
        )
    return made


def seats(r: Random) -> list[Row]:
    made: list[Row] = []
    for number in range(r.randint(3, 12)):
        start = _long_ago_or_near(r)
        seat = {
            "seat_id": f"V{number}",
            "municipality": r.choice(WHO),
            "seat_from": start,
            "seat_to": _after(r, start, days=250, never=0.7),
            "body_from": r.choice([None, _long_ago_or_near(r)]),
            "body_to": r.choice([None, None, _day(r)]),
        }
        free: dt.date | None = start
        for _ in range(r.randint(0, 3)):
            begun = _after(r, free) if free is not None else None
            if begun is None:
                break
            left = _after(r, begun, days=120, never=0.4)
            filling = {"filled_from": begun, "filled_to": left}
            made.append(seat | filling | {"recruited_via": r.choice(CHANNELS)})
            # Whoever comes next begins after the last day of the one before.
            free = None if left is None else left + dt.timedelta(days=1)
        if free is not None:
            made.append(seat | {"filled_from": None})
    return made


def goals(r: Random) -> list[Row]:
    made = []
    for number in range(r.randint(2, 8)):
        decided = r.choice([None, *[_long_ago_or_near(r)] * 4])
        made.append(
            {
                "goal_id": f"M{number}",
                "municipality": r.choice(WHO),
                "theme": "dialogue_meetings",
                "measure": "Svarprosent",
                "decided_on": decided,
                "due_on": r.choice([None, _day(r), _day(r)]),
                "decided_by_role": r.choice([None, "kommunalsjef", "enhetsleder"]),
                "closed_on": None if decided is None else _after(r, decided, days=150),
            }
        )
    return made


def _moment(r: Random) -> dt.datetime:
    """A moment by UTC; late in the evening it is the next day in Norway."""
    time = r.choice([dt.time(8), dt.time(22, 30), dt.time(23, 30)])
    return dt.datetime.combine(_day(r, "2024-12-20", "2025-04-12"), time)


def locks(r: Random) -> list[Row]:
    made = []
    for month in months(day("2024-11-01"), LAST):
        if r.random() < 0.75:
            on = month + dt.timedelta(days=31 + r.randint(3, 20))
            made.append({"month": month, "at": noon(on), "is_history": r.random() < 0.3})
    return made


def attestations(r: Random) -> list[Row]:
    return [
        {
            "attestation_id": number,
            "municipality": r.choice(WHO),
            "month": r.choice(list(months(FIRST, LAST))),
            "statement": "seen",
            "at": _moment(r),
            "withdrawn_at": r.choice([None, None, None, _moment(r)]),
        }
        for number in range(r.randint(3, 20))
    ]


def worlds(**tables: Maker) -> SearchStrategy[World]:
    """Worlds of these tables, with deliveries here and there left out or late."""

    def make(r: Random) -> World:
        made = world(
            FIRST,
            LAST,
            r.choice([day("2025-04-05"), day("2025-04-14"), day("2025-05-02")]),
            municipalities=MUNICIPALITIES,
            **{name: maker(r) for name, maker in tables.items()},
        )
        made["coverage"] = [
            row if r.random() < 0.9 else row | {"delivered_at": noon(_late(r, row["month"]))}
            for row in everything_covered(made)
            if r.random() < 0.95
        ]
        return made

    return st.randoms(use_true_random=True).map(make)


def _late(r: Random, month: dt.date) -> dt.date:
    """On the lock day, the 10th of the next month, or around it."""
    return (month + dt.timedelta(days=31)).replace(day=r.choice([9, 10, 11, 20]))
