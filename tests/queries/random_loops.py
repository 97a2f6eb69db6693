"""Random worlds of feedback and the actions that answer it, with many days at the limits.

Beside random_worlds.py, so that its sequences stay as they are.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.queries.worlds import Row, World, day, everything_covered, world

FIRST, LAST = day("2024-08-01"), day("2025-05-01")
"""Two whole tertials, and a month of one before and of one after them."""

WHO = ("3405", "3405", "3405", "3438", "3439")
MUNICIPALITIES: list[Row] = [
    {"municipality_id": "3405", "name": "Lillehammer", "joined_on": day("2014-01-01")}
    | {"joined_precision": "year"},
    # Members from the middle of a tertial on, and from the last month.
    {"municipality_id": "3438", "name": "Sør-Fron", "joined_on": day("2024-10-15")}
    | {"joined_precision": "day"},
    {"municipality_id": "3439", "name": "Ringebu", "joined_on": day("2025-03-01")}
    | {"joined_precision": "month"},
]
# The ends of tertials and of months, half a year after them, and the days around.
EDGES = [
    day(text)
    for text in (
        "2024-08-31", "2024-09-01", "2024-11-30", "2024-12-31", "2025-01-01", "2025-02-28",
        "2025-04-30", "2025-05-01", "2025-06-29", "2025-06-30", "2025-10-27", "2025-10-28",
    )
]  # fmt: skip
STEPS = (0, 1, 29, 30, 31, 44, 45, 46, 59, 60, 61, 180)


def _received(r: Random) -> dt.date:
    if r.random() < 0.3:
        return r.choice(EDGES[:8])
    return day("2024-08-25") + dt.timedelta(days=r.randrange(255))


def _after(r: Random, first: dt.date, never: float = 0.2) -> dt.date | None:
    """A day on or after this one, often at a limit, or none."""
    fate = r.random()
    if fate < never:
        return None
    if fate > 0.9 and (later := [edge for edge in EDGES if edge >= first]):
        return r.choice(later)
    step = r.choice(STEPS) if fate > 0.6 else r.randrange(120)
    return first + dt.timedelta(days=step)


def _item(r: Random, number: int) -> Row:
    received = _received(r)
    answer = r.choice([None, "yes", "partly", "no", "no"])
    return {
        "feedback_id": f"I{number}",
        "municipality": r.choice(WHO),
        "received_on": received,
        "activity_id": r.choice([None, None, None, "A-own", "A-fact"]),
        "kind": r.choice(["change", "change", "change", "praise"]),
        "recommendation_on": _after(r, received, never=0.3),
        "leader_answer": answer,
        "leader_answered_on": None if answer is None else _after(r, received, never=0.05),
        "reason": r.choice([None, "Loven krever det", "Loven krever det"]),
    }


def _action(r: Random, number: int, items: list[Row]) -> Row:
    # Two actions of one item, one action of two, an item that is not there, and none at all.
    of = r.sample(items, r.choice([0, 1, 1, 1, 2]))
    names = [item["feedback_id"] for item in of] + r.choice([[], [], ["I-gone"]])
    first = of[0]["received_on"] if of else _received(r)
    opened = first + dt.timedelta(days=r.choice([-20, 0, 0, r.randrange(90), *STEPS]))
    done = _after(r, opened)
    return {
        "action_id": f"T{number}",
        "municipality": of[0]["municipality"] if of and r.random() < 0.9 else r.choice(WHO),
        "opened_on": opened,
        "changed_on": _after(r, opened, never=0.3),
        "done_on": done,
        "closed_on": _after(r, opened, never=0.8),
        "reopened_on": _after(r, done or opened, never=0.75),
        "told_back_on": _after(r, done, never=0.15) if done else None,
        "told_back_channel": r.choice([None, "SMS", "SMS", "SMS"]),
        "what_changed": r.choice([None, "Ny nettside", "Kortere kø", "Kortere kø"]),
        "users_at_start": r.choice([None, True, True, False]),
        "users_midway": r.choice([None, True, True, False]),
        "users_at_end": r.choice([None, True, True, False]),
        "influence": r.choice([None, "yes", "partly", "no", "not_assessed"]),
        "feedback_ids": r.choice([names, names + names[:1]]) or r.choice([None, []]),
    }


def _world(r: Random) -> World:
    items = [_item(r, number) for number in range(r.randint(4, 16))]
    made = world(
        FIRST,
        LAST,
        r.choice([day("2025-06-01"), day("2025-06-30"), day("2025-12-05")]),
        municipalities=MUNICIPALITIES,
        activities=[
            {"activity_id": "A-own", "kind": "workshop", "ends_on": FIRST},
            {"activity_id": "A-fact", "kind": "workshop", "ends_on": FIRST, "initiative": "FACT"},
        ],
        feedback=items,
        actions=[_action(r, number, items) for number in range(r.randint(4, 16))],
    )
    kinds = ("feedback", "actions")
    made["coverage"] = [
        row for row in everything_covered(made) if row["kind"] in kinds and r.random() < 0.93
    ]
    return made


def loops() -> SearchStrategy[World]:
    """Feedback and actions of three municipalities, here and there not delivered."""
    return st.randoms(use_true_random=True).map(_world)
