"""One municipality's own history, drawn on the same scale as its neighbours'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from pages.charts.spark import MONTHS, Point
from pages.text.markup import Markup, tag

WIDTH, HEIGHT = 360, 156
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 20, 26
"""Room for the numbers of the axis, the newest dot, the target's word and the months, in pixels."""


def panel(
    points: Sequence[Point],
    *,
    last: dt.date,
    top: float,
    ticks: Sequence[tuple[float, str]],
    ends: tuple[str, str],
    title: str,
    description: str,
    target: float | None = None,
    target_word: str = "",
    tone: str = "plain",
    is_joined: bool = True,
) -> Markup:
    """One panel as SVG.

    Args:
        points: In order of time; None is a gap, which no line crosses.
        last: The last month of the axis; it starts 23 months earlier.
        top: What the upper edge stands for, the same in every panel. The lower edge is zero.
        ticks: The values with a line across, and their words.
        ends: The words of the first and the last month.
        title, description: What a screen reader says.
        is_joined: Whether a line joins the months. A share of one or two jumps between 0 and 100 %,
            and a line would draw what is not there.
        target: Drawn dotted, with its word at the left, where the newest dot is not.
    """
    shown = [(_column(day, last), value) for day, value in points if _column(day, last) >= 0]
    drawn: list[Markup] = []
    for value, word in ticks:
        y = _y(value, top)
        drawn.append(tag("line", class_="grid", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y))
        drawn.append(tag("text", word, class_="tick", x=_LEFT - 8, y=y + 4.5, text_anchor="end"))
    if target is not None and target <= top:
        y = _y(target, top)
        drawn.append(tag("line", class_="target", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y))
        drawn.append(tag("text", target_word, class_="tick", x=_LEFT, y=y - 6))
    for has_value, stretch in groupby(shown, key=lambda point: point[1] is not None):
        if has_value:
            places = [(_x(at), _y(value or 0.0, top)) for at, value in stretch]
            drawn += _stretch(places) if is_joined else _dots(places, r=2.8)
    known = [(at, value) for at, value in shown if value is not None]
    if known and known[-1] == shown[-1]:
        at, value = known[-1]
        drawn.append(tag("circle", class_=f"last {tone}", cx=_x(at), cy=_y(value, top), r=4.5))
    foot = HEIGHT - 6
    drawn.append(tag("text", ends[0], class_="tick", x=_LEFT, y=foot))
    drawn.append(tag("text", ends[1], class_="tick", x=WIDTH - _RIGHT, y=foot, text_anchor="end"))
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        *drawn,
        class_="panel-chart",
        viewbox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=f"{title}. {description}",
    )


def _column(day: dt.date, last: dt.date) -> int:
    return MONTHS - 1 + (day.year - last.year) * 12 + day.month - last.month


def _x(column: int) -> float:
    return _LEFT + 6 + column * (WIDTH - _LEFT - _RIGHT - 12) / (MONTHS - 1)


def _y(value: float, top: float) -> float:
    return HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM)


def _stretch(places: Sequence[tuple[float, float]]) -> list[Markup]:
    """Points in a row: a thin line with a dot for each, so that single months can be seen."""
    if len(places) == 1:
        return _dots(places)
    line = tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places))
    return [line, *_dots(places)]


def _dots(places: Sequence[tuple[float, float]], r: float = 1.9) -> list[Markup]:
    return [tag("circle", class_="alone", cx=x, cy=y, r=r) for x, y in places]
