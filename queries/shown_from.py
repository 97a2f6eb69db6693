"""When will a number about persons appear: the first lock after its period closed and matured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from queries.cell import period_end


def shown_from(period: dt.date, grain: str, *, matures_after_days: int, lock_day: int) -> dt.date:
    """The first day of the month in which the number appears, if months are locked on time.

    Args:
        period: The first day of the month or tertial.
        matures_after_days: The card's: how long answers keep coming in.
        lock_day: The day of a month by which the month before it is locked.

    Source: methods.md C, 5. A lock on the day of maturity is too early, as in the release.
    """
    matures_on = period_end(grain, period) + dt.timedelta(days=matures_after_days)
    month = matures_on.replace(day=1)
    if matures_on.day >= lock_day:
        return (month + dt.timedelta(days=32)).replace(day=1)
    return month


def appearance(
    cell: Mapping[str, Any], *, matures_after_days: int, lock_day: int, today: dt.date
) -> dict[str, dt.date]:
    """When a cell that waits for its lock appears, for the words of the cell.

    Args:
        cell: period and grain of a cell.
        today: The release's.

    Returns:
        shows_from, as shown_from gives it. Where that month is over the lock is late, and no day
        can be told: shows_at_lock_of is then the period's last month.
    """
    period, grain = cell["period"], cell["grain"]
    appears = shown_from(period, grain, matures_after_days=matures_after_days, lock_day=lock_day)
    if appears < today.replace(day=1):
        return {"shows_at_lock_of": period_end(grain, period).replace(day=1)}
    return {"shows_from": appears}
