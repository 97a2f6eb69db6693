"""What the meeting itself decides: the last slide, and the list that fills while it lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from pages.charts.drawing import Table
from pages.programme.reading import Reading, Row
from pages.programme.since_last import in_parts, short, with_rest
from pages.programme.slides import Slide
from pages.text import plural, say, short_date
from queries.ask import ask
from queries.disclosure import COOPERATION

OSLO = ZoneInfo("Europe/Oslo")
"""A stored moment is of the clock of UTC; a day is one in Norway."""


def decided(reading: Reading) -> tuple[Slide, ...]:
    """One slide, and further ones where much is decided: the newest first."""
    rows = [row for row in decided_here(reading) if row["standing"] != "withdrawn"]
    finding = (
        plural("One decision is written down", "{Words} decisions are written down", len(rows))
        if rows
        else say("Nothing is decided yet")
    )
    if not rows:
        told = say("What is decided is told of at the next meeting, with what came of it.")
        return (_slide("decisions", finding, (told,)),)
    slides = [
        _slide("decisions" if place == 1 else f"decisions-{place}", finding, (), _table(part))
        for place, part in enumerate(in_parts(rows), 1)
    ]
    return with_rest(slides, len(rows))


def _slide(
    name: str, finding: str, sentences: tuple[str, ...], table: Table | None = None
) -> Slide:
    return Slide(
        id=name,
        part="decisions",
        title=say("Decisions"),
        finding=finding,
        sentences=sentences,
        table=table,
    )


def decided_here(reading: Reading) -> list[Row]:
    """The decisions of the meeting about this month, the newest first, also those withdrawn."""
    first, until = meeting_days(reading.folder, reading.month, reading.live)
    found = reading.live_rows("decisions_listed", municipality=COOPERATION, since=first)
    return [row for row in reading.own(found) if row["decided_on"] < until]


def meeting_days(
    folder: Path, month: dt.date, release: int | None = None
) -> tuple[dt.date, dt.date]:
    """The days on which what is decided belongs to the meeting about a month.

    Args:
        release: As this release knew the locks; the current one by default.

    Returns:
        The day of the month's lock and the day of the next one's, both far off where there is none.
    """
    rows = ask("months", store=folder, release=release).iter_rows(named=True)
    locks = {
        row["month"]: row["locked_at"].replace(tzinfo=dt.UTC).astimezone(OSLO).date()
        for row in rows
        if row["locked_at"] is not None
    }
    return locks.get(month, dt.date.max), locks.get(_next_month(month), dt.date.max)


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        say("What is decided"),
        (say("Decision"), say("Owner"), say("Due")),
        tuple((short(row), row["owner_role"], short_date(row["due_on"])) for row in rows),
    )


def _next_month(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
