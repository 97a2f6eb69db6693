"""The month sheet: two pages of A4 as a PDF that a screen reader reads and an archive keeps."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import typst

from pages.charts.drawing import Table
from pages.charts.stage import svg
from pages.documents import fonts, stamp
from pages.documents.drawings import standalone
from pages.documents.month import Line, Month, attested_words
from pages.documents.row_heads import with_row_heads
from pages.parts.places import sentence
from pages.programme.since_last import more_words
from pages.programme.slides import Part, Programme, Slide
from pages.text import language, month, plural, say
from pages.web.tokens import tokens

TEMPLATE = Path(__file__).with_suffix(".typ")

CHART_WIDTH, CHART_HEIGHT = 560, 260
"""Pixels of the stage: at 76 mm its smallest text, 18 px, is 7 points on paper."""


def month_sheet(programme: Programme, of: Month) -> bytes:
    """The sheet as PDF: the same bytes from the same release.

    Args:
        programme: What the meeting read; its points of attention and its decisions.
        of: The same month and place, every number of it.
    """
    facts = json.dumps(_sheet(programme, of), ensure_ascii=False, sort_keys=True)
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=fonts.fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": facts},
        # UA-1: tagged, so that it can be read aloud. A-2a: whole in itself, for the archive.
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(programme.made_at.replace(tzinfo=dt.UTC).timestamp()),
    )
    return with_row_heads(made)


def _sheet(programme: Programme, of: Month) -> dict[str, Any]:
    """Everything that the template sets, as plain data."""
    look = tokens()
    when = month(of.when)
    rest = max(len(of.changes) - MOST_CHANGES, 0)
    more = plural("{Words} more stands below.", "{Words} more stand below.", rest) if rest else ""
    of_part = {part: [slide for slide in programme.slides if slide.part == part] for part in PARTS}
    return {
        "language": language(),
        "region": stamp.TAGS[language()].partition("-")[2],
        "title": say("Month sheet: {place}, {month}", place=programme.place, month=when),
        "author": "Forankring",
        "facts": sentence(stamp.made_from(programme)),
        "foot": stamp.stamp(programme),
        "page_of": say("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "example": stamp.example(programme),
        "corrected": _corrected(of.corrected),
        "finding": of.finding,
        "look": {"font": fonts.FAMILY, "colour": look["colour"]},
        "changes": {
            "title": say("This has changed"),
            "nothing": "",
            "items": [
                {"what": one.what, "why": one.why, "tone": one.tone}
                for one in of.changes[:MOST_CHANGES]
            ]
            + [_plain(words) for words in (more, of.unchanged, of.freshness) if words],
        },
        "waiting": {
            "title": say("What is waiting"),
            "nothing": say("Nothing waits at the end of this month."),
            "items": [_plain(lead) for lead in of.waiting],
        },
        "attention": {
            "title": say("For the leaders' attention"),
            "points": [_point(slide) for slide in of_part["attention"]],
        },
        "more": {
            "title": say("Participation and actions"),
            "points": [
                _point(slide)
                for part in ("participation", "actions")
                for slide in of_part[part]
                if slide.chart is not None
            ],
        },
        "numbers": {
            "title": say("Every indicator for {month}", month=when),
            "columns": [
                say("Indicator"),
                when.partition(" ")[0].capitalize(),
                say("24 months"),
                say("Change"),
                say("Target"),
            ],
            "note": say("{mark} The target is a proposal.", mark=MARK),
            "groups": [
                {"title": group.title, "lines": [_line(line) for line in group.lines]}
                for group in of.groups
            ],
        },
        "agreed": [_told(of_part["comparison"])],
        "decided": [_told(of_part["since_last"]), _told(of_part["decisions"])],
        "attested": {
            "title": say("The heads' attestation"),
            "sentences": attested_words(of.attestations),
            "note": say(
                "Attestations come after the lock. These are those given until {moment}.",
                moment=stamp.told(of.attestations.as_of),
            ),
        },
    }


MARK = "*"
"""What a target has after it that is a proposal."""

MOST_CHANGES = 5
"""As many as the meeting takes up; all of them stand in the matrix."""

MOST_CORRECTED = 4
"""Corrected numbers that are told one by one; all of them are told in the dashboard."""

PARTS = get_args(Part)


def _corrected(lines: Sequence[str]) -> list[str]:
    """What the sheet tells of a correction: that there is one, and its first numbers."""
    rest = len(lines) - 1 - MOST_CORRECTED
    if rest <= 0:
        return list(lines)
    more = plural("{Words} more number changed.", "{Words} more numbers changed.", rest)
    return [*lines[: 1 + MOST_CORRECTED], more]


def _plain(words: str) -> dict[str, str]:
    return {"what": words, "why": "", "tone": "plain"}


def _point(slide: Slide) -> dict[str, Any]:
    chart = slide.chart
    drawn = None
    if chart is not None:
        drawn = {"svg": standalone(svg(chart, CHART_WIDTH, CHART_HEIGHT)), "alt": chart.alt}
    return {
        "finding": slide.finding,
        "chart": drawn,
        "verdicts": [{"word": one.word, "tone": one.tone} for one in slide.verdicts],
        "sentences": list(slide.sentences),
        "question": slide.question,
        "table": None if slide.table is None or chart is not None else _table(slide.table),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "title": line.title,
        "value": line.value,
        "below": line.below,
        "change": line.change,
        "tone": line.tone,
        "assurance": line.assurance,
        # A proposal is marked and said once below: in words it would take a line of its own.
        "target": line.target.replace(say("{target} (proposal)", target=""), MARK),
        "drawing": line.line and {"svg": standalone(line.line[0]), "alt": line.line[1]},
    }


def _told(slides: Sequence[Slide]) -> dict[str, Any]:
    """What a part of the meeting told, in one table however many slides it took."""
    first = slides[0]
    if first.table is None:
        return {"title": first.title, "finding": f"{first.finding}.", "table": None}
    rows = [row for slide in slides if slide.table is not None for row in slide.table.rows]
    return {
        "title": first.title,
        "finding": f"{first.finding}.",
        "table": _table(replace(first.table, rows=tuple(rows))),
        # What is said where so many of the last rows do not fit on the page.
        "without": [more_words(n) for n in range(len(rows) + 1)],
    }


def _table(of: Table) -> dict[str, Any]:
    return {"columns": of.columns, "rows": of.rows, "marks": of.marks}
