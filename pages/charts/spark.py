"""A row's last 24 months as a thin line: gaps where nothing is shown, the newest point coloured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from pages.text.markup import Markup, tag

MONTHS = 24
"""Two years: every season comes twice, and the line is no longer than a thumb."""

WIDTH, HEIGHT = 168, 34
_EDGE = 4.0
"""Room around the line, in the same unit, so that no dot is cut."""

Point = tuple[dt.date, float | None]
"""The first day of a month or tertial, and the released value; None where nothing is shown."""


def spark(
    points: Sequence[Point],
    *,
    last: dt.date,
    ceiling: float | None = None,
    target: float | None = None,
    tone: str = "plain",
    title: str = "",
    description: str = "",
) -> Markup:
    """The line as SVG.

    Args:
        points: In order of time. The line never crosses a None.
        last: The last month of the axis; it starts MONTHS - 1 months earlier.
        ceiling: What the top of the drawing stands for: 1 for a share. The highest value or target
            by default. The bottom is always zero.
        target: Drawn as a dotted line.
        tone: The newest point's colour: better, worse, change or plain.
        title, description: What a screen reader says. Without them the drawing is hidden from it,
            for a row that says the same in words.
    """
    shown = [(_column(day, last), value) for day, value in points if _column(day, last) >= 0]
    values = [value for _, value in shown if value is not None]
    top = max([ceiling or 0.0, target or 0.0, *values]) or 1.0
    drawn: list[Markup] = []
    if target is not None:
        level = _y(target, top)
        drawn.append(tag("line", class_="target", x1=0, x2=WIDTH, y1=level, y2=level))
    for has_value, stretch in groupby(shown, key=lambda point: point[1] is not None):
        if has_value:
            drawn.append(_stretch([(_x(at), _y(value or 0.0, top)) for at, value in stretch]))
    if shown and shown[-1][1] is not None:
        at, value = shown[-1]
        drawn.append(
            tag("circle", class_=f"last {tone}", cx=_x(at), cy=_y(value or 0.0, top), r=3.4)
        )
    is_told = bool(title)
    return tag(
        "svg",
        tag("title", title) if title else None,
        tag("desc", description) if description else None,
        *drawn,
        class_="spark",
        viewbox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img" if is_told else None,
        aria_hidden=None if is_told else "true",
        focusable="false",
    )


def _column(day: dt.date, last: dt.date) -> int:
    """The month's place on the axis, from 0; negative before it."""
    return MONTHS - 1 + (day.year - last.year) * 12 + day.month - last.month


def _x(column: int) -> float:
    return _EDGE + column * (WIDTH - 2 * _EDGE) / (MONTHS - 1)


def _y(value: float, top: float) -> float:
    return HEIGHT - _EDGE - value / top * (HEIGHT - 2 * _EDGE)


def _stretch(places: Sequence[tuple[float, float]]) -> Markup:
    """Points in a row as a line; one alone, between two gaps, as a dot."""
    if len(places) == 1:
        ((x, y),) = places
        return tag("circle", class_="alone", cx=x, cy=y, r=1.6)
    return tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places))
