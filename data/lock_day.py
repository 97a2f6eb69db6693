"""A month that nobody locked by its lock day locks itself: a meeting has numbers to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from data import settings
from data.acts import locked_months, month_end
from data.people import Person
from data.store import Store

ITSELF = Person("forankring", "regional_coordinator")
"""Who the ledger says has locked a month that locked itself."""


def lock_overdue(store: Store, lock_day: int) -> list[dt.date]:
    """Lock the months whose lock day has passed, and give them.

    Args:
        lock_day: The day of a month by which the month before it is locked.
    """
    first = store.rows("select min(month) from current_coverage")[0][0]
    today = settings.today(store.folder)
    months = overdue(first, locked_months(store), store.about.made_on, lock_day, today)
    if months:
        with store.transaction():
            for month in months:
                facts = {"month": month, "by_itself": True}
                store.append("lock", ITSELF, f"{month:%Y-%m}", facts)
    return months


def overdue(
    first: dt.date | None,
    locked: Collection[dt.date],
    made_on: dt.date,
    lock_day: int,
    today: dt.date,
) -> list[dt.date]:
    """The months whose lock day has passed without a lock, the oldest first.

    A month that had ended before the store was made has no lock day: it is history, which somebody
    locks when all of it is loaded.

    Args:
        first: The first month that anything covers; None when nothing does.
        made_on: The day the store was made.
        lock_day: The day of a month by which the month before it is locked.
    """
    found = []
    month = first
    while month is not None:
        following = month_end(month) + dt.timedelta(days=1)
        if following.replace(day=lock_day) >= today:
            break
        if month_end(month) >= made_on and month not in locked:
            found.append(month)
        month = following
    return found
