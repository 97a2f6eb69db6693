"""How uncertain a share, a difference of shares or a mean is: intervals that hold for small n."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

# SciPy is loaded where it is used: who only reads a release would wait for it in vain.

Interval = tuple[float, float]


USUAL = 0.95
QUANTILE = 1.959963984540054
"""SciPy's own normal quantile for the usual level, to the last bit: a page that shows an interval
of its own, of what a correction changed, would wait two seconds for SciPy to load."""


def _refuse_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"{level} is no confidence level: it lies between 0 and 1")


@lru_cache(maxsize=16)
def _normal_quantile(level: float) -> float:
    if level == USUAL:
        return QUANTILE
    from scipy import special

    return float(special.ndtri(0.5 + level / 2))


def wilson(numerator: float, denominator: float, level: float = 0.95) -> Interval:
    """The Wilson score interval of a share.

    Args:
        numerator, denominator: Counts; the share is numerator / denominator.
        level: The confidence level.

    Returns:
        The low and the high end, both between 0 and 1.

    Raises:
        ValueError: The denominator is not above zero, or the numerator is outside 0..denominator,
            or the level outside 0..1.

    Source: Wilson (1927), Probable inference, J. Am. Stat. Assoc. 22, equation for the score test.
    """
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no share")
    _refuse_level(level)
    z = _normal_quantile(level)
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    half = z * math.sqrt(share * (1 - share) / denominator + z * z / (4 * denominator**2))
    scale = 1 + z * z / denominator
    # Rounding may leave the ends a hair outside; at 0 and n the exact ends are 0 and 1.
    low = 0.0 if numerator == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if numerator == denominator else min(1.0, (middle + half) / scale)
    return low, high


def newcombe(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> Interval:
    """The interval of the difference of two independent shares, x1/n1 minus x2/n2.

    Raises:
        ValueError: As `wilson`.

    Source: Newcombe (1998), Statistics in Medicine 17, method 10 (hybrid score, uncorrected).
    """
    low1, high1 = wilson(x1, n1, level)
    low2, high2 = wilson(x2, n2, level)
    share1, share2 = x1 / n1, x2 / n2
    difference = share1 - share2
    return (
        difference - math.hypot(share1 - low1, high2 - share2),
        difference + math.hypot(high1 - share1, share2 - low2),
    )


def mean_interval(values: Sequence[float | None], level: float = 0.95) -> Interval:
    """Student's t interval of a mean.

    Args:
        values: None and not-a-number are gaps, and are passed over.

    Raises:
        ValueError: Fewer than two values: nothing is known of how they spread; or the level is
            outside 0..1.
    """
    _refuse_level(level)
    known = [value for value in values if value is not None and not math.isnan(value)]
    count = len(known)
    if count < 2:
        raise ValueError("a mean of fewer than two values has no interval")
    from scipy import special

    mean = math.fsum(known) / count
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in known) / (count - 1))
    half = float(special.stdtrit(count - 1, 0.5 + level / 2)) * spread / math.sqrt(count)
    return mean - half, mean + half


COUNTED_OUT = 4_000
"""Answers up to which Fisher's test is counted out here; above, whole numbers grow too long."""


def fisher_two_sided(x1: float, n1: float, x2: float, n2: float) -> float:
    """The two-sided p of Fisher's exact test that two shares are equal.

    Args:
        x1, n1, x2, n2: Whole numbers, whatever their type: released counts are doubles.

    Raises:
        ValueError: A count is outside its total, or is not whole.
    """
    return _fisher(*map(_whole, (x1, n1, x2, n2)))


def _whole(count: float) -> int:
    if not math.isfinite(count) or count != int(count):
        raise ValueError(f"{count} is no count")
    return int(count)


def _fisher(x1: int, n1: int, x2: int, n2: int) -> float:
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2):
        raise ValueError(f"{x1} of {n1} and {x2} of {n2} are no shares")
    if n1 + n2 > COUNTED_OUT:
        from scipy import stats  # a second to import, and a release has no such numbers

        return float(stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue)
    # How many ways there are to each table with the same margins: whole numbers, so that a table
    # as unlikely as this one is never taken for a likelier one.
    total = x1 + x2
    fewest, most = max(0, total - n2), min(n1, total)
    ways = math.comb(n1, fewest) * math.comb(n2, total - fewest)
    every = []
    for count in range(fewest, most + 1):
        every.append(ways)
        ways = ways * (n1 - count) * (total - count) // ((count + 1) * (n2 - total + count + 1))
    this = every[x1 - fewest]
    return sum(one for one in every if one <= this) / sum(every)
