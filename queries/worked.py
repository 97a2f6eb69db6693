"""The small worked examples of the method page, made by the functions that make the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from queries import disclosure, intervals, signals

# From methods.md B: a small share, the same share of a few more, and one of many.
_SHARES = ((4, 6), (6, 9), (48, 120))

# The fewest points that say anything, a year, and the two years that a chart shows.
_LENGTHS = (signals.FEWEST_POINTS, 12, 24)

# Numbers on either side of a limit.
_COUNTS = (0, 4, 9, 10, 37, 50)


@dataclass(frozen=True)
class WorkedShare:
    """A share with its 95 % interval, all from 0 to 1."""

    numerator: int
    denominator: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class WorkedRun:
    """From how many points on what is a signal.

    Attributes:
        longest_run_max: More than this many in a row on one side of the middle is a signal.
        crossings_min: Fewer crossings of the middle than this are a signal.
    """

    points: int
    longest_run_max: int
    crossings_min: int


def shares() -> tuple[WorkedShare, ...]:
    """Shares of few and of many, with how uncertain each is."""
    return tuple(
        WorkedShare(part, whole, part / whole, *intervals.wilson(part, whole))
        for part, whole in _SHARES
    )


def runs() -> tuple[WorkedRun, ...]:
    """What counts as a signal in series of different length."""
    found = []
    for points in _LENGTHS:
        # Any series of that length has the same limits; this one is never on its middle.
        judged = signals.anhoej([float(place % 2) for place in range(points)], centre=0.5)
        found.append(WorkedRun(points, judged.longest_run_max, judged.crossings_min))
    return tuple(found)


def bands() -> tuple[tuple[int, str], ...]:
    """True counts of persons, and the band in which each is shown."""
    return tuple((count, disclosure.band_of(count)) for count in _COUNTS)
