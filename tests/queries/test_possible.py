"""How far what is hidden reaches: the figures of published tables come out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from queries.possible import Model, Space

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
