"""The solver's answers, against every point tried one by one."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.solver import Points, Rows, Solver

MOST = 3
NUMBERS = st.integers(-2, 2)

vectors = st.lists(NUMBERS, min_size=3, max_size=3).map(lambda found: np.array(found, float))


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    matrix = np.array(draw(st.lists(vectors, min_size=1, max_size=2)))
    low = np.array([draw(st.integers(-4, 4)) for _ in matrix], float)
    width = np.array([draw(st.integers(0, 4)) for _ in matrix], float)
    return Rows(matrix, low, low + width)


def holds(of: Rows, point: Points) -> bool:
    sums = of.matrix @ point
    return bool(((sums >= of.low) & (sums <= of.high)).all())


@settings(max_examples=60, deadline=None)
@given(
    rows(),
    st.lists(st.lists(rows(), min_size=1, max_size=3), max_size=2),
    st.lists(st.tuples(vectors, st.dictionaries(st.integers(0, 2), st.integers(0, MOST)))),
)
def test_one_question_after_another_is_answered_as_by_trying_every_point(
    always: Rows, choices: list[list[Rows]], questions: list[tuple[Points, dict[int, float]]]
) -> None:
    solver = Solver(np.zeros(3), np.full(3, float(MOST)), always, choices)
    possible = [
        point
        for point in map(np.array, itertools.product(range(MOST + 1), repeat=3))
        if holds(always, point) and all(any(holds(one, point) for one in any_) for any_ in choices)
    ]
    for objective, fixed in questions:
        fitting = [
            point for point in possible if all(point[at] == value for at, value in fixed.items())
        ]
        found = solver.least(objective, fixed, is_whole=True)
        relaxed = solver.least(objective, fixed, is_whole=False)
        if not fitting:
            assert found is None
            continue
        least = min(objective @ point for point in fitting)
        assert found is not None
        assert relaxed is not None
        assert found[0] == pytest.approx(least)
        assert relaxed[0] <= least + 1e-9
        assert any((np.round(found[1]) == point).all() for point in fitting)


def test_two_solvers_answer_side_by_side_as_alone() -> None:
    count = 40
    always = Rows(np.ones((1, count)), np.array([7.0]), np.array([7.0]))

    def answers(seed: int) -> list[float]:
        solver = Solver(np.zeros(count), np.full(count, 3.0), always, [])
        objectives = np.random.default_rng(seed).integers(-9, 9, (30, count)).astype(float)
        found = [solver.least(objective, {}, is_whole=True) for objective in objectives]
        return [one[0] for one in found if one is not None]

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(answers, range(4))) == [answers(seed) for seed in range(4)]
