"""The true numbers of one tertial as variables, and what is summed of them.

The variables are the true base cells: for a municipality, a month and a part the numerator, the
denominator where there is one, and how many persons stand behind them where that is another number
(the largest single attendance). They are whole numbers from 0 to a public bound.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queries.base import Base, Kind, Released
from queries.possible import Constraint, Model, Terms
from queries.solver import Points


@dataclass(frozen=True)
class Variable:
    """What a variable stands for.

    Attributes:
        what: "numerator", "denominator" or "persons".
        place: Its place among the variables.
        value: Its true value.
    """

    what: str
    municipality_id: str
    period: dt.date
    part: str | None
    place: int
    value: int


@dataclass(frozen=True)
class Assumed:
    """What an attacker takes for known beside what is released.

    Attributes:
        is_linked: That a base cell is the same in every release, as somebody thinks who knows of
            no correction; otherwise a corrected cell has a variable for each of its values.
        but_of: The municipality that knows of its own corrections.
        is_somebody: That somebody came and answered is known where it is so.
        is_counted: That somebody came to each activity, and answered each wave, is known too.
        knows_more: That nobody came or answered is known where it is so: what is held is counted
            exactly, and so is what had users with it; a wave with answers makes feedback fresh. And
            that who was not reached did not answer. How many were not reached is then no secret:
            where nearly all answered, nearly all were reached.
    """

    is_linked: bool = False
    but_of: str | None = None
    is_somebody: bool = True
    is_counted: bool = True
    knows_more: bool = False


@dataclass(frozen=True)
class _Spread:
    """A largest attendance, and what it is the largest of.

    Attributes:
        place: Of its variable.
        terms: All who came.
        evenly: As `_evenly` gives it.
        is_exact: What it stands behind is shown exactly.
    """

    place: int
    terms: Terms
    evenly: Sequence[tuple[Terms, int]]
    is_exact: bool


COMMONLY = Assumed()
"""What everybody is taken to know."""


class Unknowns:
    """What an attacker does not know of one indicator and tertial, and takes for possible."""

    def __init__(self, kind: Kind, assumed: Assumed) -> None:
        self.kind = kind
        self.assumed = assumed
        self.model = Model()
        self.variables: list[Variable] = []
        self.has_counted = False
        self._made: dict[tuple[object, ...], int] = {}
        self._has_nobody = False
        self._spread: list[_Spread] = []

    @property
    def is_more_known(self) -> bool:
        """Whether anything is there that only who knows more knows."""
        return self._has_nobody or any(one.part in self.kind.unreached for one in self.variables)

    def is_protected(self, what: str, part: str | None, terms: Terms) -> bool:
        """Whether a number is kept from this attacker: not what is taken to be known."""
        if self.assumed.knows_more and part in self.kind.unreached and what.startswith("numerator"):
            return False
        return any(self.model.high[place] > 0 for place in terms)

    # -- sums ---------------------------------------------------------------------------------

    def numerator(self, cell: Released, who: str, months: Iterable[dt.date]) -> dict[int, float]:
        """The numerator of a municipality in these months, as it was in the cell."""
        return added(self.month(cell, who, month, cell.part) for month in months)

    def denominator(self, cell: Released, who: str, months: Iterable[dt.date]) -> dict[int, float]:
        """The same of the denominator; months without one are left out."""
        return added(self.asked(cell, who, month, cell.part) for month in months)

    def asked(self, cell: Released, who: str, month: dt.date, part: str | None) -> dict[int, float]:
        """The denominator of one month; nothing where there is none."""
        base = cell.truth.get((who, month, part))
        if base is None or base.persons is None or base.denominator is None:
            return {}
        low = 0
        if part is None or part in self.kind.again:
            low = self._at_least(base.denominator, base.asked_at_least)
        return {self._variable("denominator", who, month, part, base, base.denominator, low): 1}

    def month(self, cell: Released, who: str, month: dt.date, part: str | None) -> dict[int, float]:
        """The numerator of one month; nothing where nothing was held."""
        base = cell.truth.get((who, month, part))
        if base is None or base.persons is None or base.events == 0:
            return {}
        if part is None and self.kind.parts_add_up:
            inner = [
                self.month(cell, who, month, part) for part in self.kind.units if part is not None
            ]
            if any(inner):
                return added(inner)
        whole = cell.truth.get((who, month, None))
        if part is not None and self._is_all_of(part, base, whole):
            return self.month(cell, who, month, None)
        is_main = part is None or self.kind.parts_add_up or part in self.kind.again
        low = self._at_least(base.numerator, base.at_least) if is_main else 0
        is_empty = is_main and base.numerator == 0
        self._has_nobody |= is_empty
        most = 0 if is_empty and self.assumed.knows_more else None
        place = self._variable("numerator", who, month, part, base, base.numerator, low, most)
        return {place: 1}

    def _at_least(self, true: int, counted: int) -> int:
        # Fewer than were counted: whoever relies on that is misled.
        if self.assumed.is_somebody and self.assumed.is_counted and 1 < counted <= true:
            self.has_counted = True
            return counted
        return 1 if true > 0 and self.assumed.is_somebody else 0

    def _is_all_of(self, part: str, base: Base, whole: Base | None) -> bool:
        """Where nothing has a list of those asked, the answers without one are all answers."""
        return (
            whole is not None
            and self.kind.units[part] == "count"
            and self.kind.units[None] == "share"
            and whole.denominator is None
            and whole.numerator == base.numerator
        )

    def persons(self, cell: Released, who: str, months: Sequence[dt.date]) -> dict[int, float]:
        """The persons of a municipality in the cell."""
        behind = self.kind.behind[cell.part]
        if behind == "numerator":
            return self.numerator(cell, who, months)
        if behind == "denominator":
            return self.denominator(cell, who, months)
        rows = [cell.truth.get((who, month, cell.part)) for month in months]
        held = [row for row in rows if row is not None and row.persons is not None]
        if not held:
            return {}
        if behind == "whole":
            return added(self.month(cell, who, month, None) for month in months)
        terms = self.numerator(cell, who, months)
        if behind == "largest" and _held(held) == 1:
            return terms
        true = max(row.persons or 0 for row in held)
        base = Base(sum(row.numerator for row in held), None, true)
        period = cell.period if cell.grain == "tertial" else months[0]
        place = self._variable(f"persons/{cell.grain}", who, period, cell.part, base, true, 0)
        if behind == "largest":
            # As many as if one activity had them all, as few as if all of a kind had the same.
            self._once(("persons", place), Constraint({**terms, place: -1}, low=0))
            evenly = self._evenly(cell, who, months, true)
            for sums, most in evenly:
                at_most = {where: -factor for where, factor in sums.items()}
                name = ("spread", place, tuple(sorted(sums)))
                self._once(name, Constraint({**at_most, place: most}, low=0))
            self._spread.append(_Spread(place, terms, evenly, cell.shown.how == "exact"))
        return {place: 1}

    def _evenly(
        self, cell: Released, who: str, months: Sequence[dt.date], largest: int
    ) -> list[tuple[Terms, int]]:
        """Sums of numerators, and how many times the largest attendance each is at most.

        Of all that was held, and of each kind in each month: of one dialogue meeting there came no
        more than to the largest activity of the month.
        """
        groups = [[(month, cell.part) for month in months]]
        groups += [[(month, part)] for month in months for part in self._kinds_of(cell.part)]
        found: list[tuple[Terms, int]] = []
        for group in groups:
            rows = [cell.truth.get((who, *one)) for one in group]
            held = [row for row in rows if row is not None and row.persons is not None]
            events = _held(held)
            terms = added(self.month(cell, who, *one) for one in group)
            if events is None or not terms or any(terms == sums for sums, _ in found):
                continue
            # What was held without users is in no count of activities, and brings nobody.
            true = sum(row.numerator for row in held)
            found.append((terms, max(events, math.ceil(true / largest) if largest else events)))
        return found

    def _kinds_of(self, part: str | None) -> list[str | None]:
        if part is None and self.kind.parts_add_up:
            return [one for one in self.kind.units if one is not None]
        return [part]

    def _once(self, name: tuple[object, ...], constraint: Constraint) -> None:
        if name not in self._made:
            self._made[name] = 1
            self.model.constraints.append(constraint)

    def _variable(
        self,
        what: str,
        who: str,
        period: dt.date,
        part: str | None,
        base: Base,
        value: int,
        low: int,
        most: int | None = None,
    ) -> int:
        is_one = self.assumed.is_linked and who != self.assumed.but_of
        # What a correction left as it was is still one number: a late answer asks nobody more.
        version = value if what in ("numerator", "denominator") else base
        name = (what, who, period, part, None if is_one else version)
        if name not in self._made:
            high = max(self.kind.most, value) if most is None else most
            place = self.model.variable(low, high)
            self._made[name] = place
            self.variables.append(Variable(what, who, period, part, place, value))
        return self._made[name]

    # -- points -------------------------------------------------------------------------------

    def true_point(self) -> Points:
        """The true values of the variables."""
        point = np.zeros(len(self.variables))
        for one in self.variables:
            point[one.place] = one.value
        return point

    def spread(self, points: Points, known: Mapping[int, float]) -> Points:
        """The points with persons that fit the numerators best, where they are not known.

        What is exact needs many persons behind it, what is in a band few.
        """
        made = points.copy()
        for one in self._spread:
            if one.place in known:
                continue
            sums = _summed(made, one.terms)
            if not one.is_exact:
                least = [np.ceil(_summed(made, terms) / most) for terms, most in one.evenly if most]
                sums = np.max(least, axis=0) if least else np.minimum(sums, 1)
            made[:, one.place] = sums
        return made


def added(sums: Iterable[Terms]) -> dict[int, float]:
    """One sum of several."""
    total: dict[int, float] = {}
    for terms in sums:
        for place, factor in terms.items():
            total[place] = total.get(place, 0) + factor
    return total


def weighted(one: Terms, by: float, other: Terms, other_by: float) -> dict[int, float]:
    """Two sums, each so many times, as one."""
    scaled = {place: factor * by for place, factor in one.items()}
    return added([scaled, {place: factor * other_by for place, factor in other.items()}])


def _held(rows: Iterable[Base]) -> int | None:
    """How many activities were held; None where that is not known."""
    events = [row.events for row in rows]
    return None if None in events else sum(each or 0 for each in events)


def _summed(points: Points, terms: Terms) -> Points:
    """A sum of variables in each of the points."""
    return np.asarray(sum(points[:, where] * factor for where, factor in terms.items()))
