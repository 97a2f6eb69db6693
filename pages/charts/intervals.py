"""Shares with their 95 % intervals, one above the other on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pages.text.markup import Markup, tag

WIDTH, STEP = 640, 40
_NAME, _VALUE = 150, 150
"""Room for the name to the left and the words to the right, in pixels."""
_TOP, _BOTTOM = 8, 30


@dataclass(frozen=True)
class Share:
    """One line: a name, the share with its interval from 0 to 1, and the value in words."""

    name: str
    words: str
    value: float | None
    low: float | None
    high: float | None
    is_whole: bool = False
    """The cooperation, which the others are seen beside; drawn apart."""


def intervals(
    shares: Sequence[Share], *, ticks: Sequence[tuple[float, str]], title: str, description: str
) -> Markup:
    """The lines as SVG, in the order they are given.

    Args:
        ticks: The shares with a line down, and their words.
        title, description: What a screen reader says.
    """
    height = _TOP + STEP * len(shares) + _BOTTOM
    drawn: list[Markup] = []
    for value, word in ticks:
        x = _x(value)
        drawn.append(tag("line", class_="grid", x1=x, x2=x, y1=_TOP, y2=height - _BOTTOM))
        drawn.append(tag("text", word, class_="tick", x=x, y=height - 8, text_anchor="middle"))
    for place, share in enumerate(shares):
        drawn += _line(share, _TOP + STEP * place + STEP / 2)
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        *drawn,
        class_="interval-chart",
        viewbox=f"0 0 {WIDTH} {height}",
        role="img",
    )


def _line(share: Share, y: float) -> list[Markup]:
    css = "whole" if share.is_whole else "one"
    drawn = [tag("text", share.name, class_=f"name {css}", x=0, y=y + 5)]
    if share.low is not None and share.high is not None:
        drawn.append(
            tag("line", class_=f"range {css}", x1=_x(share.low), x2=_x(share.high), y1=y, y2=y)
        )
    if share.value is not None:
        drawn.append(tag("circle", class_=f"dot {css}", cx=_x(share.value), cy=y, r=6))
    drawn.append(tag("text", share.words, class_="words", x=WIDTH - _VALUE + 24, y=y + 5))
    return drawn


def _x(share: float) -> float:
    return _NAME + share * (WIDTH - _NAME - _VALUE)
