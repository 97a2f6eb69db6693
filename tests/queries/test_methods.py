"""The methods agree with published figures and with cases worked out elsewhere."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from queries import intervals, signals

VECTORS = Path(__file__).parents[3] / "shared" / "vectors.json"


def vectors(function: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{VECTORS.name} is not here"))]
    found = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(case, id=case["id"]) for case in found if case["function"] == function]


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


def test_a_gap_breaks_a_run_and_crosses_nothing() -> None:
    whole = signals.anhoej([1, 1, 1, 1, 1, 1, 2, 2], centre=1.5)
    broken = signals.anhoej([1, 1, 1, None, 1, 1, 1, 2, 2], centre=1.5)
    assert (whole.longest_run, whole.crossings) == (6, 1)
    assert (broken.longest_run, broken.crossings) == (3, 1)


def test_points_on_the_centre_line_neither_end_nor_lengthen_a_run() -> None:
    found = signals.anhoej([2, 2, 1.5, 2, 1], centre=1.5)
    assert (found.n_useful, found.longest_run, found.crossings) == (4, 3, 1)


def test_exact_tails_include_the_value_itself() -> None:
    low, high = signals.exact_tail(0, 3, 0.5)
    assert (low, high) == (0.125, 1.0)
    low, high = signals.exact_tail(0, 1, 2.0, "poisson")
    assert low == pytest.approx(math.exp(-2))
    assert high == 1.0
