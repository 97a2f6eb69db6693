"""How many came so far, of how many: one bar of a funnel, for a row that says it in words."""

from __future__ import annotations

from pages.text.markup import Markup, tag

WIDTH, HEIGHT = 160, 10
"""Pixels; the bars of a table lie below each other, so that they read as a funnel."""


def bar(came: int, whole: int, *, is_leak: bool = False) -> Markup:
    """The bar as SVG, hidden from screen readers: the words stand beside it.

    Args:
        came, whole: How many came so far, and how many there were at first.
        is_leak: Where most stopped; the bar has the colour of what is worse.
    """
    width = WIDTH * came / whole if whole else 0.0
    return tag(
        "svg",
        tag("rect", class_="whole", width=WIDTH, height=HEIGHT, rx=2),
        tag("rect", class_="leak" if is_leak else "came", width=f"{width:.1f}", height=HEIGHT, rx=2)
        if came
        else None,
        class_="bar",
        viewbox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        aria_hidden="true",
        focusable="false",
    )
