"""When will a number about persons appear: the first lock after its period closed and matured."""

from __future__ import annotations

import datetime as dt

from queries.combine import period_end


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
