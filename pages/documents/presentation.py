"""The meeting's slides as a file to edit: the same order and words, native charts, real tables."""

from __future__ import annotations

import io
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from pages.charts.drawing import Table
from pages.documents.deck import BODY, EDGE, PX, WIDTH, deck, foot, place, rgb, speak
from pages.documents.native import add_chart
from pages.documents.same_bytes import same_bytes
from pages.documents.stamp import BETWEEN, example, stamp
from pages.programme.slides import Programme, Slide, Verdict
from pages.text import language, month, say

LEFT = (EDGE, 156, 740, 490)
RIGHT = (EDGE + 740 + 36, 168, WIDTH - 2 * EDGE - 740 - 36, 478)
"""The chart, and the words beside it: left, top, width and height in pixels of the stage."""

BELOW_TABLE = 16
ROW = 40
"""Pixels below a table, and of a row of one line."""

TABLE_POINTS = (18, 16, 14, 12)
"""From the largest that a table is set at; the more rows the smaller."""

ROWS_AT = (6, 8, 10)
"""More rows than these take the next size."""

LETTERS = 1680
"""About so many letters of one point go side by side into the width of a slide."""

SHORT = 26
"""Letters of a column, as of dates and roles, that is given the room for one line."""

LIGHT = "{3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5}"
"""The table style that office programs call Light Style 1 - Accent 1: rules, and no fill."""

TITLE_POINTS_FROM = {0: 30, 95: 26, 140: 22}
"""The size of a finding by its letters, so that it keeps to its two lines."""

TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
"""The languages as office programs name them, for reading aloud and for spelling."""

SIGNS = {
    "rises": "↗", "falls": "↘", "wave": "∼", "dots": "…", "tick": "✓", "middle": "◌",
    "cross": "✕", "dash": "–",
}  # fmt: skip
"""The drawing beside a verdict, as a letter: the word beside it says the same."""


def slides(programme: Programme) -> bytes:
    """The slide file: the same bytes from the same programme."""
    made, tag = deck(), TAGS[language()]
    about = made.core_properties
    about.title = say(
        "Slides: {place}, {month}", place=programme.place, month=month(programme.month)
    )
    about.author = about.last_modified_by = "Forankring"
    about.subject, about.language = stamp(programme), tag
    words = BETWEEN.join(filter(None, (example(programme), stamp(programme))))
    for slide in programme.slides:
        page = made.slides.add_slide(made.slide_layouts[0])
        _fill(page, slide, tag)
        foot(page, words)
        page.notes_slide.notes_text_frame.text = "\n".join(notes(slide))
        speak(page._element, tag)
        speak(page.notes_slide._element, tag)
    for part in (made.slide_master, made.slide_layouts[0], made.notes_master, made.part):
        speak(part._element, tag)
    out = io.BytesIO()
    made.save(out)
    return same_bytes(out.getvalue(), programme.made_at)


def notes(slide: Slide) -> list[str]:
    """What is said with a slide: all its words, and its chart for those who do not see it."""
    said = [slide.finding, *(one.word for one in slide.verdicts), *slide.sentences]
    said += [slide.question] if slide.question else []
    said += [slide.chart.alt] if slide.chart else []
    return said


def _fill(page: Any, slide: Slide, tag: str) -> None:
    title = page.shapes.title.text_frame
    title.text = slide.finding
    size = max(least for least in TITLE_POINTS_FROM if least <= len(slide.finding))
    if size:
        title.paragraphs[0].runs[0].font.size = Pt(TITLE_POINTS_FROM[size])
    body = page.placeholders[1]
    if slide.chart is not None:
        add_chart(page, slide.chart, LEFT, tag)
        place(body, *RIGHT)
    if slide.table is not None and slide.chart is None:
        bottom = _table(page, slide.table)
        place(body, EDGE, bottom + BELOW_TABLE, BODY[2], max(BODY[1] + BODY[3] - bottom - 16, 40))
    if not _say(body, slide):
        body._element.getparent().remove(body._element)


def _say(body: Any, slide: Slide) -> bool:
    """The words beside the chart or below the table; whether there were any."""
    paragraphs: list[tuple[str, str, bool]] = [
        (_verdict(one), one.tone, True) for one in slide.verdicts
    ]
    paragraphs += [(sentence, "ink", False) for sentence in slide.sentences]
    paragraphs += [(slide.question, "ink", True)] if slide.question else []
    frame = body.text_frame
    for index, (words, tone, is_bold) in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.bold = words, is_bold
        run.font.color.rgb = rgb("ink" if tone in ("same", "none") else tone)
        paragraph.space_after = Pt(10)
    return bool(paragraphs)


def _verdict(one: Verdict) -> str:
    return f"{SIGNS[one.icon]} {one.word}"


def _table(page: Any, table: Table) -> float:
    """The table on the slide; where it ends, in pixels."""
    rows, columns = len(table.rows) + 1, len(table.columns)
    points = _points(table)
    widths = _widths(table, LETTERS / points)
    lines = [
        max(
            -(-(len(text) + 2) // max(widths[place] * LETTERS / points, 1))
            for place, text in enumerate(row)
        )
        for row in (table.columns, *table.rows)
    ]
    heights = [10 + 1.7 * points * count for count in lines]
    left, top, width, _ = BODY
    frame = page.shapes.add_table(
        rows,
        columns,
        Emu(left * PX),
        Emu(top * PX),
        Emu(width * PX),
        Emu(round(sum(heights) * PX)),
    )
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", table.caption)
    named.set("name", table.caption)
    native = frame.table
    native.first_row, native.first_col, native.horz_banding = True, True, False
    native._tbl.tblPr.find(qn("a:tableStyleId")).text = LIGHT
    for column, share in zip(native.columns, widths, strict=True):
        column.width = Emu(round(share * width * PX))
    for index, (row, height) in enumerate(zip(native.rows, heights, strict=True)):
        row.height = Emu(round(height * PX))
        texts = table.columns if index == 0 else table.rows[index - 1]
        marks = table.marks[index - 1] if index and table.marks else ("",) * columns
        for cell, text, mark in zip(row.cells, texts, marks, strict=True):
            _cell(cell, text, mark, points, is_head=index == 0)
    return top + sum(heights)


def _cell(cell: Any, text: str, mark: str, points: int, *, is_head: bool) -> None:
    cell.text_frame.text = text
    for name in ("margin_top", "margin_bottom"):
        setattr(cell, name, Emu(4 * PX))
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size = Pt(points)
        if mark == "not_kept" and not is_head:
            run.font.bold, run.font.color.rgb = True, rgb("worse")


def _points(table: Table) -> int:
    """The largest size at which the rows fit the slide, and the short columns their lines."""
    allowed = TABLE_POINTS[sum(len(table.rows) > limit for limit in ROWS_AT) :]
    need = sum(each for each in _longest(table) if each <= SHORT)
    return next((points for points in allowed if need <= LETTERS / points), allowed[-1])


def _longest(table: Table) -> list[int]:
    """How many letters each column wants: its longest text, and its heading's longest word."""
    return [
        max(
            *(len(word) for word in table.columns[place].split()),
            *(len(row[place]) for row in table.rows),
            4,
        )
        + 3
        for place in range(len(table.columns))
    ]


def _widths(table: Table, letters: float) -> list[float]:
    """How large a part of the width each column takes: short ones a line, the others the rest.

    Args:
        letters: How many go side by side into the whole width.
    """
    longest = _longest(table)
    short = {place: need / letters for place, need in enumerate(longest) if need <= SHORT}
    rest = 1 - sum(short.values())
    long = sum(need for place, need in enumerate(longest) if place not in short)
    if (long and rest < 0.25) or not long:
        return [need / sum(longest) for need in longest]
    return [short.get(place, need / long * rest) for place, need in enumerate(longest)]
