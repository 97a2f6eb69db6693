"""What a meeting reads, slide by slide, as plain data: for the wall, the PDF and the slide file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pages.charts.drawing import Chart, Table

Part = Literal["since_last", "attention", "participation", "actions", "comparison", "decisions"]
"""The parts of a meeting, in their order."""

Icon = Literal["rises", "falls", "wave", "dots", "tick", "middle", "cross", "dash"]
"""The small drawing beside a verdict; pages/charts/stage.py draws it."""

VerdictTone = Literal["better", "worse", "change", "same", "none"]


@dataclass(frozen=True)
class Verdict:
    """What a series or a target says: a drawing, its word ("sikker forbedring"), its tone."""

    icon: Icon
    word: str
    tone: VerdictTone


@dataclass(frozen=True)
class Slide:
    """One slide: one finding and what it rests on.

    Attributes:
        id: Its name in the programme, the same from month to month: "attention-told_back".
        part: The part of the meeting it belongs to.
        title: What the foot calls it, in a few words.
        finding: Its heading, a whole sentence.
        chart: What is drawn; None where words or a table say it better.
        verdicts: At most two: the change and the target.
        sentences: At most three, below the verdicts.
        question: What the meeting should decide; None where there is nothing to.
        table: Text in rows; None where there is none.
        indicator: What a decision made at this slide is about; None where it is about nothing in
            particular.
    """

    id: str
    part: Part
    title: str
    finding: str
    chart: Chart | None = None
    verdicts: tuple[Verdict, ...] = ()
    sentences: tuple[str, ...] = ()
    question: str | None = None
    table: Table | None = None
    indicator: str | None = None


@dataclass(frozen=True)
class Programme:
    """Everything the meeting of one month reads, for all municipalities or for one.

    Attributes:
        month: Its first day.
        place: What the municipality is called, or all of them together ("Alle kommuner").
        municipality: Its number, or "cooperation".
        release_number: The release that every number is from.
        version: 1 is what was locked; later data makes 2, 3, …
        locked_at: When the month was locked, on the store's clock (UTC); None before that.
        content_hash: Of the release's content: the same characters, the same numbers.
        made_at: When the release was made (UTC).
        is_demo: The numbers are made up.
        slides: In the order of the meeting.
    """

    month: dt.date
    place: str
    municipality: str
    release_number: int
    version: int
    locked_at: dt.datetime | None
    content_hash: str
    made_at: dt.datetime
    is_demo: bool
    slides: tuple[Slide, ...]
