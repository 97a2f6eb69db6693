"""What a lock makes stand still, so that a number that was once shown is shown again as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from data.acts import month_end
from queries.cards import Card
from queries.cell import Cell, period_end
from queries.disclosure import Shown


@dataclass(frozen=True)
class Lock:
    """A lock of a month, made on a day."""

    month: dt.date
    locked_on: dt.date


def first_lock(locks: Sequence[Lock], end: dt.date, matures_on: dt.date) -> Lock | None:
    """The first lock that reaches the period's last day and came after the day of maturity.

    Args:
        locks: In the order in which they were made.
    """
    late_enough = (
        lock for lock in locks if month_end(lock.month) >= end and lock.locked_on > matures_on
    )
    return next(late_enough, None)


def frozen(
    found: Iterable[Cell],
    cards: Mapping[str, Card],
    locks: Sequence[Lock],
) -> list[Cell]:
    """The cells of a release that do not stand still since an earlier lock.

    A cell freezes at the first lock that comes after its period has closed and its cohort has
    matured; while a late file can still change it, it stays open. A cell about persons or answers
    is shown only from then on, so that no two releases can be subtracted.
    """
    made: list[Cell] = []

    @cache
    def freezing(grain: str, period: dt.date, matures_after_days: int) -> Lock | None:
        end = period_end(grain, period)
        return first_lock(locks, end, end + dt.timedelta(days=matures_after_days))

    for cell in found:
        card = cards[cell.indicator]
        lock = freezing(cell.grain, cell.period, card.matures_after_days)
        if card.is_live:
            lock = None
        # What is missing may still be delivered, and what waits for a later file is not final yet.
        is_open = cell.state in ("missing", "provisional") and card.privacy == "none"
        if lock is not None and cell.state != "not_due" and not is_open:
            made.append(replace(cell, frozen_in=lock.month))
        elif card.privacy == "none" or cell.state in ("not_member", "not_due"):
            made.append(cell)
        else:
            # Also a missing number waits: whether it is missing is settled by the lock.
            made.append(replace(cell, state="not_due", shown=Shown(reason="awaits_lock")))
    return made


def frozen_commitments(
    found: Iterable[Mapping[str, Any]],
    locks: Sequence[Lock],
) -> list[dict[str, Any]]:
    """The commitments of a release, by the same rule as the cells, so that the two agree.

    Args:
        found: The rows of commitments.sql: the last day that a promise of the month may be kept
            is settles_on, and is_open says that a file is still to tell.

    Returns:
        The rows as the release's table has them.
    """
    first = cache(partial(first_lock, tuple(locks)))
    made = []
    for row in found:
        told = dict(row)
        settles_on, is_open = told.pop("settles_on"), told.pop("is_open")
        lock = None
        if not is_open:
            lock = first(month_end(row["month"]), settles_on)
        told["frozen_in"] = lock.month if lock is not None else None
        made.append(told)
    return made
