"""The versions that changes make of a locked month; one says whose numbers it has again."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queries import noted

SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)
AT = dt.datetime.fromisoformat("2026-11-14T12:00")
Rows = list[dict[str, Any]]
MONTHS: Rows = [
    {"month": SEPTEMBER, "lock_release": 3, "locked_at": AT},
    {"month": OCTOBER, "lock_release": None, "locked_at": None},
]


def change(was: float, now: float, indicator: str = "open_actions") -> dict[str, Any]:
    told: dict[str, Any] = {"month": SEPTEMBER, "indicator": indicator, "commitment": None}
    told |= {"municipality_id": "3439", "grain": "month", "period": SEPTEMBER, "part": None}
    for when, value in (("was", was), ("now", now)):
        told |= {f"{when}_{name}": None for name in noted.NUMBERS}
        told |= {f"{when}_state": "measured", f"{when}_value": value}
    return told


def told(*steps: Rows) -> tuple[Rows, Rows]:
    versions: Rows = []
    notes: Rows = []
    for number, changed in enumerate(steps, 3):
        versions, notes = noted.versions(MONTHS, versions, notes, changed, number=number, at=AT)
    return versions, notes


def test_a_locked_month_has_a_version_and_one_that_is_not_locked_has_none() -> None:
    versions, notes = told([])
    assert [(row["month"], row["version"], row["release"]) for row in versions] == [
        (SEPTEMBER, 1, 3)
    ]
    assert notes == []


def test_each_change_makes_a_version_and_all_of_them_travel_on() -> None:
    versions, notes = told([], [change(1, 2)], [], [change(2, 3), change(7, 8, "stale_actions")])
    found = [(row["version"], row["release"], row["changes"], row["same_as"]) for row in versions]
    assert found == [(1, 3, 0, None), (2, 4, 1, None), (3, 6, 2, None)]
    assert [row["version"] for row in notes] == [2, 3, 3]


def test_a_number_that_stays_different_is_not_the_same_version_again() -> None:
    both = [change(1, 2), change(7, 8, "stale_actions")]
    versions, _ = told([], both, [change(2, 1)])
    assert versions[-1]["same_as"] is None
    versions, _ = told([], both, [change(2, 1), change(8, 7, "stale_actions")])
    assert versions[-1]["same_as"] == 1


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=6))
@settings(derandomize=True, database=None, max_examples=60)
def test_the_earliest_version_with_the_same_numbers_is_named(
    numbers: list[tuple[int, int]],
) -> None:
    """Beside the numbers of every version, kept whole."""
    whole = [numbers[0]]
    steps: list[Rows] = [[]]
    for before, now in itertools.pairwise(numbers):
        names = ("open_actions", "stale_actions")
        made = [
            change(was, to, name)
            for was, to, name in zip(before, now, names, strict=True)
            if was != to
        ]
        steps.append(made)
        whole += [now] if made else []
    versions, _ = told(*steps)
    assert len(versions) == len(whole)
    for place, row in enumerate(versions):
        same = whole.index(whole[place])
        assert row["same_as"] == (same + 1 if same < place else None)
