"""The linear solver: one model, asked again and again for the least value of a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points, one per row, with a column per variable; or one point."""

_OPTIONS: dict[str, bool | float | int | str] = {
    "output_flag": False,
    # Blocks are audited side by side already, and the models are small.
    "threads": 1,
    "parallel": "off",
    # The very furthest, and nothing nearly as far.
    "mip_rel_gap": 0.0,
    # What makes the question smaller first gave 2 as the most of a number that can be 8 (1.15.1):
    # a number that is safe was withheld, and one that is not might not have been. It saved no time.
    "presolve": "off",
    # A search for some first point, which took two thirds of the time and found none that the
    # relaxed question had not.
    "mip_heuristic_run_feasibility_jump": False,
}


class UnsolvedError(RuntimeError):
    """The solver gave neither an answer nor a proof that there is none."""


class Rows(NamedTuple):
    """Sums of variables between bounds: low <= matrix x point <= high."""

    matrix: Points
    low: Points
    high: Points


class Solver:
    """Variables between bounds under rows, of which some are alternatives.

    A choice's alternatives are switched by variables of 0 or 1: the row of one that is switched off
    is moved out of reach, by as much as its sum can be at all. What the solver learnt by one
    question it takes up in the next.

    Args:
        low, high: Of each variable.
        rows: What holds always.
        choices: Of each choice at least one alternative holds.
    """

    def __init__(
        self, low: Points, high: Points, rows: Rows, choices: Sequence[Sequence[Rows]]
    ) -> None:
        self._size = len(low)
        self._whole = _with_switches(low, high, rows, choices)
        switches = self._whole.matrix.shape[1] - self._size
        self._low = np.concatenate([low, np.zeros(switches)])
        self._high = np.concatenate([high, np.ones(switches)])
        self._places = np.arange(len(self._low), dtype=np.int32)
        # One for each kind of question: each begins where its own last one ended.
        self._solvers: dict[bool, highspy.Highs] = {}

    def least(
        self, objective: Points, fixed: Mapping[int, float], *, is_whole: bool
    ) -> tuple[float, Points] | None:
        """The least value of a sum, and a point that has it.

        Args:
            objective: The coefficient of each variable.
            fixed: Variables whose value is known.
            is_whole: All are whole numbers; otherwise they need not be, and the value may be less.

        Returns:
            None when no point is possible at all.

        Raises:
            UnsolvedError: The solver gave up.
        """
        if is_whole not in self._solvers:
            self._solvers[is_whole] = self._loaded(is_whole=is_whole)
        solver, count = self._solvers[is_whole], len(self._low)
        low, high = self._low.copy(), self._high.copy()
        places = list(fixed)
        low[places] = high[places] = list(fixed.values())
        cost = np.zeros(count)
        cost[: self._size] = objective
        solver.changeColsBounds(count, self._places, low, high)
        solver.changeColsCost(count, self._places, cost)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise UnsolvedError(solver.modelStatusToString(status))
        point = np.array(solver.getSolution().col_value[: self._size])
        return solver.getObjectiveValue(), point

    def _loaded(self, *, is_whole: bool) -> highspy.Highs:
        solver = highspy.Highs()
        for name, value in _OPTIONS.items():
            solver.setOptionValue(name, value)
        matrix, low, high = self._whole
        rows, columns = np.nonzero(matrix)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.zeros(len(self._low))
        model.col_lower_, model.col_upper_ = self._low, self._high
        model.row_lower_, model.row_upper_ = low, high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(rows, np.arange(len(low) + 1))
        model.a_matrix_.index_ = columns
        model.a_matrix_.value_ = matrix[rows, columns]
        if is_whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self._low)
        solver.passModel(model)
        return solver


def _with_switches(
    low: Points, high: Points, rows: Rows, choices: Sequence[Sequence[Rows]]
) -> Rows:
    """The rows of everything, with a column for each alternative behind the variables."""
    switches = sum(len(choice) for choice in choices)
    parts = [Rows(np.pad(rows.matrix, ((0, 0), (0, switches))), rows.low, rows.high)]
    switch = len(low)
    for choice in choices:
        one = np.zeros((1, len(low) + switches))
        for alternative in choice:
            one[0, switch] = 1
            above, below = np.maximum(alternative.matrix, 0), np.minimum(alternative.matrix, 0)
            for is_high, limit, reach in (
                (True, alternative.high, above @ high + below @ low),
                (False, alternative.low, above @ low + below @ high),
            ):
                known = np.isfinite(limit)
                if not known.any():
                    continue
                matrix = np.pad(alternative.matrix[known], ((0, 0), (0, switches)))
                # sum <= limit + (reach - limit) x (1 - switch)
                matrix[:, switch] = reach[known] - limit[known]
                end = reach[known]
                open_end = np.full(len(end), np.inf if not is_high else -np.inf)
                parts.append(
                    Rows(matrix, open_end, end) if is_high else Rows(matrix, end, open_end)
                )
            switch += 1
        parts.append(Rows(one, np.array([1.0]), np.array([np.inf])))
    return Rows(*(np.concatenate(part) for part in zip(*parts, strict=True)))
