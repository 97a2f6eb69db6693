"""The methods agree with published figures and with cases worked out elsewhere."""

from __future__ import annotations

import json
import math
import random
import re
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists, none, one_of, sampled_from
from scipy import special, stats

from queries import intervals, methods, signals

VECTORS = Path(__file__).parents[3] / "shared" / "vectors.json"


def vectors(function: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{VECTORS.name} is not here"))]
    found = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(case, id=case["id"]) for case in found if case["function"] == function]


def test_the_usual_quantile_is_scipys_to_the_last_bit() -> None:
    assert float(special.ndtri(0.5 + intervals.USUAL / 2)) == intervals.QUANTILE


@pytest.mark.parametrize("case", vectors("wilson_ci"))
def test_wilson_agrees_with_the_vectors(case: dict[str, Any]) -> None:
    low, high = intervals.wilson(
        case["input"]["x"], case["input"]["n"], case["params"]["confidence"]
    )
    assert low == pytest.approx(case["expected"]["lower"], abs=case["tolerance"]["abs"])
    assert high == pytest.approx(case["expected"]["upper"], abs=case["tolerance"]["abs"])


@pytest.mark.parametrize("case", vectors("anhoej_runs"))
def test_the_run_rules_agree_with_the_vectors(case: dict[str, Any]) -> None:
    found = signals.anhoej(case["input"]["y"], case["input"].get("cl"))
    expected = case["expected"]
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize("case", vectors("mean_t_ci"))
def test_the_mean_interval_agrees_with_the_vectors(case: dict[str, Any]) -> None:
    low, high = intervals.mean_interval(case["input"]["values"], case["params"]["confidence"])
    assert low == pytest.approx(case["expected"]["lower"], rel=1e-9)
    assert high == pytest.approx(case["expected"]["upper"], rel=1e-9)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"), [(4, 6, 30, 90), (6, 9, 35, 88), (48, 120, 32, 49)]
)
def test_the_worked_figures_of_the_method_page_come_out(
    x: int, n: int, low: int, high: int
) -> None:
    found = intervals.wilson(x, n)
    assert (round(100 * found[0]), round(100 * found[1])) == (low, high)


def test_the_ends_of_a_share_of_none_and_of_all_are_exact() -> None:
    assert intervals.wilson(0, 7)[0] == 0.0
    assert intervals.wilson(7, 7)[1] == 1.0


@pytest.mark.parametrize(("x", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        intervals.wilson(x, n)


def test_the_difference_of_two_shares_agrees_with_newcombes_own_example() -> None:
    # Newcombe 1998, table II, case (a): 56/70 against 48/80, method 10.
    low, high = intervals.newcombe(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_fishers_test_of_the_tea_tasting_lady() -> None:
    assert intervals.fisher_two_sided(3, 4, 1, 4) == pytest.approx(0.4857142857)


def test_a_gap_breaks_a_run_and_hides_no_crossing() -> None:
    whole = signals.anhoej([1, 1, 1, 1, 1, 1, 2, 2], centre=1.5)
    broken = signals.anhoej([1, 1, 1, None, 1, 1, 1, None, 2, 2], centre=1.5)
    assert (whole.longest_run, whole.crossings) == (6, 1)
    assert (broken.longest_run, broken.crossings) == (3, 1)


def _stable_with_gaps(gaps: int, series: int) -> float:
    """The share of stable series of 24 with so many gaps that signal."""
    r = random.Random(gaps)
    signalled = 0
    for _ in range(series):
        values: list[float | None] = [r.gauss(0, 1) for _ in range(24)]
        for place in r.sample(range(1, 23), gaps):
            values[place] = None
        signalled += signals.anhoej(values).signal
    return signalled / series


def test_gaps_make_no_false_alarms() -> None:
    assert _stable_with_gaps(4, 1500) <= _stable_with_gaps(0, 1500)


def test_numbers_of_numpy_are_numbers() -> None:
    values = [1.0, 2.0, 1.0, 4.0, 3.0]
    assert signals.anhoej(list(np.array(values))) == signals.anhoej(values)
    assert intervals.wilson(np.int64(4), np.int64(6)) == intervals.wilson(4, 6)


@pytest.mark.parametrize("case", vectors("binomial_exact_test_and_ci"))
def test_exact_tails_agree_with_the_vectors(case: dict[str, Any]) -> None:
    given, tolerance = case["input"], case["tolerance"]
    low, high = signals.exact_tail(given["x"], given["n"], given["p0"])
    told = {"less": low, "greater": high}[case["params"]["alternative"]]
    assert told == pytest.approx(case["expected"]["p_value"], **tolerance)


def test_points_on_the_centre_line_neither_end_nor_lengthen_a_run() -> None:
    found = signals.anhoej([2, 2, 1.5, 2, 1], centre=1.5)
    assert (found.n_useful, found.longest_run, found.crossings) == (4, 3, 1)


def test_exact_tails_include_the_value_itself() -> None:
    low, high = signals.exact_tail(0, 3, 0.5)
    assert (low, high) == (0.125, 1.0)
    low, high = signals.exact_tail(0, 1, 2.0, "poisson")
    assert low == pytest.approx(math.exp(-2))
    assert high == 1.0


# -- second opinions: another library, or the definition counted out ---------------------------


@given(n=integers(1, 200), x=integers(0, 200), level=sampled_from([0.8, 0.95, 0.99]))
def test_wilson_agrees_with_another_library(n: int, x: int, level: float) -> None:
    x = min(x, n)
    theirs = stats.binomtest(x, n).proportion_ci(level, method="wilson")
    assert intervals.wilson(x, n, level) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(n=integers(1, 60), x=integers(0, 60), centre=floats(0.01, 0.99))
def test_exact_tails_agree_with_another_library(n: int, x: int, centre: float) -> None:
    x = min(x, n)
    tails = signals.exact_tail(x, n, centre)
    theirs = [stats.binomtest(x, n, centre, side).pvalue for side in ("less", "greater")]
    assert tails == pytest.approx(theirs, rel=1e-9, abs=1e-12)
    mean = centre * 20
    low, high = signals.exact_tail(x, 1, mean, "poisson")
    assert low == pytest.approx(stats.poisson.cdf(x, mean), rel=1e-9, abs=1e-15)
    assert high == pytest.approx(stats.poisson.sf(x - 1, mean), rel=1e-9, abs=1e-15)


@given(counts=lists(integers(0, 12), min_size=4, max_size=4))
def test_fishers_test_agrees_with_every_table_counted_out(counts: list[int]) -> None:
    x1, missed1, x2, missed2 = counts
    n1, n2, marked = x1 + missed1, x2 + missed2, x1 + x2

    def ways(here: int) -> int:
        return math.comb(n1, here) * math.comb(n2, marked - here)

    every = [ways(here) for here in range(max(0, marked - n2), min(n1, marked) + 1)]
    as_rare = sum(count for count in every if count <= ways(x1))
    assert intervals.fisher_two_sided(x1, n1, x2, n2) == pytest.approx(as_rare / sum(every))


@given(values=lists(one_of(none(), integers(0, 6).map(float)), min_size=1, max_size=40))
def test_the_run_rules_agree_with_the_points_written_as_letters(values: list[float | None]) -> None:
    known = [value for value in values if value is not None]
    centre = statistics.median(known) if known else 0.0
    # Above, below, on the line (left out) and a gap.
    letters = "".join(
        "." if value is None else "a" if value > centre else "b" if value < centre else ""
        for value in values
    )
    useful = letters.replace(".", "")
    found = signals.anhoej(values)
    assert found.n_useful == len(useful)
    assert found.longest_run == max(map(len, re.findall("a+|b+", letters)), default=0)
    assert found.crossings == len(re.findall("(?=ab|ba)", useful))


def test_the_limit_of_crossings_is_scipys_quantile_of_a_fair_coin() -> None:
    for useful in range(1, 241):
        series = [float(number % 2) for number in range(useful)]
        limit = signals.anhoej(series, centre=0.5).crossings_min
        assert limit == stats.binom.ppf(0.05, useful - 1, 0.5), useful


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 95.0])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="confidence level"):
        intervals.wilson(1, 2, level)
    with pytest.raises(ValueError, match="confidence level"):
        intervals.mean_interval([1, 2], level)


@pytest.mark.parametrize(
    ("x", "n", "centre", "kind"),
    [
        (3, 2, 0.5, "binomial"),
        (-1, 2, 0.5, "binomial"),
        (1, 2, 1.5, "binomial"),
        (1, 1, -2, "poisson"),
    ],
)
def test_a_count_that_cannot_be_has_no_tail(x: float, n: float, centre: float, kind: Any) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        signals.exact_tail(x, n, centre, kind)


def test_numbers_of_any_type_are_counts_where_they_are_whole() -> None:
    assert intervals.fisher_two_sided(3.0, 10.0, np.int64(7), 10) == intervals.fisher_two_sided(
        3, 10, 7, 10
    )
    with pytest.raises(ValueError, match="is no count"):
        intervals.fisher_two_sided(2.5, 10, 7, 10)


def test_a_mean_passes_over_gaps() -> None:
    assert intervals.mean_interval([1.0, None, 2.0, math.nan, 4.0]) == intervals.mean_interval(
        [1.0, 2.0, 4.0]
    )


def test_an_identity_number_is_one_in_a_column_of_numbers_too() -> None:
    assert methods.is_identity_number("13097248022")
    # Where a column has gaps, other libraries make it one of fractions.
    for same in (13097248022, np.int64(13097248022), 13097248022.0):
        assert methods.is_identity_number(same)
    assert methods.is_identity_number(int("01010750160")) == methods.is_identity_number(
        "01010750160"
    )
    assert not any(
        map(methods.is_identity_number, (None, 1.5, -1, math.nan, math.inf, 13097248023))
    )
