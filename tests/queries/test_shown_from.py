"""When a number about persons appears is what the locks of a release do, told ahead."""

import datetime as dt

import pytest

from queries import cards
from queries.cell import Cell
from queries.disclosure import Shown
from queries.freezing import Lock, frozen
from queries.shown_from import appearance, shown_from

AUTUMN = dt.date(2026, 9, 1)
JANUARY, FEBRUARY = dt.date(2027, 1, 1), dt.date(2027, 2, 1)


def test_what_is_mature_at_once_appears_with_the_lock_of_the_tertials_last_month() -> None:
    assert shown_from(AUTUMN, "tertial", matures_after_days=0, lock_day=10) == JANUARY


def test_answers_that_still_come_in_wait_for_the_next_lock() -> None:
    # Mature on the 30th of January; December was locked on the 10th.
    assert shown_from(AUTUMN, "tertial", matures_after_days=30, lock_day=10) == FEBRUARY


@pytest.mark.parametrize(("days", "month"), [(9, 1), (10, 2), (11, 2)])
def test_the_lock_comes_after_the_day_of_maturity(days: int, month: int) -> None:
    # 31 December and 9, 10, 11 days; the lock is on the 10th of January.
    appears = shown_from(AUTUMN, "tertial", matures_after_days=days, lock_day=10)
    assert appears == dt.date(2027, month, 1)


def test_a_month_waits_in_the_same_way() -> None:
    october = dt.date(2026, 10, 1)
    assert shown_from(october, "month", matures_after_days=0, lock_day=10) == dt.date(2026, 11, 1)
    assert shown_from(october, "month", matures_after_days=30, lock_day=10) == dt.date(2026, 12, 1)


@pytest.mark.parametrize("indicator", ["participants", "response_rate_same_day"])
def test_the_release_shows_it_in_exactly_that_month(indicator: str) -> None:
    card = cards.load_all()[indicator]
    locks = [
        Lock(dt.date(2026, 9, 1), dt.date(2026, 10, 10)),
        Lock(dt.date(2026, 10, 1), dt.date(2026, 11, 10)),
        Lock(dt.date(2026, 11, 1), dt.date(2026, 12, 10)),
        Lock(dt.date(2026, 12, 1), dt.date(2027, 1, 10)),
        Lock(dt.date(2027, 1, 1), dt.date(2027, 2, 10)),
        Lock(dt.date(2027, 2, 1), dt.date(2027, 3, 10)),
    ]
    counted = Cell(
        indicator, "3439", "tertial", AUTUMN, None, "measured", Shown(band="0-9", how="band")
    )
    told = shown_from(AUTUMN, "tertial", matures_after_days=card.matures_after_days, lock_day=10)
    for made in range(1, len(locks) + 1):
        (cell,) = frozen([counted], {indicator: card}, locks[:made])
        is_shown = cell.shown.how == "band"
        assert is_shown == (locks[made - 1].locked_on >= told)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2026-11-12", {"shows_from": JANUARY}),
        # The month in which it is due to appear is not over.
        ("2027-01-31", {"shows_from": JANUARY}),
        # Nobody has locked: to promise a month that has passed would be nonsense.
        ("2027-02-01", {"shows_at_lock_of": dt.date(2026, 12, 1)}),
    ],
)
def test_a_late_lock_is_what_the_number_waits_for(today: str, told: dict[str, dt.date]) -> None:
    found = appearance(
        {"period": AUTUMN, "grain": "tertial"},
        matures_after_days=0,
        lock_day=10,
        today=dt.date.fromisoformat(today),
    )
    assert found == told
