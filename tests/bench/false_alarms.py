"""How often signals and verdicts see what is not there, and how often what is.

Simulated series of 24 months go through the same engine as the released cells. A false alarm is a
series in which any rule has fired when its 24th month is there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from measured import Line
from numpy.random import Generator

from queries import disclosure, signals, verdicts
from queries.signals import Point
from queries.verdicts import Span

MONTHS = 24
SERIES = 2000
"""Of each kind: a rate of 7 % is then known to within one percentage point."""

GOAL = 7.0
VERDICTS_GOAL = 1.0
COMPARISONS = 400
"""Of six municipalities each: 2,400 verdicts, of which one in a hundred would be twenty-four."""

ANSWERS = (20, 60)
"""Answers of a municipality in a tertial, from few enough for a verdict to the most they have."""

FALL_IN = 12
"""The month, counted from zero, in which the share falls."""

SHARES = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
SIZES = ((1, 4), (5, 11), (12, 40))
MEANS = (1, 2, 8)

Draw = Callable[[Generator, int], tuple[float, float | None]]
"""The numerator and the denominator of a month, counted from zero."""


@dataclass(frozen=True)
class Stable:
    """A kind of series in which nothing changes."""

    name: str
    words: str
    unit: str
    draw: Draw


def _share(share: float, fewest: int, most: int, after: float | None = None) -> Draw:
    def draw(r: Generator, month: int) -> tuple[float, float | None]:
        size = int(r.integers(fewest, most, endpoint=True))
        now = share if after is None or month < FALL_IN else after
        return float(r.binomial(size, now)), float(size)

    return draw


def _count(mean: float) -> Draw:
    return lambda r, _: (float(r.poisson(mean)), None)


def _days(r: Generator, _: int) -> tuple[float, float | None]:
    # Skewed, as waiting times are: forty days on average, in whole days.
    return float(round(r.gamma(4.0, 10.0))), None


def kinds() -> Iterator[Stable]:
    """Every kind of series that an indicator can be."""
    for share in SHARES:
        for fewest, most in SIZES:
            words = f"andel {share:g} av {fewest}–{most}".replace(".", ",")
            name = f"share_{share:g}_{fewest}_{most}"
            yield Stable(name, words, "share", _share(share, fewest, most))
    for mean in MEANS:
        yield Stable(f"count_{mean}", f"antall rundt {mean}", "count", _count(mean))
    yield Stable("days", "dager rundt 40", "days", _days)


def series(draw: Draw, r: Generator) -> list[Point]:
    """One simulated series as released points."""
    points = []
    for number in range(MONTHS):
        numerator, denominator = draw(r, number)
        value = numerator / denominator if denominator else numerator
        month = dt.date(2024 + number // 12, number % 12 + 1, 1)
        points.append(Point(month, value, numerator, denominator, is_settled=True))
    return points


def fired(points: Sequence[Point], unit: str) -> str:
    """What any rule says of the whole series: "up", "down", or nothing."""
    return signals.signal(points, unit, recent=MONTHS).word


def told_apart(share: float, others: float, r: Generator) -> tuple[int, int]:
    """Of six municipalities, the first with a share of its own: verdicts given, and differences."""
    sizes = r.integers(*ANSWERS, size=6, endpoint=True)
    counts = [int(r.binomial(size, others if at else share)) for at, size in enumerate(sizes)]
    everybody = float(sum(sizes))
    whole = Span(sum(counts), sum(counts), everybody, everybody)
    given = different = 0
    for count, size in zip(counts, sizes, strict=True):
        shown = disclosure.shown_municipality(count, size, size, unit="share", nothing_held=False)
        cell = {"state": "measured", **dataclasses.asdict(shown), "shown": shown.how}
        word = verdicts.verdict(cell, whole, verdicts.FEWEST_BESIDES).word
        given += word != "no_verdict"
        different += word in ("higher", "lower")
    return given, different


def comparisons(many: int = COMPARISONS) -> Iterator[Line]:
    """How often one of six equal municipalities is called different."""
    for share in (0.5, 0.7, 0.9):
        r = np.random.default_rng(round(100 * share))
        found = [told_apart(share, share, r) for _ in range(many)]
        rate = 100 * sum(wrong for _, wrong in found) / sum(given for given, _ in found)
        yield Line(
            f"false_verdicts_{share:g}",
            f"Falske forskjeller mellom seks like kommuner, andel {share:g}".replace(".", ","),
            rate,
            "%",
            goal=VERDICTS_GOAL,
        )
    for share in (0.2, 0.4):
        r = np.random.default_rng(round(100 * share))
        seen = [told_apart(share, 0.8, r)[1] > 0 for _ in range(many)]
        yield Line(
            f"verdict_power_{share:g}",
            f"Forskjellen {share:g} mot 0,8 sett, med 20–60 svar".replace(".", ","),
            100 * sum(seen) / many,
            "%",
        )


def lines(many: int = SERIES) -> Iterator[Line]:
    """The rate of false alarms of each kind, and beside it how often a fall is seen."""
    for place, kind in enumerate(kinds()):
        r = np.random.default_rng(place)
        alarms = sum(fired(series(kind.draw, r), kind.unit) in ("up", "down") for _ in range(many))
        yield Line(
            f"false_alarms_{kind.name}",
            f"Falske alarmer på 24 måneder, {kind.words}",
            100 * alarms / many,
            "%",
            goal=GOAL,
        )
    for fewest, most in SIZES:
        r = np.random.default_rng(most)
        draw = _share(0.8, fewest, most, after=0.5)
        seen = sum(fired(series(draw, r), "share") == "down" for _ in range(many))
        yield Line(
            f"power_{fewest}_{most}",
            f"Fall fra 0,8 til 0,5 sett innen et år, andel av {fewest}–{most}",
            100 * seen / many,
            "%",
        )
    yield from comparisons()
