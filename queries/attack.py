"""One attack on the released numbers: how far each number of the others can reach.

Many numbers need no solver: the true point with a few persons moved from one municipality to
another is often possible too, and two possible points that lie far enough apart are a proof.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queries import moved
from queries.base import Released
from queries.disclosure import limit
from queries.knowledge import Knowledge
from queries.possible import INFINITY, Space, Terms
from queries.solver import Points, UnsolvedError

OUTSIDER = None
"""The attacker who knows nothing but what is shown."""

ALL_PERIODS = None
"""As the month of a number: the whole tertial."""


@dataclass(frozen=True)
class Number:
    """A true number that nobody else may come to know.

    Attributes:
        what: "numerator" or "denominator".
        month: None for the whole tertial.
    """

    municipality_id: str
    what: str
    month: dt.date | None
    part: str | None


@dataclass(frozen=True)
class Learnt:
    """What an attacker can conclude of a number: that it lies between these.

    Attributes:
        attacker: A municipality's number, or None for an outsider.
        high: None where nothing bounds it but common sense.
    """

    attacker: str | None
    number: Number
    low: int
    high: int | None


@dataclass(frozen=True)
class Verdict:
    """What the audit of one indicator and tertial found.

    Attributes:
        learnt: What attackers can conclude that they must not; empty when it passed.
        could_be_judged: False when the numbers contradict each other, so that nothing is proved.
    """

    learnt: tuple[Learnt, ...]
    could_be_judged: bool = True

    @property
    def passed(self) -> bool:
        """Whether what is shown may be shown."""
        return self.could_be_judged and not self.learnt


def is_safe(low: float, high: float) -> bool:
    """Whether a number that is only known to lie between these gives nobody away.

    Source: methods.md C, 6.
    """
    fewest = limit("fewest_values")
    return high >= fewest and (high - low >= fewest - 1 or low >= limit("small_number"))


def is_proven_safe(low: float, high: float) -> bool:
    """Whether a number gives nobody away that can be at least these two, and perhaps more.

    Of points that were found, more may lie below: that all of them are ten or more proves nothing.
    """
    return is_safe(low, high) and high - low >= limit("fewest_values") - 1


class Attack:
    """Every attacker at once: they share the space, and each knows some of its variables."""

    def __init__(self, own: Knowledge, released: Sequence[Released]) -> None:
        self._own = own
        # What is withheld has variables too, which nothing bounds.
        self.numbers = {
            number: terms
            for number, terms in _numbers(own, released).items()
            if own.is_protected(number.what, number.part, terms)
        }
        self._space = Space(own.model)
        self._vectors = {
            number: self._space.vector(terms) for number, terms in self.numbers.items()
        }
        self.places = sorted({one.municipality_id for one in own.variables})
        # Points that were found to be possible for one attacker; for another one too, where they
        # agree with what that one knows.
        self._found: list[Points] = []
        # Where numbers were corrected, what somebody believes may not be what is true.
        self._is_true = True
        # Numbers for which one other municipality is not enough.
        self._hard: set[Number] = set()

    def begin_with(self, other: Attack) -> None:
        """Take over the points of another attack on the same variables that are possible here."""
        if other._found and other._own.variables == self._own.variables:
            points = np.vstack(other._found)
            self._found += list(points[self._space.holds(points)])

    def known_to(self, attacker: str | None) -> dict[int, float]:
        """The variables whose value the attacker knows."""
        return {
            one.place: one.value
            for one in self._own.variables
            if one.municipality_id == attacker and attacker is not OUTSIDER
        }

    def learnt(self, attacker: str | None, number: Number, low: float, high: float) -> Learnt:
        """A finding; what only common sense bounds is said to be open."""
        is_open = high >= self._own.kind.most
        return Learnt(attacker, number, int(low), None if is_open else int(high))

    def reached(
        self, number: Number, known: Mapping[int, float], *, is_exact: bool
    ) -> tuple[float, float] | None:
        """The smallest and the largest value of a number; None when nothing is possible."""
        vector = self._vectors[number]
        if not is_exact:
            return self._space.ends(vector, *self._space.narrowed(known))
        low = self._space.furthest(vector, upward=False, fixed=known)
        high = self._space.furthest(vector, upward=True, fixed=known)
        return None if low is None or high is None else (low[0], high[0])

    def verdict(self, attackers: Sequence[str | None], *, is_whole: bool) -> Verdict:
        """The audit; the solver is asked only for what the moved points do not prove."""
        truth = self._own.true_point()
        moves = moved.moves(self._own.variables, self._space.size)
        points = np.vstack([truth, truth + moves])
        spread = self._own.spread(points, {})
        possible = self._space.holds(spread)
        self._is_true = bool(possible[0])
        learnt: list[Learnt] = []
        # Whoever knows most first: what is possible for them all is possible for an outsider.
        for attacker in sorted(attackers, key=lambda attacker: attacker is OUTSIDER):
            known = self.known_to(attacker)
            places = list(known)
            untouched = (points[:, places] == truth[places]).all(axis=1)
            if (spread[0, places] == truth[places]).all():
                mine = spread[possible & untouched]
            else:
                mine = self._own.spread(points[untouched], known)
                mine = mine[self._space.holds(mine)]
            if self._found:
                others = np.vstack(self._found)
                fits = (others[:, places] == list(known.values())).all(axis=1)
                mine = np.vstack([mine, others[fits]])
            found = self._of_one(attacker, known, mine, moves[untouched[1:]], is_whole=is_whole)
            if found is None:
                return Verdict(tuple(learnt), could_be_judged=False)
            learnt += found
            if learnt and not is_whole:
                break
        return Verdict(tuple(learnt))

    def _of_one(
        self,
        attacker: str | None,
        known: Mapping[int, float],
        possible: Points,
        moves: Points,
        *,
        is_whole: bool,
    ) -> list[Learnt] | None:
        """What one attacker learns; None when nothing is possible."""
        learnt: list[Learnt] = []
        seen = _Seen(
            {
                number: vector
                for number, vector in self._vectors.items()
                if number.municipality_id != attacker
            },
            possible,
        )
        open_ones = [number for number in seen.numbers if not is_proven_safe(*seen[number])]
        if not open_ones:
            return []
        low, high = self._space.narrowed(known)
        if (low > high).any():
            return None
        for number in open_ones:
            if is_proven_safe(*seen[number]):
                continue
            # Ten or more whatever it is: nothing to protect.
            if self._space.ends(self._vectors[number], low, high)[0] >= limit("small_number"):
                continue
            if len(possible):
                for sign in (1, -1):
                    point = self._climbed(sign * self._vectors[number], possible, moves, known)
                    seen.widen(point)
                    self._found.append(point)
                    if is_proven_safe(*seen[number]):
                        break
                if is_proven_safe(*seen[number]):
                    continue
            if self._is_true:
                self._ask_of_two(number, attacker, known, seen)
                if is_proven_safe(*seen[number]):
                    continue
            for upward in (True, False):
                try:
                    if not self._ask(number, seen, known, upward=upward):
                        return None
                except UnsolvedError:
                    return None
                if is_proven_safe(*seen[number]):
                    break
            else:
                # With what was found before: a solver that errs must not make the room smaller.
                low_end, high_end = seen[number]
                if not is_safe(low_end, high_end):
                    learnt.append(self.learnt(attacker, number, low_end, high_end))
                    if not is_whole:
                        break
        return learnt

    def _ask(
        self, number: Number, seen: _Seen, fixed: Mapping[int, float], *, upward: bool
    ) -> bool:
        """Ask the solver how far a number reaches, and see it; False when nothing is possible."""
        before = seen.furthest(number, upward=upward)
        found = self._space.furthest(
            self._vectors[number], upward=upward, fixed=fixed, found_before=before
        )
        if found is not None and found[1] is not before:
            seen.widen(found[1])
            self._found.append(found[1])
        return found is not None

    def _ask_of_two(
        self, number: Number, attacker: str | None, known: Mapping[int, float], seen: _Seen
    ) -> None:
        """How far a number reaches where only one other municipality differs from what is true.

        It is quickly asked, and what is found is possible for every attacker but these two.
        """
        size = {who: 0.0 for who in self.places if who not in (attacker, number.municipality_id)}
        for one in self._own.variables:
            if one.municipality_id in size:
                size[one.municipality_id] += one.value
        if number in self._hard or len(size) < 2:
            return
        partner = max(size, key=lambda who: (size[who], who))
        fixed = {
            one.place: float(one.value)
            for one in self._own.variables
            if one.municipality_id not in (number.municipality_id, partner)
        }
        with contextlib.suppress(UnsolvedError):
            self._ask(number, seen, {**fixed, **known}, upward=True)
        if not is_proven_safe(*seen[number]):
            self._hard.add(number)

    def _climbed(
        self, vector: Points, possible: Points, moves: Points, known: Mapping[int, float]
    ) -> Points:
        """The possible point where a sum is largest, moved one step on where it still grows."""
        point = possible[int(np.argmax(possible @ vector))]
        gains = moves @ vector
        useful = moves[gains > 0]
        around = self._own.spread(point + useful, known)
        allowed = around[self._space.holds(around)]
        if len(allowed):
            point = allowed[int(np.argmax(allowed @ vector))]
        return np.asarray(point)


class _Seen:
    """Between what values each number is known to be possible, by the points found so far."""

    def __init__(self, vectors: Mapping[Number, Points], points: Points) -> None:
        self.numbers = {number: place for place, number in enumerate(vectors)}
        self._vectors = np.array(list(vectors.values())).reshape(len(vectors), points.shape[1])
        reached = points @ self._vectors.T
        self._low = reached.min(axis=0, initial=INFINITY)
        self._high = reached.max(axis=0, initial=-INFINITY)
        self._points, self._more = points, list[Points]()

    def __getitem__(self, number: Number) -> tuple[float, float]:
        place = self.numbers[number]
        return float(self._low[place]), float(self._high[place])

    def furthest(self, number: Number, *, upward: bool) -> Points | None:
        """The point where a number is most, or least, of those found so far."""
        points = np.vstack([self._points, *self._more])
        vector = self._vectors[self.numbers[number]] * (1 if upward else -1)
        return points[int(np.argmax(points @ vector))] if len(points) else None

    def widen(self, point: Points) -> None:
        """Take one more possible point into account for every number."""
        reached = self._vectors @ point
        self._more.append(point)
        np.minimum(self._low, reached, out=self._low)
        np.maximum(self._high, reached, out=self._high)


def _numbers(own: Knowledge, released: Sequence[Released]) -> dict[Number, Terms]:
    """Every number that is to be protected, as a sum of variables.

    A municipality's number of a period is what its newest released cells say of it; what was
    corrected between two releases is asked for in both forms.
    """
    found: dict[tuple[Number, tuple[tuple[int, float], ...]], Terms] = {}
    for cell in released:
        months: dict[str, list[dt.date]] = {}
        for who, month in cell.of:
            months.setdefault(who, []).append(month)
        for who, its in months.items():
            # A line tells of four months; another indicator is released by month as this one is.
            by_month = () if own.kind.is_line(cell.part) else its
            for month in (*by_month, ALL_PERIODS):
                if month is ALL_PERIODS and cell.grain == "month":
                    continue
                of = its if month is ALL_PERIODS else [month]
                for what in ("numerator", "denominator"):
                    terms = getattr(own, what)(cell, who, of)
                    if terms:
                        number = Number(who, what, month, cell.part)
                        found[number, tuple(sorted(terms.items()))] = terms
    numbers: dict[Number, Terms] = {}
    for (number, _), terms in found.items():
        numbers.setdefault(number, terms)
        if numbers[number] != terms:
            # A second form of the same number needs a name of its own.
            versions = itertools.count(2)
            name = next(
                Number(number.municipality_id, f"{number.what}/{n}", number.month, number.part)
                for n in versions
                if Number(number.municipality_id, f"{number.what}/{n}", number.month, number.part)
                not in numbers
            )
            numbers[name] = terms
    return numbers
