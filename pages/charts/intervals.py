"""A share with its 95 % interval on a strip from 0 to 100 %; strips stand below each other."""

from __future__ import annotations

from collections.abc import Sequence

from pages.text.markup import Markup, tag

WIDTH, HEIGHT = 320, 26
_EDGE = 8.0
"""Room for a dot at 0 or 100 %, in pixels."""

TICKS = (0.0, 0.5, 1.0)


def strip(
    value: float | None, low: float | None, high: float | None, *, is_whole: bool = False
) -> Markup:
    """One share as SVG, hidden from a screen reader: its name and words stand beside it.

    Args:
        value, low, high: Shares from 0 to 1; None draws nothing.
        is_whole: All municipalities together, drawn in another colour.
    """
    middle = HEIGHT / 2
    css = "whole" if is_whole else "one"
    drawn = [
        tag("line", class_="grid", x1=_x(share), x2=_x(share), y1=0, y2=HEIGHT) for share in TICKS
    ]
    if low is not None and high is not None:
        ends = {"x1": _x(low), "x2": _x(high), "y1": middle, "y2": middle}
        drawn.append(tag("line", class_=f"range {css}", **ends))
    if value is not None:
        drawn.append(tag("circle", class_=f"dot {css}", cx=_x(value), cy=middle, r=5.5))
    return _drawing(*drawn)


def axis(words: Sequence[str]) -> Markup:
    """The words below the strips, one for each of TICKS."""
    anchors = ("start", "middle", "end")
    places = (0.0, _x(TICKS[1]), float(WIDTH))
    return _drawing(
        *(
            tag("text", word, class_="tick", x=x, y=16, text_anchor=anchor)
            for word, x, anchor in zip(words, places, anchors, strict=True)
        )
    )


def _drawing(*drawn: Markup) -> Markup:
    return tag(
        "svg",
        *drawn,
        class_="strip",
        viewbox=f"0 0 {WIDTH} {HEIGHT}",
        aria_hidden="true",
        focusable="false",
    )


def _x(share: float) -> float:
    return _EDGE + share * (WIDTH - 2 * _EDGE)
