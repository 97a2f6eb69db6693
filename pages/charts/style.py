"""The house style of every chart: one template, quiet axes, direct labels, nothing to switch on.

Months are drawn on a plain numbered axis, so that a month without a number keeps its place.
"""

from __future__ import annotations

import datetime as dt
import html
import math
import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from pages.charts.figure import Figure
from pages.charts.scale import axis
from pages.text import date, later, say, short_month
from pages.web.tokens import FONT, colour, tokens

Row = Mapping[str, Any]

NOTHING = "rgba(0,0,0,0)"
"""The paper of the page shows through."""

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "showAxisDragHandles": False,
    "responsive": True,
}
"""What a reader could switch on by accident, off: no buttons, no zoom, nothing in English."""

TICKS_EVERY = 6
"""Months between two labels: few enough to stand side by side on a phone."""

HEADROOM = 1.12
"""How much higher than its highest line an axis reaches."""

WORDS_WIDE, WORDS_HIGH = 15, 0.12
"""How many months the words of a target take on a phone, and how much of the axis' height."""

FOOTROOM = 0.03
"""How far below zero it reaches, so that a dot at zero is whole."""

LINE = 19
"""Pixels that one line of words at the size of notes takes."""

EVENTS_APART = 12
"""Months within which the words of two decisions would run into each other on a phone."""

SIDE = 46
"""Room for the figures left of the axis, in pixels: "100 %" at the size of notes."""

_WORDS_OF_GAPS = {
    "missing": later("missing"),
    "withheld": later("not shown"),
    "awaits_lock": later("shown later"),
    "not_due": later("not yet"),
    "not_member": later("not a member yet"),
}


def size(name: str) -> float:
    """A size of the type scale in pixels: "text", "note", …"""
    return float(tokens()["type"][name])


def safe(text: str) -> str:
    """Text that Plotly shows as it is; it would read < and & as markup."""
    return html.escape(text, quote=False)


def figure(height: int, *, right: int = 12, left: int = SIDE, top: int = 50) -> Figure:
    """An empty figure in the house style.

    Args:
        height, right, left, top: Pixels; the width is the page's.
    """
    made = Figure(
        height=height,
        margin={"l": left, "r": right, "t": top, "b": 44, "pad": 0},
        paper_bgcolor=NOTHING,
        plot_bgcolor=NOTHING,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        separators=", ",
        bargap=0,
        font={"family": FONT, "size": size("note"), "color": colour("ink")},
        hoverlabel={
            "bgcolor": colour("surface"),
            "bordercolor": colour("edge"),
            "font": {"family": FONT, "size": size("note"), "color": colour("ink")},
            "align": "left",
        },
    )
    made.axis("x", **_quiet_axis(), showgrid=False, showline=False)
    made.axis(
        "y",
        **_quiet_axis(),
        gridcolor=colour("line"),
        gridwidth=1,
        ticklabelstandoff=6,
        ticklabelposition="outside",
    )
    return made


def _quiet_axis() -> dict[str, Any]:
    return {
        "fixedrange": True,
        "zeroline": False,
        "ticks": "",
        # Plotly's own grey for ticks is too pale to read; quiet text is 5.6:1 on the paper.
        "tickfont": {"family": FONT, "size": size("note"), "color": colour("quiet")},
    }


def month_axis(made: Figure, months: Sequence[dt.date]) -> None:
    """Label the months at places 0, 1, …: every sixth, counted back from the newest."""
    last = len(months) - 1
    places = [place for place in range(last, -1, -TICKS_EVERY) if place > 0 or last < TICKS_EVERY]
    labels = {}
    for place in places:
        name, _, year = short_month(months[place]).partition(" ")
        labels[place] = f"{name}<br>{year}"
    made.axis(
        "x",
        range=[-0.6, last + 0.6],
        tickmode="array",
        tickvals=list(labels),
        ticktext=list(labels.values()),
    )


def value_axis(made: Figure, unit: str, highest: float, *, lines_below: int = 0) -> float:
    """Label the values from zero up, with two or three lines, and give the axis' top.

    Args:
        unit: "share" for 0 to 100 %, else plain numbers.
        highest: The highest value that is drawn.
        lines_below: Leave room below zero for so many lines of words of dated marks.
    """
    ticks, labels = axis(unit, highest)
    top = ticks[-1]
    # Room above for a dot on the top line and for the words of a target.
    layout = made.spec["layout"]
    margin, height = layout["margin"], layout["height"]
    pixels = (height - margin["t"] - margin["b"] - LINE * lines_below) / (HEADROOM + FOOTROOM)
    lowest = -top * (FOOTROOM + lines_below * LINE / pixels)
    made.axis(
        "y", range=[lowest, top * HEADROOM], tickmode="array", tickvals=ticks, ticktext=labels
    )
    return top


def direction(made: Figure, counted: str, way: str) -> None:
    """What the axis counts and which way is good, above it and in line with the page's text.

    Two lines, because one would be cut on a phone.
    """
    made.note(
        text=f"{safe(counted)}<br>{safe(way)}",
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xshift=-float(made.spec["layout"]["margin"]["l"]),
        yshift=8,
        xanchor="left",
        yanchor="bottom",
        align="left",
        font={"size": size("note"), "color": colour("quiet")},
    )


def target(made: Figure, value: float, words: str, values: Sequence[float | None]) -> None:
    """A dotted line at the target, named beside it where its words hide no value.

    Args:
        words: What is aimed at and whose word it is.
        values: What the chart draws, month by month.
    """
    made.across(value, line={"color": colour("quiet"), "width": 1.5, "dash": "dot"}, layer="below")
    found = _free_place(made, value, values)
    if found is None:
        _above_plot(made, f"··· {words}")
        return
    is_left, is_above = found
    made.note(
        text=safe(words),
        xref="paper",
        x=0 if is_left else 1,
        y=value,
        xanchor="left" if is_left else "right",
        yanchor="bottom" if is_above else "top",
        xshift=2 if is_left else -2,
        yshift=1 if is_above else -1,
        borderpad=1,
        bgcolor=colour("paper"),
        opacity=0.92,
        font={"size": size("note"), "color": colour("quiet")},
    )


def middle(made: Figure, value: float, words: str) -> None:
    """A thin line at the middle that a series is judged around, with its name above the plot.

    The months lie around it, so that its words would hide some of them wherever they stood.
    """
    made.across(value, line={"color": colour("edge"), "width": 1}, layer="below")
    _above_plot(made, f"— {words}", lines_up=1)


def _above_plot(made: Figure, words: str, *, lines_up: int = 0) -> None:
    """The words of a line beside the words of the axis, led by a piece of it, where all is free."""
    made.note(
        text=safe(words),
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        xshift=float(made.spec["layout"]["margin"]["r"]),
        yshift=8 + lines_up * LINE,
        xanchor="right",
        yanchor="bottom",
        font={"size": size("note"), "color": colour("quiet")},
    )


def _free_place(
    made: Figure, value: float, values: Sequence[float | None]
) -> tuple[bool, bool] | None:
    """Whether words at a level lie free to the left, and above the line; None where nowhere."""
    lowest, highest = made.spec["layout"]["yaxis"]["range"]
    height = WORDS_HIGH * (highest - lowest)

    def hidden(place: tuple[bool, bool]) -> bool:
        is_left, is_above = place
        covered = values[:WORDS_WIDE] if is_left else values[-WORDS_WIDE:]
        bottom = value if is_above else value - height
        # The line between two months may pass where neither of its ends lies.
        ends = [(one, one) for one in covered] + list(pairwise(covered))
        drawn = [(a, b) for a, b in ends if a is not None and b is not None]
        return any(min(a, b) <= bottom + height and max(a, b) >= bottom for a, b in drawn)

    # Below zero stand the months, so that words below the line need room down to there.
    places = [(True, True), (False, True)]
    if value - height >= 0:
        places += [(True, False), (False, False)]
    return next((place for place in places if not hidden(place)), None)


def gaps(made: Figure, rows: Sequence[Row], instead: Sequence[str | None] = ()) -> None:
    """Shade months that show no number, and say in a word what they are.

    Args:
        rows: A cell for each month, in order; measured and provisional ones are no gaps.
        instead: For each month what is said where there is no point on this axis; None elsewhere.
    """
    kinds = [row["reason"] if row["reason"] == "awaits_lock" else row["state"] for row in rows]
    words = [say(_WORDS_OF_GAPS[kind]) if kind in _WORDS_OF_GAPS else None for kind in kinds]
    for place, said in enumerate(instead):
        words[place] = words[place] or said
    for said, run in groupby(enumerate(words), key=lambda pair: pair[1]):
        if not said:
            continue
        places = [place for place, _ in run]
        _shade(made, places, colour("hover"))
        made.note(
            text=safe(said),
            x=(places[0] + places[-1]) / 2,
            yref="paper",
            y=0.97,
            xanchor="center",
            yanchor="top",
            # Upright fits one month as well as three, on a phone too.
            textangle=-90,
            font={"size": size("note"), "color": colour("quiet")},
        )


def provisional(made: Figure, rows: Sequence[Row]) -> None:
    """Shade the months whose number still grows; the chart leaves room above for the word."""
    growing = [row["state"] == "provisional" for row in rows]
    last = 0
    for is_growing, run in groupby(range(len(rows)), key=lambda place: growing[place]):
        if is_growing:
            places = list(run)
            _shade(made, places, colour("ribbon"))
            last = places[-1]
    if not any(growing):
        return
    made.note(
        text=safe(say("provisional")),
        x=last + 0.5,
        yref="paper",
        y=1,
        xanchor="right",
        # Above the dots of a month that reaches the top.
        yanchor="bottom",
        font={"size": size("note"), "color": colour("quiet")},
    )


def _shade(made: Figure, places: Sequence[int], fill: str) -> None:
    made.shape(
        type="rect",
        xref="x",
        yref="paper",
        x0=places[0] - 0.5,
        x1=places[-1] + 0.5,
        y0=0,
        y1=1,
        fillcolor=fill,
        line={"width": 0},
        layer="below",
    )


def event_rows(months: Sequence[dt.date], decisions: Sequence[Row]) -> int:
    """How many lines the words of these decisions need below the axis' zero."""
    return max((row + 1 for _, _, row in _placed(months, decisions)), default=0)


def events(
    made: Figure, months: Sequence[dt.date], decisions: Sequence[Row], row_pixels: float
) -> None:
    """A dated mark for each decision; its words show on hover, and stand in a note below.

    Args:
        row_pixels: The height of one line of the room that was left for the words.
    """
    for decision, place, row in _placed(months, decisions):
        made.upright(
            place, line={"color": colour("change"), "width": 1.5, "dash": "dot"}, layer="below"
        )
        # On a phone half the plot is just wider than the words.
        is_late = place > len(months) / 2
        made.note(
            text=safe(say("decision {date}", date=date(decision["decided_on"]))),
            hovertext=wrapped(decision["text"]),
            x=place,
            yref="paper",
            y=0,
            xanchor="right" if is_late else "left",
            yanchor="bottom",
            xshift=-4 if is_late else 4,
            yshift=row * row_pixels,
            # Another decision's line may pass behind the words.
            bgcolor=colour("paper"),
            font={"size": size("note"), "color": colour("change")},
        )


def _placed(months: Sequence[dt.date], decisions: Sequence[Row]) -> list[tuple[Row, float, int]]:
    """The decisions that fall in these months, where each is drawn, and on which line its words."""
    found: list[tuple[Row, float, int]] = []
    for decision in decisions:
        place = _place(months, decision["decided_on"])
        if place is None:
            continue
        near = {row for _, other, row in found if abs(place - other) < EVENTS_APART}
        found.append((decision, place, min(set(range(len(near) + 1)) - near)))
    return found


def _place(months: Sequence[dt.date], day: dt.date) -> float | None:
    """Where a day lies on the axis: the month's place, and how far into the month."""
    first = day.replace(day=1)
    if first not in months:
        return None
    return months.index(first) - 0.5 + (day.day - 1) / 31


def wrapped(text: str, width: int = 44) -> str:
    """A long text in lines that fit a hover label on a phone."""
    return "<br>".join(safe(line) for line in textwrap.wrap(text, width))


def last_label(made: Figure, place: float, value: float, words: str, tone: str) -> None:
    """What the newest point shows, to its right, on several lines where it is long."""
    lowest, highest = made.spec["layout"]["yaxis"]["range"]
    # Near the bottom it would run into the months below.
    is_low = value - lowest < 0.2 * (highest - lowest)
    made.note(
        text="<br>".join(safe(line) for line in label_lines(words)),
        x=place,
        y=value,
        xanchor="left",
        yanchor="bottom" if is_low else "middle",
        xshift=10,
        yshift=-12 if is_low else 0,
        align="left",
        font={"size": size("text"), "color": tone, "weight": 600},
    )


def label_lines(words: str) -> list[str]:
    """A label in short lines."""
    return textwrap.wrap(words, 11, break_long_words=False)


def label_room(words: str) -> int:
    """The pixels that last_label needs to the right of the plot."""
    longest = max((len(line) for line in label_lines(words)), default=0)
    # Semibold Source Sans at 17 px is 8.6 px a letter at most in Norwegian words.
    return 18 + math.ceil(8.6 * longest)
