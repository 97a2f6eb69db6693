"""A month locks itself the day after its lock day; history, and what came too early, does not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data import lock_day, settings, store
from data.acts import locked_months
from data.people import LOCAL

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (8, 9, 10, 11))
MADE_ON = dt.date(2026, 9, 15)


def overdue(today: dt.date, locked: frozenset[dt.date] = frozenset()) -> list[dt.date]:
    return lock_day.overdue(AUGUST, locked, MADE_ON, 10, today)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (dt.date(2026, 10, 10), []),  # the lock day itself is still somebody's
        (dt.date(2026, 10, 11), [SEPTEMBER]),  # August had ended before the store was made
        (dt.date(2026, 11, 10), [SEPTEMBER]),
        (dt.date(2027, 1, 1), [SEPTEMBER, OCTOBER, NOVEMBER]),
    ],
)
def test_a_month_is_overdue_the_day_after_its_lock_day(
    today: dt.date, months: list[dt.date]
) -> None:
    assert overdue(today) == months


def test_a_month_that_somebody_locked_is_not_locked_again() -> None:
    assert overdue(dt.date(2026, 12, 1), frozenset({SEPTEMBER})) == [OCTOBER]


def test_a_month_that_ended_the_day_the_store_was_made_is_no_history() -> None:
    months = lock_day.overdue(AUGUST, frozenset(), dt.date(2026, 8, 31), 10, dt.date(2026, 9, 11))
    assert months == [AUGUST]


def test_a_store_without_files_has_no_months() -> None:
    assert lock_day.overdue(None, frozenset(), MADE_ON, 10, dt.date(2027, 1, 1)) == []


def test_the_ledger_says_that_the_month_locked_itself(
    peopled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.opened(peopled) as opened:
        assert lock_day.lock_overdue(opened, 10) == []
        monkeypatch.setattr(settings, "today", lambda _: dt.date(2027, 1, 11))
        assert lock_day.lock_overdue(opened, 10) == [NOVEMBER, dt.date(2026, 12, 1)]
        assert lock_day.lock_overdue(opened, 10) == []
        assert locked_months(opened) == {NOVEMBER, dt.date(2026, 12, 1)}
        entry = opened.entries("lock")[0]
        assert (entry.who, entry.facts["by_itself"]) == ("forankring", True)
        assert LOCAL.name != entry.who
