"""The slides of the meeting as markup: each a sheet of 1280 by 720, one of them shown at a time."""

from __future__ import annotations

import datetime as dt
import re

from pages.charts.drawing import Table
from pages.charts.icons import commitment_icon, verdict_icon
from pages.charts.stage import svg
from pages.programme.slides import Programme, Slide
from pages.text import date_and_time, day_and_time, month, number, say
from pages.text.formats import NO_BREAK
from pages.text.markup import Markup, join, tag

CHART_WIDTH, CHART_HEIGHT = 660, 430
"""Pixels of the stage: the left half, below a finding of two lines."""

WIDE_HEIGHT = 380
"""The same of bars, which need less."""

HASH = 8
"""Characters of the content's hash that stand on the wall: enough to tell two editions apart."""

LONG = 84
"""Letters above which a finding is set smaller, so that it takes two lines at most."""


def slides(programme: Programme, locked_at: dt.datetime | None) -> Markup:
    """Every slide, in the order of the meeting.

    Args:
        locked_at: The moment of the lock on the clock of Norway; None before it.
    """
    count = len(programme.slides)
    head = _head(programme, locked_at)
    return tag(
        "div",
        [
            _slide(slide, place, count, head, programme.place)
            for place, slide in enumerate(programme.slides, 1)
        ],
        class_="slides",
    )


def _slide(slide: Slide, place: int, count: int, head: Markup, whose: str) -> Markup:
    finding = tag(
        "div",
        _unbroken(slide.finding),
        role="heading",
        aria_level=1,
        class_="slide-finding long" if len(slide.finding) > LONG else "slide-finding",
    )
    where = say("{n} of {count}", n=number(place), count=number(count))
    return tag(
        "section",
        head,
        finding,
        _body(slide, whose),
        tag("p", tag("span", where), " · ", slide.title, class_="slide-where"),
        class_=f"slide part-{slide.part}",
        aria_label=where,
        data_slide=place,
        data_part=slide.part,
        data_title=slide.title,
        data_about=slide.indicator or "",
        data_question=slide.question or "",
    )


_NUMBER = r"\b\d+(?:[.,]\d+)*"
_TOGETHER = re.compile(rf"\S*\w–\w\S*|{_NUMBER} [^\W\d]+ (?={_NUMBER})|{_NUMBER} (?=[^\W\d])")
"""A range, a part of a whole, and a number with what it counts: what would be misread where the
line breaks in it."""


def _unbroken(finding: str) -> Markup:
    """A sentence whose lines break between its words, and not within its numbers."""
    parts: list[str | Markup] = []
    place = 0
    for found in _TOGETHER.finditer(finding):
        words = found[0].replace(" ", NO_BREAK)
        parts += [
            finding[place : found.start()],
            tag("span", words, class_="whole") if "–" in words else words,
        ]
        place = found.end()
    return join([*parts, finding[place:]])


def _head(programme: Programme, locked_at: dt.datetime | None) -> Markup:
    said = [month(programme.month), programme.place]
    if programme.version == 1:
        # A corrected edition says so in the same line, and has no room for more.
        said.insert(0, say("Leaders' meeting"))
    if locked_at is not None:
        is_same_year = locked_at.year == programme.month.year
        told = day_and_time(locked_at) if is_same_year else date_and_time(locked_at)
        locked: Markup | None = tag("strong", say("locked {date}", date=told))
    else:
        locked = tag("strong", say("not locked"))
    edition = say("edition {number}", number=programme.release_number)
    if programme.version > 1:
        edition = say("corrected, version {number}", number=programme.version) + f" · {edition}"
    facts = tag(
        "p",
        " · ".join(said),
        " · ",
        locked,
        f" · {edition} · ",
        tag("span", programme.content_hash[:HASH], class_="hash", translate="no"),
        class_="slide-facts",
    )
    demo = (
        tag("p", say("Example data – the numbers are made up"), class_="slide-demo")
        if programme.is_demo
        else None
    )
    return tag("div", facts, demo, class_="slide-head")


def _body(slide: Slide, place: str) -> Markup:
    said = _said(slide)
    if slide.chart is not None:
        height = CHART_HEIGHT if slide.chart.kind == "months" else WIDE_HEIGHT
        drawn = svg(slide.chart, CHART_WIDTH, height)
        unseen = tag("div", _table(slide.chart.table, place), class_="unseen")
        return tag("div", tag("div", drawn, unseen, class_="slide-chart"), said, class_="beside")
    if slide.table is not None:
        is_wide = len(slide.table.columns) > 2
        return tag("div", _table(slide.table, place), said, class_="below" if is_wide else "beside")
    return tag("div", said, class_="alone")


def _said(slide: Slide) -> Markup | None:
    if not (slide.verdicts or slide.sentences or slide.question):
        return None
    return tag(
        "div",
        [
            tag(
                "p",
                verdict_icon(verdict.icon, verdict.tone),
                tag("span", verdict.word),
                class_=f"verdict-{which}",
            )
            for which, verdict in enumerate(slide.verdicts, 1)
        ],
        [tag("p", _unbroken(sentence), class_="sentence") for sentence in slide.sentences],
        _question(slide.question),
        class_="slide-said",
    )


def _question(question: str | None) -> Markup | None:
    if question is None:
        return None
    return tag(
        "div",
        tag("p", say("To decide"), class_="to-decide"),
        tag("p", question),
        class_="question",
    )


def _table(table: Table, own: str) -> Markup:
    """The table; the row of the chosen municipality stands out."""
    marks = table.marks or tuple(("",) * len(table.columns) for _ in table.rows)
    heads = [tag("th", name, scope="col") for name in table.columns]
    rows = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            [_cell(text, mark) for text, mark in zip(row[1:], states[1:], strict=True)],
            class_="own" if row[0] == own else None,
        )
        for row, states in zip(table.rows, marks, strict=True)
    ]
    return tag(
        "table",
        tag("caption", table.caption, class_="unseen"),
        tag("thead", tag("tr", heads)),
        tag("tbody", rows),
        class_="kept" if table.marks else None,
    )


def _cell(text: str, state: str) -> Markup:
    if not state:
        return tag("td", text)
    return tag("td", commitment_icon(state), tag("span", text))
