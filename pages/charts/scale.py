"""The lines of a value axis: two or three round ones above zero."""

from __future__ import annotations

import math

from pages.text import percent


def axis(unit: str, highest: float) -> tuple[list[float], list[str]]:
    """The values to draw lines at, from zero up, and their labels.

    Args:
        unit: "share" for 0 to 100 %, else plain numbers.
        highest: The highest value that is drawn.
    """
    if unit == "share":
        ticks = [0.0, 0.5, 1.0]
        return ticks, [percent(tick) for tick in ticks]
    step = _step(highest)
    top = step * max(1, math.ceil(highest / step))
    ticks = [float(step * index) for index in range(round(top / step) + 1)]
    return ticks, [f"{tick:.0f}" for tick in ticks]


def _step(highest: float) -> int:
    """A round step that gives two or three lines above zero, whole numbers only."""
    wanted = max(highest, 1.0) / 3
    power = 10 ** math.floor(math.log10(wanted)) if wanted >= 1 else 1
    return next(
        (int(power * nice) for nice in (1, 2, 5) if power * nice >= wanted), int(power * 10)
    )
