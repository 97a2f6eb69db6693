"""The meeting's slides as a file to edit: the same order and words, native charts, real tables."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from pages.charts.drawing import Table
from pages.documents.deck import BODY, EDGE, PX, WIDTH, deck, foot, place, rgb, speak
from pages.documents.native import add_chart
from pages.documents.same_bytes import same_bytes
from pages.documents.stamp import BETWEEN, TAGS, example, stamp
from pages.programme.slides import Programme, Slide, Verdict
from pages.text import language, month, say

LEFT = (EDGE, 156, 740, 490)
RIGHT = (EDGE + 740 + 36, 168, WIDTH - 2 * EDGE - 740 - 36, 478)
"""The chart, and the words beside it: left, top, width and height in pixels of the stage."""

BELOW_TABLE, SENTENCE = 16, 44
"""Pixels between a table and the words below it, and of each sentence there."""

TABLE_POINTS = (18, 16, 14, 12)
"""The sizes of a table, from the largest: the first at which it fits is taken."""

LETTERS = 1680
"""About so many letters of one point go side by side into the width of a slide."""

LIGHT = "{3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5}"
"""The table style that office programs call Light Style 1 - Accent 1: rules, and no fill."""

TITLE_POINTS_FROM = {0: 30, 95: 26, 140: 22}
"""The size of a finding by its letters, so that it keeps to its two lines."""

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
        left, top, width, height = BODY
        words = SENTENCE * (len(slide.sentences) + bool(slide.question)) + BELOW_TABLE
        bottom = _table(page, slide.table, height - words)
        place(body, left, bottom + BELOW_TABLE, width, top + height - bottom - BELOW_TABLE)
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


def _table(page: Any, table: Table, room: float) -> float:
    """The table on the slide; where it ends, in pixels.

    Args:
        room: Pixels that it may take.
    """
    rows, columns = len(table.rows) + 1, len(table.columns)
    points, widths, heights = _fitted(table, room)
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


def _fitted(table: Table, room: float) -> tuple[int, list[float], list[float]]:
    """The size at which a table fits, each column's part of the width, each row's pixels."""
    for points in TABLE_POINTS:
        letters = LETTERS / points
        widths = _widths(table, letters)
        heights = [
            10 + 1.7 * points * _lines(row, widths, letters) for row in (table.columns, *table.rows)
        ]
        if sum(heights) <= room and sum(_words(table)) <= letters:
            break
    return points, widths, heights


def _widths(table: Table, letters: float) -> list[float]:
    """How large a part of the width each column takes: its longest word, and of the rest what its
    longest text needs."""
    least = _words(table)
    wanted = [
        max(2 + len(row[place]) - least[place] for row in table.rows)
        for place in range(len(table.columns))
    ]
    rest = max(letters - sum(least), 0)
    share = rest / max(sum(max(each, 0) for each in wanted), 1)
    found = [need + max(more, 0) * min(share, 1) for need, more in zip(least, wanted, strict=True)]
    return [each / sum(found) for each in found]


def _words(table: Table) -> list[int]:
    """The letters of each column's longest word, and the room around it."""
    return [
        3 + max(len(word) for row in (table.columns, *table.rows) for word in row[place].split(" "))
        for place in range(len(table.columns))
    ]


def _lines(row: Sequence[str], widths: Sequence[float], letters: float) -> int:
    """How many lines the row's longest cell takes."""
    return max(
        math.ceil((len(text) + 1) / max(width * letters - 2, 1))
        for text, width in zip(row, widths, strict=True)
    )
