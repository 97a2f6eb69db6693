"""What the meeting itself decides: the last slide, and the list that fills while it lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from data import settings
from pages.charts.drawing import Table
from pages.programme.reading import Reading, Row
from pages.programme.since_last import short
from pages.programme.slides import Slide
from pages.text import plural, say, short_date

MOST_ROWS = 6
"""As many decisions as fit below a heading; the newest are shown."""


def decided(reading: Reading) -> tuple[Slide, ...]:
    """One slide."""
    rows = [row for row in decided_here(reading) if row["standing"] != "withdrawn"]
    finding = (
        plural("One decision is written down", "{Words} decisions are written down", len(rows))
        if rows
        else say("Nothing is decided yet")
    )
    return (
        Slide(
            id="decisions",
            part="decisions",
            title=say("Decisions"),
            finding=finding,
            table=_table(rows) if rows else None,
            sentences=()
            if rows
            else (say("What is decided is told of at the next meeting, with what came of it."),),
        ),
    )


def decided_here(reading: Reading) -> list[Row]:
    """The decisions of the meeting about this month: since its lock, until the next one's.

    The newest first, also those withdrawn.
    """
    locks = {
        row["month"]: settings.day_of(row["locked_at"])
        for row in reading.live_rows("months")
        if row["locked_at"] is not None
    }
    since = locks.get(reading.month)
    if since is None:
        return []
    until = locks.get(_next_month(reading.month), dt.date.max)
    found = reading.live_rows("decisions_listed", municipality=reading.municipality, since=since)
    return [row for row in found if row["decided_on"] < until]


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        say("What is decided"),
        (say("Decision"), say("Owner"), say("Due")),
        tuple(
            (short(row), row["owner_role"], short_date(row["due_on"])) for row in rows[:MOST_ROWS]
        ),
    )


def _next_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
