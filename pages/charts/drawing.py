"""What a chart of the stage shows, as plain data: drawn as SVG, made a native chart in slides.

Every number that is drawn is a released cell's; every word is in the language spoken when it was
made.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["better", "worse", "change", "plain"]
"""What the newest point says: a colour of tokens.toml, "plain" for ink."""

Unit = Literal["count", "share", "days", "score"]


@dataclass(frozen=True)
class Table:
    """Text in rows, as much as fits; the first column names its row.

    Attributes:
        caption: What it holds, as a sentence.
        rows: As many texts in each as there are columns.
        marks: For a matrix of commitments the state of each cell ("kept", "not_kept", "not_due",
            "missing"), "" where there is none; empty for every other table.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.marks):
            assert len(row) == len(self.columns), row


@dataclass(frozen=True)
class Point:
    """One month, group or stage of a chart.

    Attributes:
        label: What stands below it on the axis: "okt. 26"; the name of a stage or group.
        words: What the cell shows: "5 av 6 ferdige tiltak", "mangler".
        period: Its first day; None for what is no time.
        value: The number as released (a share from 0 to 1); None for a gap and for a range.
        low, high: A range that is all that is known; no `high` for an open one ("50 or more").
        gap: Where there is no number, in a word, why: "mangler", "vises ikke".
        is_provisional: The number still grows.
        is_leak: Where most of a funnel stops.
    """

    label: str
    words: str
    period: dt.date | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    gap: str | None = None
    is_provisional: bool = False
    is_leak: bool = False


@dataclass(frozen=True)
class Goal:
    """A line across, as of what is aimed at: its value, and its word ("mål: minst 100 %")."""

    value: float
    words: str


@dataclass(frozen=True)
class Event:
    """A dated mark: what happened on a day ("vedtak 4. mars 2026")."""

    on: dt.date
    words: str


@dataclass(frozen=True)
class Chart:
    """One chart: points over time ("months") or beside each other ("bars").

    Attributes:
        kind: "months" is a line, the oldest first, every month in its place also
            where it has no number; "bars" are lengths, in their order, as of a funnel.
        title: What is shown, as a table or a slide calls it.
        counted: What the axis counts: "prosent av ferdige tiltak".
        direction: Which way is good, in words; empty where it needs none.
        newest: The words at the newest point, short: "5 av 6"; empty where it shows nothing.
        tone: The newest point's colour.
        goal, events: What is marked beside the points.
        middle: What the months are judged around.
        alt: The same in words, for those who do not see it.
        table: The same numbers as text.
    """

    kind: Literal["months", "bars"]
    title: str
    unit: Unit
    points: tuple[Point, ...]
    counted: str
    direction: str
    newest: str
    alt: str
    table: Table
    tone: Tone = "plain"
    goal: Goal | None = None
    middle: Goal | None = None
    events: tuple[Event, ...] = field(default=())
