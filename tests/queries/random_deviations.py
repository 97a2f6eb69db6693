"""Random suggestions, reviews and reports of deviations, with many on one row and on one day."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.queries.random_worlds import FIRST, LAST, MUNICIPALITIES, WHO
from tests.queries.worlds import Row, World, day, noon, world

DAYS = [day("2024-12-15") + dt.timedelta(days=7 * week) for week in range(20)]
REPORTED = [day("2024-12-05"), day("2024-12-13")]
ROWS = ("T1", "T2", "T3")
RULES = ("not_told_back", "seat_vacant")


def suggestions(r: Random) -> list[Row]:
    """Times that a rule held, one after the other on each row; some hold still."""
    made = []
    for rule in RULES:
        for municipality in sorted(set(WHO)):
            for row_key in ROWS:
                starts = sorted(r.sample(DAYS, r.choice([0, 1, 1, 2])))
                for number, since in enumerate(starts):
                    is_last = number == len(starts) - 1
                    until = since + dt.timedelta(days=r.choice([1, 3, 7]))
                    if is_last:
                        until = r.choice([None, until, until + dt.timedelta(days=21)])
                    made.append(
                        {
                            "rule": rule,
                            "municipality_id": municipality,
                            "row_key": row_key,
                            "since_on": since,
                            "until_on": until,
                            "about": "Skilt",
                            "happened_on": since,
                        }
                    )
    return made


def reviews(r: Random) -> list[Row]:
    """Verdicts in the order of time, also on rows that no rule suggests, and on reports."""
    told: list[Row] = []
    days = [
        on + dt.timedelta(days=r.choice([0, 0, 1])) for on in r.choices(DAYS, k=r.randint(10, 40))
    ]
    for number, on in enumerate(sorted(days), start=100):
        is_report = r.random() < 0.2
        told.append(
            {
                "review_id": number,
                "municipality": r.choice(WHO),
                "rule": "reported" if is_report else r.choice(RULES),
                "row_key": str(r.randint(1, 5)) if is_report else r.choice(ROWS),
                "since_on": r.choice([None, *(first for first in DAYS[:3] if first <= on)]),
                "verdict": "closed" if is_report else r.choice(["confirmed", "rejected", "closed"]),
                "who_role": "coordinator:3439",
                "at": noon(on),
            }
        )
    return told


def reports(r: Random) -> list[Row]:
    """Reports, some of them made late in the evening, when it is the next day in Norway."""
    return [
        {
            "report_id": number,
            "municipality": r.choice(WHO),
            "text": "Ingen ble spurt",
            "happened_on": day("2024-12-01"),
            "who_role": "leader:3439",
            "at": dt.datetime.combine(r.choice(REPORTED), r.choice([dt.time(8), dt.time(23, 30)])),
        }
        for number in range(1, r.randint(2, 6))
    ]


def made(r: Random) -> World:
    """A world of suggestions, reviews and reports; no file says anything about them."""
    return world(
        FIRST,
        LAST,
        municipalities=MUNICIPALITIES,
        coverage=(),
        suggestions=suggestions(r),
        acts_reviews=reviews(r),
        acts_reports=reports(r),
    )


def worlds() -> SearchStrategy[World]:
    """Such worlds, for what looks for one among them."""
    return st.randoms(use_true_random=True).map(made)
