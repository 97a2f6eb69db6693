"""A chart as SVG in the house style: for the wall, and for documents that look the same."""

from __future__ import annotations

import textwrap

from pages.charts import ink
from pages.charts.drawing import Chart
from pages.charts.stage_months import months
from pages.text.markup import Markup

ROW = 72
"""Pixels from one bar to the next, where there is room."""

ROOM = 24
"""A line of the title above the bars."""

BAR = 30
"""How thick a bar is."""

LABEL = 28
"""Letters of a bar's name on one line; longer ones take two."""


def svg(chart: Chart, width: int, height: int) -> Markup:
    """The drawing of a chart, with its words beside what they name and no legend.

    Args:
        width, height: Pixels of the stage; no text is smaller than 18 of them.
    """
    return months(chart, width, height) if chart.kind == "months" else bars(chart, width, height)


def bars(chart: Chart, width: int, height: int) -> Markup:
    """Lengths below each other, each named to its left and worded at its end."""
    names = [textwrap.wrap(point.label, LABEL) for point in chart.points]
    longest = max((ink.width_of(line, 20) for name in names for line in name), default=0)
    left = min(longest + 16, width * 0.45)
    room = max((ink.width_of(point.words, ink.LARGE) for point in chart.points), default=0) + 24
    highest = max((point.value or 0 for point in chart.points), default=0) or 1
    letters = len(chart.title) * width / max(ink.width_of(chart.title), 1)
    title = textwrap.wrap(chart.title, max(int(letters), LABEL))
    top = ROOM * len(title) + 12
    step = min(ROW, (height - top) / max(1, len(chart.points)))
    drawn: list[Markup] = []
    for place, (point, name) in enumerate(zip(chart.points, names, strict=True)):
        middle = top + step * (place + 0.5)
        tone = "worse" if point.is_leak else "accent"
        drawn += [
            ink.words(
                each,
                left - 14,
                middle + 7 + 24 * (row - (len(name) - 1) / 2),
                size=20,
                tone="worse" if point.is_leak else "ink",
                anchor="end",
                is_bold=point.is_leak,
            )
            for row, each in enumerate(name)
        ]
        length = (width - left - room) * (point.value or 0) / highest
        if length:
            drawn.append(ink.block(left, middle - BAR / 2, length, BAR, tone=tone, radius=3))
        drawn.append(
            ink.words(
                point.words,
                left + length + 12,
                middle + 8,
                size=ink.LARGE,
                tone="worse" if point.is_leak else "ink",
                is_bold=True,
            )
        )
    base = ink.line(left, top, left, top + step * len(chart.points), tone="edge", width=1.5)
    head = [ink.words(each, 0, 20 + ROOM * row) for row, each in enumerate(title)]
    return ink.drawing(width, height, chart.alt, *head, *drawn, base)
