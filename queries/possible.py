"""What is possible: whole numbers under linear constraints, some of which are alternatives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from queries.solver import Points, Rows, Solver

Terms = Mapping[int, float]
"""A sum: the coefficient of each variable, by its place."""

INFINITY = float("inf")

ROUNDING = 1e-6
"""Sums of whole numbers times whole coefficients are whole; floating point is a hair off."""


NARROWINGS = 3
"""How often bounds are drawn from each other; more seldom bring anything."""


@dataclass(frozen=True)
class Constraint:
    """low <= sum of coefficient x variable <= high."""

    terms: Terms
    low: float = -INFINITY
    high: float = INFINITY


Alternative = Sequence[Constraint]
"""Constraints that hold together."""


@dataclass
class Model:
    """Variables, constraints, and choices of which at least one alternative holds."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    choices: list[list[Alternative]] = field(default_factory=list)

    def variable(self, low: float, high: float) -> int:
        """A new whole number between these, by its place."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def require(self, terms: Terms, low: float = -INFINITY, high: float = INFINITY) -> None:
        """Add a constraint."""
        self.constraints.append(Constraint(terms, low, high))

    def require_one_of(self, alternatives: Sequence[Alternative]) -> None:
        """Add a choice: at least one of the alternatives holds."""
        if len(alternatives) == 1:
            self.constraints += alternatives[0]
        else:
            self.choices.append(list(alternatives))


def _hold_each(rows: Rows, points: Points) -> NDArray[np.bool_]:
    sums = points @ rows.matrix.T
    return np.asarray((sums >= rows.low - ROUNDING) & (sums <= rows.high + ROUNDING))


def _hold(rows: Rows, points: Points) -> NDArray[np.bool_]:
    return np.asarray(_hold_each(rows, points).all(axis=1))


class Space:
    """Every point that a model allows: whether a point is in it, and how far it reaches."""

    def __init__(self, model: Model) -> None:
        self.size = len(model.low)
        self._low, self._high = np.array(model.low), np.array(model.high)
        self._rows = self._compiled(model.constraints)
        self._choices = [
            [self._compiled(alternative) for alternative in choice] for choice in model.choices
        ]
        # Alternatives of one constraint each, and most are, can be looked at together.
        self._together = [
            self._compiled([alternative[0] for alternative in choice])
            if all(len(alternative) == 1 for alternative in choice)
            else None
            for choice in model.choices
        ]
        self._solver: Solver | None = None

    def _compiled(self, constraints: Sequence[Constraint]) -> Rows:
        matrix = np.zeros((len(constraints), self.size))
        for row, constraint in enumerate(constraints):
            for place, coefficient in constraint.terms.items():
                matrix[row, place] = coefficient
        low = np.array([constraint.low for constraint in constraints])
        high = np.array([constraint.high for constraint in constraints])
        return Rows(matrix, low, high)

    def vector(self, terms: Terms) -> Points:
        """A sum as a vector, to be multiplied with points."""
        vector = np.zeros(self.size)
        for place, coefficient in terms.items():
            vector[place] = coefficient
        return vector

    def holds(self, points: Points) -> NDArray[np.bool_]:
        """Of each point whether the model allows it."""
        inside: NDArray[np.bool_] = np.asarray(
            ((points >= self._low) & (points <= self._high)).all(axis=1)
        )
        # Each test is asked only of those that stood the ones before.
        inside[inside] = _hold(self._rows, points[inside])
        for choice, together in zip(self._choices, self._together, strict=True):
            left = points[inside]
            if together is not None:
                inside[inside] = _hold_each(together, left).any(axis=1)
            else:
                inside[inside] = np.any([_hold(one, left) for one in choice], axis=0)
        return np.asarray(inside)

    def narrowed(self, known: Mapping[int, float]) -> tuple[Points, Points]:
        """Bounds of every variable, as far as each constraint by itself tells: none is too tight.

        Args:
            known: Variables whose value is known.
        """
        low, high = self._low.copy(), self._high.copy()
        for place, value in known.items():
            low[place] = high[place] = value
        above, below = np.maximum(self._rows.matrix, 0), np.minimum(self._rows.matrix, 0)
        for _ in range(NARROWINGS):
            least = above @ low + below @ high
            most = above @ high + below @ low
            # What is left for one variable when all others of the row lie at their ends.
            with np.errstate(divide="ignore", invalid="ignore"):
                room = (self._rows.high - least)[:, None]
                need = (self._rows.low - most)[:, None]
                up = np.where(above > 0, low + room / above, INFINITY)
                up = np.minimum(up, np.where(below < 0, low + need / below, INFINITY))
                down = np.where(above > 0, high + need / above, -INFINITY)
                down = np.maximum(down, np.where(below < 0, high + room / below, -INFINITY))
            if len(up):
                high = np.minimum(high, np.floor(up.min(axis=0) + ROUNDING))
                low = np.maximum(low, np.ceil(down.max(axis=0) - ROUNDING))
        return low, high

    def ends(self, vector: Points, low: Points, high: Points) -> tuple[float, float]:
        """The ends of a sum between bounds of its variables, and by the rows that are that sum."""
        above, below = np.maximum(vector, 0), np.minimum(vector, 0)
        least, most = float(above @ low + below @ high), float(above @ high + below @ low)
        same = (self._rows.matrix == vector).all(axis=1)
        if same.any():
            least = max(least, float(self._rows.low[same].max()))
            most = min(most, float(self._rows.high[same].min()))
        return least, most

    def furthest(
        self,
        vector: Points,
        *,
        upward: bool,
        fixed: Mapping[int, float],
        found_before: Points | None = None,
    ) -> tuple[int, Points] | None:
        """The largest or smallest value of a sum, and a point that has it.

        Args:
            fixed: Variables whose value is known.
            found_before: A point that was found already: where nothing lies farther, it is the
                answer, and no whole number is asked for.

        Returns:
            None when no point is possible at all.

        Raises:
            UnsolvedError: The solver gave up.
        """
        if self._solver is None:
            self._solver = Solver(self._low, self._high, self._rows, self._choices)
        # Not bound to whole numbers the solver takes a quarter of the time, and where what it finds
        # is a point all the same, and no whole number lies between the two, it is the furthest.
        objective = -vector if upward else vector
        found = self._solver.least(objective, fixed, is_whole=False)
        if found is None:
            return None
        least, reached = found

        def is_furthest(point: Points) -> bool:
            return bool(objective @ point < least + 1 - ROUNDING)

        if found_before is not None and is_furthest(found_before):
            return round(float(vector @ found_before)), found_before
        point = np.round(reached)
        if not (is_furthest(point) and self.holds(point[None, :])[0]):
            found = self._solver.least(objective, fixed, is_whole=True)
            if found is None:
                return None
            point = np.round(found[1])
        return round(float(vector @ point)), point
