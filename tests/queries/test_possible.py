"""How far what is hidden reaches: the figures of published tables come out."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.possible import Constraint, Model, Space
from queries.solver import Solver

VECTORS = Path(__file__).parents[3] / "shared" / "vectors.json"


def vector(function: str) -> Any:
    """The one published case of this sort."""
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS.name} is not here")
    found = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    (case,) = [case for case in found if case["function"] == function]
    return case


def ends(model: Model, place: int) -> tuple[float, float]:
    """The smallest and the largest value that one variable can have."""
    space = Space(model)
    sought = space.vector({place: 1})
    found = [space.furthest(sought, upward=upward, fixed={}) for upward in (False, True)]
    low, high = (one[0] for one in found if one is not None)
    return low, high


def test_a_hidden_cell_of_a_table_reaches_as_far_as_was_published() -> None:
    case = vector("lp_attack_interval")
    table, hidden = case["input"]["table"], case["input"]["suppressed"]
    model = Model()
    cells = {
        f"{row}|{column}": model.variable(0, 10_000)
        if f"{row}|{column}" in hidden
        else model.variable(value, value)
        for row, values in table.items()
        for column, value in values.items()
    }
    for row, values in table.items():
        total = sum(values.values())
        model.require({cells[f"{row}|{column}"]: 1 for column in values}, total, total)
    for column in next(iter(table.values())):
        total = sum(values[column] for values in table.values())
        model.require({cells[f"{row}|{column}"]: 1 for row in table}, total, total)
    expected = case["expected"]
    assert ends(model, cells[case["input"]["attack"]]) == (expected["low"], expected["up"])


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (("county",), "exactly_disclosed_county_alone"),
        (("group",), "exactly_disclosed_group_alone"),
        (("county", "group"), "exactly_disclosed_jointly"),
    ],
)
def test_two_tables_that_are_safe_alone_tell_a_cell_together(
    shown: tuple[str, ...], expected: str
) -> None:
    case = vector("linked_tables_attack")
    given = case["input"]
    units, numbers = given["units"], given["n"]
    model = Model()
    for unit, number in zip(units, numbers, strict=True):
        is_hidden = unit in given["suppressed"]
        model.variable(*((0, sum(numbers)) if is_hidden else (number, number)))
    model.require(dict.fromkeys(range(len(units)), 1), sum(numbers), sum(numbers))
    for table in shown:
        for group in set(given[table]):
            places = [place for place, of in enumerate(given[table]) if of == group]
            total = sum(numbers[place] for place in places)
            model.require(dict.fromkeys(places, 1), total, total)
    told = [
        unit
        for place, unit in enumerate(units)
        if unit in given["suppressed"] and len(set(ends(model, place))) == 1
    ]
    assert told == case["expected"][expected]


SMALL = range(6)
"""The values of a variable where every point is counted."""

coefficients = st.lists(st.integers(-3, 3), min_size=3, max_size=3)


@given(
    st.lists(st.tuples(coefficients, st.integers(-8, 8)), max_size=3),
    st.lists(st.lists(coefficients, min_size=2, max_size=2), max_size=1),
    coefficients,
    st.booleans(),
    st.data(),
)
def test_a_point_that_was_found_before_changes_no_answer(
    rows: list[tuple[list[int], int]],
    choices: list[list[list[int]]],
    sought: list[int],
    upward: bool,
    data: st.DataObject,
) -> None:
    model = Model()
    for _ in range(3):
        model.variable(SMALL[0], SMALL[-1])
    for row, low in rows:
        model.require(dict(enumerate(row)), low=low)
    for choice in choices:
        model.require_one_of([(Constraint(dict(enumerate(row)), high=0),) for row in choice])
    space = Space(model)
    points = np.array(list(itertools.product(SMALL, repeat=3)), dtype=float)
    possible = points[space.holds(points)]
    vector = np.array(sought, dtype=float)
    if not len(possible):
        assert space.furthest(vector, upward=upward, fixed={}) is None
        return
    before = possible[data.draw(st.integers(0, len(possible) - 1))]
    found = space.furthest(vector, upward=upward, fixed={}, found_before=before)
    assert found is not None
    reached = possible @ vector
    assert found[0] == found[1] @ vector == (reached.max() if upward else reached.min())


def test_where_nothing_lies_farther_than_what_was_found_no_whole_number_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Twice a number is at most 7: not bound to whole numbers it reaches 3.5, which rounds to 4.
    model = Model()
    place = model.variable(0, 9)
    model.require({place: 2}, high=7)
    space, asked, least = Space(model), [], Solver.least

    def counted(*given: Any, is_whole: bool) -> Any:
        asked.append(is_whole)
        return least(*given, is_whole=is_whole)

    monkeypatch.setattr(Solver, "least", counted)
    vector = space.vector({place: 1})
    for before, expected in ((np.array([1.0]), [False, True]), (np.array([3.0]), [False])):
        asked.clear()
        found = space.furthest(vector, upward=True, fixed={}, found_before=before)
        assert found is not None
        assert (found[0], asked) == (3, expected)
