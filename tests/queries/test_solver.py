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


SPARSE = (
    (39, {1: 1, 2: 1, 3: 1}, 39),
    (0, {0: -1, 1: 1}, np.inf),
    (11, {5: 1, 6: 1, 7: 1}, 40),
    (0, {1: 1, 5: 1}, 9),
    (2, {8: 20, 9: -11}, np.inf),
    (-np.inf, {8: 20, 9: -13}, 5),
    (20, {3: 1, 4: 1, 7: 1}, 49),
    (10, {9: 1}, 19),
    (30, {10: 1, 11: 1, 13: 1, 14: 1}, np.inf),
    (0, {1: 1, 10: -1}, np.inf),
    (0, {9: 1, 11: -1}, np.inf),
    (0, {12: -1, 13: 1}, np.inf),
    (0, {6: 1, 13: -1}, np.inf),
    (0, {4: 1, 14: -1}, np.inf),
)
"""What was left of a random store's tertial, of which HiGHS said that the first is 2 at most."""


def test_a_question_that_was_made_smaller_first_and_answered_wrongly_is_answered() -> None:
    low = np.array([1, 1, 1, 2, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0], float)
    high = np.array([10, 10, 50, 50, 20, 5, 20, 50, 10, 10, 10, 10, 5, 20, 20], float)
    matrix = np.zeros((len(SPARSE), len(low)))
    for row, (_, terms, _) in enumerate(SPARSE):
        matrix[row, list(terms)] = list(terms.values())
    ends = [np.array([row[end] for row in SPARSE], float) for end in (0, 2)]
    always = Rows(matrix, *ends)
    objective = np.zeros(len(low))
    objective[0] = -1
    possible = np.array([8, 8, 1, 30, 10, 1, 10, 1, 6, 10, 8, 10, 5, 5, 10], float)
    assert holds(always, possible)
    found = Solver(low, high, always, []).least(objective, {}, is_whole=True)
    assert found is not None
    assert found[0] == -8


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
