"""The change between two measurements is told only of what is released exactly, of ten or more."""

from typing import Any

import pytest

from queries import intervals
from queries.changes import change

Cell = dict[str, Any]


def cell(numerator: float | None, denominator: float | None, **facts: Any) -> Cell:
    row: Cell = {"state": "measured", "shown": "exact", "reason": None}
    return row | {"numerator": numerator, "denominator": denominator} | facts


def test_it_is_the_later_share_less_the_earlier_by_newcombe() -> None:
    found = change(cell(61, 95), cell(17, 35))
    assert found is not None
    assert found.difference == pytest.approx(17 / 35 - 61 / 95)
    assert (found.low, found.high) == intervals.newcombe(17, 35, 61, 95)
    assert not found.is_certain


def test_it_is_certain_when_no_change_lies_outside_the_interval() -> None:
    found = change(cell(90, 95), cell(10, 35))
    assert found is not None
    assert found.is_certain
    assert found.high < 0


@pytest.mark.parametrize(("answers", "is_told"), [(9, False), (10, True), (11, True)])
def test_both_need_ten_answers(answers: int, is_told: bool) -> None:
    assert (change(cell(30, 50), cell(5, answers)) is not None) is is_told
    assert (change(cell(5, answers), cell(30, 50)) is not None) is is_told


@pytest.mark.parametrize(
    "hidden",
    [
        cell(None, None, shown="band"),
        cell(None, None, shown="under"),
        cell(None, None, shown="none", state="withheld"),
        cell(None, None, shown="none", state="not_due"),
        # Nobody was asked.
        cell(0, None, reason="nothing_held"),
        None,
    ],
)
def test_nothing_is_told_of_what_is_not_shown_exactly(hidden: Cell | None) -> None:
    assert change(cell(30, 50), hidden) is None
    assert change(hidden, cell(30, 50)) is None
