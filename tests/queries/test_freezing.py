"""What a lock makes stand still: cells and commitments, at the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from queries import cards, freezing
from queries.cell import Cell
from queries.disclosure import COOPERATION, Shown
from queries.freezing import Lock

SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (9, 10, 11))


def cell(
    indicator: str = "same_day_evaluation",
    period: dt.date = OCTOBER,
    state: str = "measured",
    grain: str = "month",
) -> Cell:
    shown = Shown(1.0, 2.0, 0.5, how="exact")
    return Cell(indicator, COOPERATION, grain, period, None, state, shown)


def frozen(found: Cell, *locks: Lock) -> Cell:
    (made,) = freezing.frozen([found], cards.load_all(), locks)
    return made


LOCK = Lock(OCTOBER, dt.date(2026, 11, 10))


def test_without_a_lock_nothing_stands_still() -> None:
    assert frozen(cell()).frozen_in is None


def test_a_lock_of_an_earlier_month_does_not_reach_a_later_one() -> None:
    assert frozen(cell(), Lock(SEPTEMBER, dt.date(2026, 11, 10))).frozen_in is None


def test_a_lock_freezes_what_has_matured() -> None:
    assert frozen(cell(), LOCK).frozen_in == OCTOBER


@pytest.mark.parametrize(
    ("locked_on", "frozen_in"),
    [
        (dt.date(2026, 11, 29), None),  # 30 days after 31 October is the 30th
        (dt.date(2026, 11, 30), None),
        (dt.date(2026, 12, 1), OCTOBER),
    ],
)
def test_a_cohort_stands_still_only_after_it_has_matured(
    locked_on: dt.date, frozen_in: dt.date | None
) -> None:
    assert frozen(cell("told_back"), Lock(OCTOBER, locked_on)).frozen_in == frozen_in


def test_a_later_lock_takes_what_an_earlier_one_found_too_young() -> None:
    later = Lock(dt.date(2026, 11, 1), dt.date(2026, 12, 10))
    assert frozen(cell("told_back"), LOCK, later).frozen_in == dt.date(2026, 11, 1)


def test_a_live_number_never_stands_still() -> None:
    assert cards.load_all()["attestations"].is_live
    assert frozen(cell("attestations"), LOCK).frozen_in is None


def test_persons_are_hidden_until_the_lock_also_when_they_are_missing() -> None:
    for state in ("measured", "missing", "provisional"):
        found = frozen(cell("participants", state=state))
        assert (found.state, found.shown.reason) == ("not_due", "awaits_lock")
        assert found.shown.value is None


def test_a_missing_number_about_persons_is_settled_by_the_lock() -> None:
    assert frozen(cell("participants", state="missing"), LOCK).frozen_in == OCTOBER


def test_another_missing_number_stays_open_for_a_late_file() -> None:
    assert frozen(cell(state="missing"), LOCK).frozen_in is None


def test_a_number_that_waits_for_a_late_list_is_not_provisional_for_ever() -> None:
    # The cohort's 30 days are over and a lock has come, but the next month's list has not.
    waiting = cell("told_back", state="provisional")
    later = Lock(dt.date(2026, 11, 1), dt.date(2026, 12, 10))
    assert frozen(waiting, LOCK, later).frozen_in is None
    assert frozen(replace(waiting, state="measured"), LOCK, later).frozen_in == later.month


def test_a_provisional_number_about_persons_is_still_shown_only_once() -> None:
    assert frozen(cell("participants", state="provisional"), LOCK).frozen_in == OCTOBER


# -- commitments --------------------------------------------------------------------------------


def commitment(**facts: Any) -> dict[str, Any]:
    """A row of commitments.sql, whose promises settle on the 30th of November."""
    told = {"municipality_id": "3439", "month": OCTOBER, "commitment": "told_back"}
    told |= {"state": "kept", "kept": 1, "due": 1}
    return told | {"settles_on": dt.date(2026, 11, 30), "is_open": False} | facts


def settled(found: dict[str, Any], *locks: Lock) -> dict[str, Any]:
    (made,) = freezing.frozen_commitments([found], locks)
    return made


@pytest.mark.parametrize(
    ("locked_on", "frozen_in"),
    [
        (dt.date(2026, 11, 29), None),
        (dt.date(2026, 11, 30), None),
        (dt.date(2026, 12, 1), OCTOBER),
    ],
)
def test_a_commitment_stands_still_after_the_last_day_to_keep_it(
    locked_on: dt.date, frozen_in: dt.date | None
) -> None:
    made = settled(commitment(), Lock(OCTOBER, locked_on))
    assert made == {
        "municipality_id": "3439",
        "month": OCTOBER,
        "commitment": "told_back",
        "state": "kept",
        "kept": 1,
        "due": 1,
        "frozen_in": frozen_in,
    }


def test_a_commitment_whose_file_is_still_to_come_stays_open() -> None:
    lock = Lock(NOVEMBER, dt.date(2026, 12, 10))
    assert settled(commitment(is_open=True), lock)["frozen_in"] is None
    # A duty of a lock that was never made has no day of its own.
    assert settled(commitment(is_open=True, settles_on=None), lock)["frozen_in"] is None
    assert settled(commitment(), lock)["frozen_in"] == NOVEMBER


def test_a_lock_of_an_earlier_month_does_not_reach_a_later_commitment() -> None:
    assert settled(commitment(), Lock(SEPTEMBER, dt.date(2026, 12, 1)))["frozen_in"] is None
