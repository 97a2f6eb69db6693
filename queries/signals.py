"""Has something changed, and is the target met: one engine for every series that is shown.

Run chart with Anhøj's rules, and exact tail limits where they are honest (Anhøj and Olesen 2014,
PLoS ONE 9(11); Anhøj 2015, PLoS ONE 10(3)). Only released values enter.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Literal, NamedTuple

# SciPy is loaded where it is used: who only reads a release would wait for it in vain.

FEWEST_POINTS = 10
"""Useful points below which a series says nothing: the runs tests have no power there."""

BASELINE_POINTS = 20
"""Released points after which the centre line and the limits stand still."""

PROVISIONAL_BELOW = 20
"""Limits from fewer points than these are called provisional: they still move."""

TAIL = 0.00135
"""Probability beyond one limit: that of three standard deviations of a normal distribution."""

CROSSINGS_TAIL = 0.05
"""Lower tail of the number of crossings below which a series crosses too seldom."""

TIES_ALLOWED = 1 / 3
"""Share of the points on the centre line from which the runs tests say nothing."""

NEWER_POINTS = 12
"""The newest useful points, half of them at most, that say which way a series with too few
crossings has gone: where most of them lie."""

RECENT_MONTHS = 3
"""A rule that fired speaks for this many months: older change is history."""

ASSURANCE_POINTS = 12
"""Released points that a statement about a target needs: one year."""

Rule = Literal["run", "crossings", "tail"]


@dataclass(frozen=True)
class Anhoej:
    """What Anhøj's two rules say of a series.

    Attributes:
        n_useful: Points that are not on the centre line.
        longest_run: The most useful points in a row on one side.
        longest_run_max: More than this many is a signal.
        crossings: How often two neighbouring useful points lie on different sides.
        crossings_min: Fewer than this many is a signal.
    """

    n_useful: int
    longest_run: int
    longest_run_max: int
    crossings: int
    crossings_min: int
    signal: bool


@lru_cache(maxsize=512)
def _limits(n_useful: int) -> tuple[int, int]:
    if n_useful < 1:
        return 0, 0
    longest_run_max = round(math.log2(n_useful)) + 3
    # In whole numbers the tail of a fair coin is exact, and SciPy takes half a second to load.
    pairs, as_likely = n_useful - 1, 0
    for crossings_min in range(pairs + 1):
        as_likely += math.comb(pairs, crossings_min)
        if as_likely >= CROSSINGS_TAIL * 2**pairs:
            break
    return longest_run_max, crossings_min


def anhoej(values: Sequence[float | None], centre: float | None = None) -> Anhoej:
    """Anhøj's rules for a series.

    Args:
        values: In order of time; None is a gap, which ends a run. The line is crossed between two
            useful points also where a gap lies between them: the limit counts n - 1 such pairs.
            Without those, 9 % of stable series of 24 with four gaps signalled; with them, 2 %.
        centre: The centre line; the median of the values when it is not given.

    Source: Anhøj and Olesen (2014): longest run > round(log2(n)) + 3, or crossings below the 5 %
    quantile of Binomial(n - 1, 0.5), n counting the points off the centre line.
    """
    # Numbers of other libraries (NumPy, pandas) compare to types of their own.
    series = [None if value is None or math.isnan(value) else float(value) for value in values]
    known = [value for value in series if value is not None]
    if centre is None:
        centre = statistics.median(known) if known else 0.0
    sides: list[int] = []
    longest = run = crossings = 0
    before = in_a_row = 0
    for value in series:
        if value is None:
            run = in_a_row = 0
            continue
        side = (value > centre) - (value < centre)
        if side == 0:
            continue
        sides.append(side)
        crossings += before not in (0, side)
        run = run + 1 if side == in_a_row else 1
        before = in_a_row = side
        longest = max(longest, run)
    n_useful = len(sides)
    longest_run_max, crossings_min = _limits(n_useful)
    signal = n_useful > 0 and (longest > longest_run_max or crossings < crossings_min)
    return Anhoej(n_useful, longest, longest_run_max, crossings, crossings_min, signal)


def load_ahead() -> None:
    """Begin to load SciPy in a thread of its own: half a second, while DuckDB is asked."""
    if "scipy.special" not in sys.modules:
        threading.Thread(target=import_module, args=("scipy.special",)).start()


def exact_tail(
    x: float, n: float, centre: float, kind: Literal["binomial", "poisson"] = "binomial"
) -> tuple[float, float]:
    """How likely a value at most as low, and at least as high, as x is when nothing has changed.

    Args:
        x: The count.
        n: The denominator of a share; for a plain count the exposure, 1 for one month.
        centre: The share, or the mean count per exposure, of the baseline.

    Returns:
        P(X <= x) and P(X >= x).

    Raises:
        ValueError: The kind is neither binomial nor poisson, or there can be no such count: it is
            below zero, above its denominator, or around a share outside 0..1.
    """
    is_share = kind == "binomial"
    if not (x >= 0 and n >= 0 and centre >= 0) or (is_share and not (x <= n and centre <= 1)):
        raise ValueError(f"{x} of {n} around {centre} cannot be")
    from scipy import special

    if kind == "binomial":
        tries = int(n)  # released counts are doubles, and scipy wants a whole number of tries
        low = float(special.bdtr(x, tries, centre))
        return low, float(special.bdtrc(x - 1, tries, centre)) if x > 0 else 1.0
    if kind == "poisson":
        low = float(special.pdtr(x, n * centre))
        return low, float(special.pdtrc(x - 1, n * centre)) if x > 0 else 1.0
    raise ValueError(f"{kind!r} is neither binomial nor poisson")


class Point(NamedTuple):
    """One released point of a series.

    Attributes:
        month: The first day of its period.
        value: What is plotted: a share, a count, days; None where nothing is shown.
        numerator, denominator: Exact counts where they are released; None in bands.
        is_settled: Measured, not provisional; only such a point can move a signal.
    """

    month: dt.date
    value: float | None
    numerator: float | None
    denominator: float | None
    is_settled: bool


@dataclass(frozen=True)
class Signal:
    """What a series says at its last point.

    Attributes:
        word: "up", "down", "none" or "too_few"; what is good is the card's to say.
        rule: Which rule fired, if one did.
        since: The month of the point where it fired last.
        centre: The baseline's median.
        is_provisional: The baseline has fewer than PROVISIONAL_BELOW points.
    """

    word: Literal["up", "down", "none", "too_few"]
    rule: Rule | None
    since: dt.date | None
    centre: float | None
    is_provisional: bool


def signal(points: Sequence[Point], unit: str, recent: int = RECENT_MONTHS) -> Signal:
    """What has changed in a series, as far as its last point knows.

    Args:
        points: In order of time, one for every period; gaps have value None.
        unit: "share", "count", "days" or "score": tails are for shares and counts alone.
        recent: Periods within which a rule must have fired to speak now.

    A rule that fired speaks as long as the newest point lies on the side that it fired for: “lower
    than before” is not said of a number that is as high as ever.
    """
    shown = [point for point in points if point.value is not None and point.is_settled]
    if len(shown) < FEWEST_POINTS:
        return Signal("too_few", None, None, None, True)
    baseline = shown[:BASELINE_POINTS]
    values = [point.value for point in baseline if point.value is not None]
    centre = statistics.median(values)
    is_provisional = len(shown) < PROVISIONAL_BELOW
    fired = _run_fired(points, centre) or []
    if unit in ("share", "count"):
        fired += _tail_fired(points[-recent:], baseline, unit)
    latest = [point.month for point in points[-recent:]]
    newest = shown[-1].value
    side_now = 0 if newest is None else (newest > centre) - (newest < centre)
    speaking = [found for found in fired if found[0] in latest and found[2] == side_now]
    if not speaking:
        return Signal("none", None, None, centre, is_provisional)
    since, rule, side = max(speaking, key=lambda found: (found[0], found[1] == "run"))
    return Signal("up" if side > 0 else "down", rule, since, centre, is_provisional)


def _run_fired(points: Sequence[Point], centre: float) -> list[tuple[dt.date, Rule, int]]:
    """Where a run is longer than chance allows, or the series crosses its centre too seldom."""
    values = [point.value if point.is_settled else None for point in points]
    known = [value for value in values if value is not None]
    ties = sum(value == centre for value in known)
    judged = anhoej(values, centre)
    if judged.n_useful < FEWEST_POINTS or ties >= TIES_ALLOWED * len(known):
        return []
    fired: list[tuple[dt.date, Rule, int]] = []
    run = before = 0
    for point, value in zip(points, values, strict=True):
        if value is None:
            run = before = 0
            continue
        side = (value > centre) - (value < centre)
        if side == 0:
            continue
        run = run + 1 if side == before else 1
        before = side
        if run > judged.longest_run_max:
            fired.append((point.month, "run", side))
    if not fired and judged.crossings < judged.crossings_min:
        # Too few crossings mean long stretches. The newest point alone does not say where the newer
        # one lies: what it said would turn with every month that crosses the centre.
        sides = [1 if value > centre else -1 for value in known if value != centre]
        leaning = sum(sides[-min(len(sides) // 2, NEWER_POINTS) :])
        month = max(
            point.month for point, value in zip(points, values, strict=True) if value is not None
        )
        # One more on either side would turn with a single month.
        if abs(leaning) > 1:
            fired.append((month, "crossings", 1 if leaning > 0 else -1))
    return fired


def _tail_fired(
    points: Sequence[Point], baseline: Sequence[Point], unit: str
) -> list[tuple[dt.date, Rule, int]]:
    """Points that are hardly possible if the baseline's pooled share or mean still held."""
    counted = [
        point
        for point in baseline
        if point.numerator is not None and (unit == "count" or point.denominator)
    ]
    if len(counted) < FEWEST_POINTS:
        return []
    total = math.fsum(point.numerator or 0.0 for point in counted)
    if unit == "share":
        centre = total / math.fsum(point.denominator or 0.0 for point in counted)
    else:
        centre = total / len(counted)
    # A baseline without any chance in it gives no measure of what chance may bring: around 100 %
    # the first miss would be called a certain change.
    if centre == 0 or (unit == "share" and centre == 1):
        return []
    fired: list[tuple[dt.date, Rule, int]] = []
    for point in points:
        if point.numerator is None or not point.is_settled or point.value is None:
            continue
        if unit == "share":
            low, high = exact_tail(point.numerator, point.denominator or 0.0, centre)
        else:
            low, high = exact_tail(point.numerator, 1.0, centre, "poisson")
        if low < TAIL:
            fired.append((point.month, "tail", -1))
        elif high < TAIL:
            fired.append((point.month, "tail", 1))
    return fired


def assurance(
    values: Sequence[float | None], target: float, at: Literal["least", "most"]
) -> Literal["pass", "sometimes", "fail", "too_few"]:
    """Whether the last released points meet a target.

    Args:
        values: In order of time; gaps are None and are passed over.
        at: "least" when the target is a floor, "most" when it is a ceiling.
    """
    last = [value for value in values if value is not None][-ASSURANCE_POINTS:]
    if len(last) < ASSURANCE_POINTS:
        return "too_few"
    met = [value >= target if at == "least" else value <= target for value in last]
    if all(met):
        return "pass"
    return "sometimes" if any(met) else "fail"
