"""One indicator's months on the stage: a thin line, gaps as what they are, the newest named."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pages.charts import ink
from pages.charts.drawing import Chart, Event, Point
from pages.charts.scale import axis
from pages.text.markup import Markup

HEAD = 56
"""Room above the plot: what is counted, which way is good, the word of a target at the top."""

FOOT = 44
"""Room below it: the months."""

LINE = 24
"""One line of words at the size of notes, with air."""

HEADROOM = 0.04
"""How far above its highest line the plot reaches, as a part of it, so that no dot is cut."""

LABELS_EVERY = 6
"""Months between two labels."""

WORDS_WIDE = 9
"""Months beside which the word of a target stands."""

EVENTS_APART = 12
"""Months within which the words of two events would run into each other."""

NEWEST = 12
"""Letters on a line of the words at the newest point."""

TONES = {"better": "better", "worse": "worse", "change": "change", "plain": "ink"}


@dataclass(frozen=True)
class Box:
    """Where words stand, in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the words lie over the other ones."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True)
class Plot:
    """Where the drawing's months and values lie, in pixels."""

    left: float
    right: float
    top: float
    bottom: float
    count: int
    highest: float

    def x(self, place: float) -> float:
        """The middle of a month, the first being 0."""
        return self.left + (place + 0.5) * (self.right - self.left) / self.count

    def y(self, value: float) -> float:
        """The height of a value; what lies above the plot is drawn at its top."""
        part = min(value / (self.highest * (1 + HEADROOM)), 1.0)
        return self.bottom - part * (self.bottom - self.top)


def months(chart: Chart, width: int, height: int) -> Markup:
    """The drawing of a chart of months."""
    ticks, labels = axis(chart.unit, _highest(chart))
    placed = _placed(chart)
    rows = max((row + 1 for _, _, row in placed), default=0)
    newest = textwrap.wrap(chart.newest, NEWEST, break_long_words=False)
    plot = Plot(
        left=max(ink.width_of(label) for label in labels) + 14,
        right=width - max((ink.width_of(each, ink.LARGE) for each in newest), default=0) - 26,
        top=HEAD,
        bottom=height - FOOT - LINE * rows - (8 if rows else 0),
        count=len(chart.points),
        highest=ticks[-1],
    )
    goal = _goal_place(chart, plot)
    return ink.drawing(
        width,
        height,
        chart.alt,
        *_gaps(chart, plot, goal),
        *_grid(ticks, labels, plot),
        *_months(chart.points, plot, height),
        *_events(placed, plot),
        *_goal_line(chart, plot),
        *_middle_line(chart, plot, goal),
        *_bands(chart.points, plot),
        *_line(chart, plot),
        *_goal_words(chart, goal),
        *_newest(chart, newest, plot),
        ink.words(_counted(chart), 0, 20),
    )


def _counted(chart: Chart) -> str:
    words = f"{chart.counted[:1].upper()}{chart.counted[1:]}"
    return f"{words}: {chart.direction}" if chart.direction else words


def _highest(chart: Chart) -> float:
    values = [point.value for point in chart.points if point.value is not None]
    # The open band needs room above its lower edge to be seen as open.
    values += [point.high or point.low * 1.4 for point in chart.points if point.low is not None]
    # The middle is of the first months, which may all lie before those that are drawn.
    values += [line.value for line in (chart.goal, chart.middle) if line is not None]
    return max(values, default=1.0)


def _grid(ticks: Sequence[float], labels: Sequence[str], plot: Plot) -> list[Markup]:
    drawn = []
    for tick, label in zip(ticks, labels, strict=True):
        y = plot.y(tick)
        drawn.append(ink.line(plot.left, y, plot.right, y, tone="line", width=1))
        drawn.append(ink.words(label, plot.left - 10, y + 6, anchor="end"))
    return drawn


def _months(points: Sequence[Point], plot: Plot, height: int) -> list[Markup]:
    last = len(points) - 1
    every = LABELS_EVERY if last >= LABELS_EVERY * 2 else LABELS_EVERY // 2
    return [
        ink.words(points[place].label, plot.x(place), height - 10, anchor="middle")
        for place in range(last, -1, -every)
        if place >= 1 or last < every
    ]


def _gaps(chart: Chart, plot: Plot, goal: Box | None) -> list[Markup]:
    """Months without a number, shaded, with the word that says why."""
    drawn = []
    for word, start, end in _runs(chart.points, plot):
        drawn.append(ink.block(start, plot.top, end - start, plot.bottom - plot.top, tone="hover"))
        box = _upright(word, start, end, plot)
        foot = box.bottom
        if goal is not None and box.meets(goal):
            # Above the word of the target, which stands at its line.
            foot = goal.top - 4
        drawn.append(ink.words(word, box.right - 6, foot, turn=-90))
    return drawn


def _runs(points: Sequence[Point], plot: Plot) -> list[tuple[str, float, float]]:
    """The months in a row that lack a number for the same reason: its word, from where to where."""
    half = plot.x(0.5) - plot.x(0)
    found = []
    for word, run in groupby(enumerate(points), key=lambda pair: pair[1].gap):
        if word is not None:
            places = [place for place, _ in run]
            found.append((word, plot.x(places[0]) - half, plot.x(places[-1]) + half))
    return found


def _upright(word: str, start: float, end: float, plot: Plot) -> Box:
    """Where the word of a gap stands: upright it fits one month as well as several."""
    middle = (start + end) / 2
    foot = plot.bottom - 10
    return Box(middle - LINE / 2, middle + LINE / 2, foot - ink.width_of(word), foot)


def _bands(points: Sequence[Point], plot: Plot) -> list[Markup]:
    """A number that is known only as a range is drawn as that range."""
    width = (plot.right - plot.left) / plot.count * 0.5
    drawn = []
    for place, point in enumerate(points):
        if point.low is None:
            continue
        top = plot.top if point.high is None else plot.y(point.high)
        bottom = plot.y(point.low)
        drawn.append(
            ink.block(
                plot.x(place) - width / 2, top, width, bottom - top, tone="edge", opacity=0.55
            )
        )
    return drawn


def _line(chart: Chart, plot: Plot) -> list[Markup]:
    drawn: list[Markup] = []
    shown = enumerate(chart.points)
    for is_there, run in groupby(shown, key=lambda pair: pair[1].value is not None):
        if is_there:
            stretch = [(plot.x(place), plot.y(point.value or 0.0)) for place, point in run]
            drawn.append(ink.path(stretch, tone="same", width=2.5))
    last = len(chart.points) - 1
    for place, point in enumerate(chart.points):
        if point.value is None:
            continue
        is_newest = place == last
        drawn.append(
            ink.dot(
                plot.x(place),
                plot.y(point.value),
                8 if is_newest else 4.5,
                tone=TONES[chart.tone] if is_newest else "same",
                is_open=point.is_provisional,
            )
        )
    return drawn


def _newest(chart: Chart, lines: Sequence[str], plot: Plot) -> list[Markup]:
    if not lines:
        return []
    point = chart.points[-1]
    if point.value is not None:
        y = plot.y(point.value)
    elif point.low is not None:
        y = (plot.y(point.low) + (plot.top if point.high is None else plot.y(point.high))) / 2
    else:
        y = plot.bottom
    start = y + 8 - 26 * (len(lines) - 1) / 2
    start = min(max(start, plot.top + 8), plot.bottom - 26 * (len(lines) - 1) + 6)
    return [
        ink.words(
            each,
            plot.x(len(chart.points) - 1) + 18,
            start + 26 * row,
            size=ink.LARGE,
            tone=TONES[chart.tone],
            is_bold=True,
        )
        for row, each in enumerate(lines)
    ]


def _goal_line(chart: Chart, plot: Plot) -> list[Markup]:
    if chart.goal is None:
        return []
    y = plot.y(chart.goal.value)
    return [ink.line(plot.left, y, plot.right, y, tone="quiet", width=2, dashes="0.5 6")]


def _middle_line(chart: Chart, plot: Plot, goal: Box | None) -> list[Markup]:
    """The middle that the months are judged around; its words stand above, where no month lies."""
    if chart.middle is None:
        return []
    y, words = plot.y(chart.middle.value), f"— {chart.middle.words}"
    drawn = [ink.line(plot.left, y, plot.right, y, tone="edge", width=1)]
    place = Box(plot.right - ink.width_of(words), plot.right, plot.top - LINE, plot.top)
    if goal is None or not place.meets(goal):
        drawn.append(ink.words(words, plot.right, plot.top - 9, tone="quiet", anchor="end"))
    return drawn


def _goal_place(chart: Chart, plot: Plot) -> Box | None:
    """Where the target's word stands: at its line, where it hides fewest of the points."""
    if chart.goal is None:
        return None
    y, wide = plot.y(chart.goal.value), ink.width_of(chart.goal.words)
    gaps = [_upright(*run, plot) for run in _runs(chart.points, plot)]

    def box(*, is_left: bool, is_above: bool) -> Box:
        left = plot.left + 4 if is_left else plot.right - 4 - wide
        top = y - LINE - 6 if is_above else y
        return Box(left, left + wide, top, top + LINE + 6)

    def hidden(box: Box) -> tuple[int, bool]:
        is_left = box.left == plot.left + 4
        points = chart.points[:WORDS_WIDE] if is_left else chart.points[-WORDS_WIDE:]
        # The word of a gap can make room; a point cannot.
        return sum(
            point.value is not None and box.top <= plot.y(point.value) <= box.bottom
            for point in points
        ), any(box.meets(gap) for gap in gaps)

    above = [box(is_left=is_left, is_above=True) for is_left in (True, False)]
    below = [box(is_left=is_left, is_above=False) for is_left in (True, False)]
    return min(above if y + LINE > plot.bottom else above + below, key=hidden)


def _goal_words(chart: Chart, place: Box | None) -> list[Markup]:
    if chart.goal is None or place is None:
        return []
    return [ink.words(chart.goal.words, place.left, place.bottom - 9, tone="quiet")]


def _events(placed: Sequence[tuple[Event, float, int]], plot: Plot) -> list[Markup]:
    drawn = []
    for event, place, row in placed:
        x = plot.x(place)
        foot = plot.bottom + LINE * (row + 1)
        drawn.append(ink.line(x, plot.top, x, foot, tone="change", width=2, dashes="0.5 6"))
        is_late = place > plot.count / 2
        drawn.append(
            ink.words(
                event.words,
                x - 8 if is_late else x + 8,
                foot - 2,
                tone="change",
                anchor="end" if is_late else "start",
            )
        )
    return drawn


def _placed(chart: Chart) -> list[tuple[Event, float, int]]:
    """The events that fall in the months, where each is drawn, and on which line its words."""
    firsts = [point.period for point in chart.points]
    found: list[tuple[Event, float, int]] = []
    for event in chart.events:
        first = event.on.replace(day=1)
        if first not in firsts:
            continue
        place = firsts.index(first) - 0.5 + (event.on.day - 1) / _days(first)
        near = {row for _, other, row in found if abs(place - other) < EVENTS_APART}
        found.append((event, place, min(set(range(len(near) + 1)) - near)))
    return found


def _days(first: dt.date) -> int:
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return (following - first).days
