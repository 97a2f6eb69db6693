"""What the released numbers of one tertial tell of the true ones, as constraints.

The variables are the true base cells: for a municipality, a month and a part the numerator, the
denominator where there is one, and how many persons stand behind them where that is another number
(the largest single attendance). They are whole numbers from 0 to a public bound.

Assumed to be known by everybody, because other pages show it exactly or nearly so, or will when
what is late has come, and because who knows more can never learn less: which months of which
municipality are in a sum (the deliveries), where nothing was held and no wave was sent (then the
number is 0), how many activities were held, how many waves were sent and which of them have a list
of those asked, that a wave was sent to somebody and has answers (the freshness of services tells,
and of how many waves), that somebody came to each activity that was held, and every rule of
`disclosure`: that a number is exact says that enough is left without the largest municipality, and
that it is not exact says that too little is. That a number is withheld is taken to say nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queries import disclosure
from queries.base import Base, BaseKey, Kind, Released, later
from queries.disclosure import COOPERATION, limit
from queries.possible import INFINITY, Alternative, Constraint, Model, Terms
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


class Knowledge:
    """The model of one indicator and tertial: every released cell turned into constraints.

    Args:
        linked: Takes a base cell for the same in every release, as somebody would who knows of no
            correction; otherwise a corrected cell has a variable for each of its values.
        but_of: The municipality that knows of its own corrections.
        is_somebody: That somebody came and answered is known where it is so.
        is_counted: That somebody came to each activity, and answered each wave, is known too.
        knows_more: That nobody came or answered is known where it is so: what is held is counted
            exactly, and so is what had users with it; a wave with answers makes feedback fresh. And
            that who was not reached did not answer. How many were not reached is then no secret:
            where nearly all answered, nearly all were reached.
    """

    def __init__(
        self,
        kind: Kind,
        released: Sequence[Released],
        *,
        linked: bool = False,
        but_of: str | None = None,
        is_somebody: bool = True,
        is_counted: bool = True,
        knows_more: bool = False,
    ) -> None:
        self.kind = kind
        self.model = Model()
        self.variables: list[Variable] = []
        self._linked, self._but_of = linked, but_of
        self._is_somebody, self._is_counted = is_somebody, is_somebody and is_counted
        self._knows_more = knows_more
        self.has_counted = False
        self._made: dict[tuple[object, ...], int] = {}
        self._has_nobody = False
        self._spread: list[tuple[int, Terms, int | None, bool]] = []
        for cell in released:
            if cell.shown.how != "none" and cell.municipality_id != COOPERATION:
                self._say_municipality(cell)
            elif cell.shown.how != "none" and cell.part is None:
                self._say_cooperation(cell)
        lines = [
            cell
            for cell in released
            if cell.part is not None
            and cell.shown.how != "none"
            and cell.municipality_id == COOPERATION
        ]
        for cell in lines:
            self._say_cooperation(cell)
        self._say_alike([cell for cell in lines if kind.is_line(cell.part)])
        for cell in released:
            if cell.part in kind.among and cell.shown.how != "none":
                self._say_among(cell)
            if cell.part in kind.again and cell.shown.how != "none":
                self._say_again(cell)
        self._say_of_parts(released)

    @property
    def is_more_known(self) -> bool:
        """Whether anything is there that only who knows more knows."""
        return self._has_nobody or any(one.part in self.kind.unreached for one in self.variables)

    def is_protected(self, what: str, part: str | None, terms: Terms) -> bool:
        """Whether a number is kept from this attacker: not what is taken to be known."""
        if self._knows_more and part in self.kind.unreached and what.startswith("numerator"):
            return False
        return any(self.model.high[place] > 0 for place in terms)

    # -- sums ---------------------------------------------------------------------------------

    def numerator(self, cell: Released, who: str, months: Iterable[dt.date]) -> dict[int, float]:
        """The numerator of a municipality in these months, as it was in the cell."""
        return _added(self._month(cell, who, month, cell.part) for month in months)

    def denominator(self, cell: Released, who: str, months: Iterable[dt.date]) -> dict[int, float]:
        """The same of the denominator; months without one are left out."""
        return _added(self._asked(cell, who, month, cell.part) for month in months)

    def _asked(
        self, cell: Released, who: str, month: dt.date, part: str | None
    ) -> dict[int, float]:
        base = cell.truth.get((who, month, part))
        if base is None or base.persons is None or base.denominator is None:
            return {}
        low = 0
        if part is None or part in self.kind.again:
            low = self._at_least(base.denominator, base.asked_at_least)
        return {self._variable("denominator", who, month, part, base, base.denominator, low): 1}

    def _month(
        self, cell: Released, who: str, month: dt.date, part: str | None
    ) -> dict[int, float]:
        base = cell.truth.get((who, month, part))
        if base is None or base.persons is None or base.events == 0:
            return {}
        if part is None and self.kind.parts_add_up:
            inner = [
                self._month(cell, who, month, part) for part in self.kind.units if part is not None
            ]
            if any(inner):
                return _added(inner)
        whole = cell.truth.get((who, month, None))
        if part is not None and self._is_all_of(part, base, whole):
            return self._month(cell, who, month, None)
        is_main = part is None or self.kind.parts_add_up or part in self.kind.again
        low = self._at_least(base.numerator, base.at_least) if is_main else 0
        is_empty = is_main and base.numerator == 0
        self._has_nobody |= is_empty
        most = 0 if is_empty and self._knows_more else None
        place = self._variable("numerator", who, month, part, base, base.numerator, low, most)
        return {place: 1}

    def _at_least(self, true: int, counted: int) -> int:
        # Fewer than were counted: whoever relies on that is misled.
        if self._is_counted and 1 < counted <= true:
            self.has_counted = True
            return counted
        return 1 if true > 0 and self._is_somebody else 0

    def _is_all_of(self, part: str, base: Base, whole: Base | None) -> bool:
        """Where nothing has a list of those asked, the answers without one are all answers."""
        return (
            whole is not None
            and self.kind.units[part] == "count"
            and self.kind.units[None] == "share"
            and whole.denominator is None
            and whole.numerator == base.numerator
        )

    def _persons(self, cell: Released, who: str, months: Sequence[dt.date]) -> dict[int, float]:
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
            return _added(self._month(cell, who, month, None) for month in months)
        terms = self.numerator(cell, who, months)
        events = (
            None
            if any(row.events is None for row in held)
            else sum(row.events or 0 for row in held)
        )
        if events == 1 and behind == "largest":
            return terms
        true = max(row.persons or 0 for row in held)
        base = Base(sum(row.numerator for row in held), None, true)
        period = cell.period if cell.grain == "tertial" else months[0]
        place = self._variable(f"persons/{cell.grain}", who, period, cell.part, base, true, 0)
        if behind == "largest":
            # As few as if all activities had the same number, as many as if one had them all.
            self._once(("persons", place), Constraint({**terms, place: -1}, low=0))
            if events is not None:
                at_most = {where: -factor for where, factor in terms.items()}
                # What was held without users is in no count of activities, and brings nobody.
                spread = max(events, math.ceil(base.numerator / true) if true else events)
                self._once(("spread", place), Constraint({**at_most, place: spread}, low=0))
            self._spread.append((place, terms, events, cell.shown.how == "exact"))
        return {place: 1}

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
        is_one = self._linked and who != self._but_of
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
        for place, terms, events, is_exact in self._spread:
            if place in known:
                continue
            sums = sum(made[:, where] * factor for where, factor in terms.items())
            made[:, place] = sums if is_exact else np.ceil(sums / (events or INFINITY))
            if events is None and not is_exact:
                made[:, place] = np.minimum(sums, 1)
        return made

    # -- what a cell says ---------------------------------------------------------------------

    def _say_municipality(self, cell: Released) -> None:
        shown = cell.shown
        months = [month for _, month in cell.of]
        numerator = self.numerator(cell, cell.municipality_id, months)
        if not numerator:
            return
        denominator = self.denominator(cell, cell.municipality_id, months)
        self._in_band(numerator, shown.band)
        self._in_band(denominator, shown.denominator_band)
        fewest = limit("fewest_answers")
        persons = {
            "numerator": numerator,
            "denominator": denominator,
        }.get(self.kind.behind[cell.part])
        if persons and shown.reason == "few_answers":
            self.model.require(persons, high=fewest - 1)
        if shown.how == "rounded" and shown.value is not None:
            if persons:
                self.model.require(persons, low=fewest)
            # floor(share / step + 1/2) is the step: 2k - 1 <= 2 x share / step < 2k + 1.
            per_whole = round(2 / limit("municipality_share_step"))
            doubled = round(shown.value * per_whole)
            self.model.require(_weighted(numerator, per_whole, denominator, -(doubled - 1)), low=0)
            if doubled < per_whole:
                above = _weighted(numerator, per_whole, denominator, -(doubled + 1))
                self.model.require(above, high=-1)

    def _say_cooperation(self, cell: Released) -> None:
        shown = cell.shown
        if shown.reason == "nothing_held":
            return
        numerators, denominators = self._by_municipality(cell)
        numerator, denominator = _added(numerators.values()), _added(denominators.values())
        few = int(limit("fewest_on_one_side"))
        self._in_band(numerator, shown.band)
        self._in_band(denominator, shown.denominator_band)
        if shown.numerator is not None:
            self.model.require(numerator, shown.numerator, shown.numerator)
        if shown.denominator is not None:
            self.model.require(denominator, shown.denominator, shown.denominator)
        is_whole = shown.how in ("exact", "under", "over")
        if is_whole or (shown.how == "band" and shown.reason == "few_on_one_side"):
            # Enough is left without any one of them.
            for terms in self._without_each(self._persons_of(cell)):
                self.model.require(terms, low=limit("rest_of_cooperation"))
        if shown.how in ("under", "over"):
            side = numerator if shown.how == "under" else _weighted(denominator, 1, numerator, -1)
            self.model.require(side, high=few - 1)
            # So many that "under 10 %" holds for every such count.
            self.model.require(denominator, low=math.ceil((few - 1) / limit("tail_share")))
        is_line = self.kind.is_line(cell.part)
        if shown.how == "exact" and is_line and self._is_share(cell):
            for terms in self._without_each(numerators.values()):
                self.model.require(terms, low=limit("rest_of_cooperation"))
        if shown.how == "band" and shown.reason == "few_on_one_side":
            most = math.ceil((few - 1) / limit("tail_share")) - 1
            self.model.require(denominator, high=most)
            self.model.require_one_of(
                [
                    [Constraint(numerator, high=few - 1)],
                    [Constraint(_weighted(denominator, 1, numerator, -1), high=few - 1)],
                ]
            )
        elif shown.how == "band" and not is_line:
            self.model.require_one_of(self._too_little_left(cell))

    def _say_among(self, cell: Released) -> None:
        """Nobody answers one question more often than the questionnaire that it stands in."""
        assert cell.part is not None
        away = self.kind.among[cell.part]
        for who, months in _months_of(cell).items():
            asked = {later(month, on) for month in months for on in away}
            self._require_among(cell, who, months, sorted(asked))
            # Most are asked as soon as they should be, and who takes all for that knows more.
            for month in months:
                self._require_among(cell, who, [month], [later(month, away[0])])

    def _require_among(
        self, cell: Released, who: str, months: Sequence[dt.date], asked: Sequence[dt.date]
    ) -> None:
        whole = _added(self._month(cell, who, month, None) for month in asked)
        answers = self.denominator(cell, who, months)
        # Who gave up early may have answered just this one: then nobody can count on it.
        if whole and answers and self._true(answers) <= self._true(whole):
            self.model.require(_weighted(whole, 1, answers, -1), low=0)

    def _true(self, terms: Terms) -> float:
        """The true value of a sum of variables."""
        return sum(self.variables[place].value * factor for place, factor in terms.items())

    def _say_again(self, cell: Released) -> None:
        """Nobody is asked again who was not asked the first time, and most often everybody is."""
        assert cell.part is not None
        for who, months in _months_of(cell).items():
            for month in months:
                now = self._asked(cell, who, month, cell.part)
                first = _added(
                    self._asked(cell, who, later(month, on), None)
                    for on in self.kind.again[cell.part]
                )
                fewer = self._true(first) - self._true(now)
                # Where more were asked than the first time, whoever counts on it is misled.
                if now and first and fewer >= 0:
                    high = INFINITY if fewer else 0
                    self.model.require(_weighted(first, 1, now, -1), 0, high)

    def _is_share(self, cell: Released) -> bool:
        return self.kind.units[cell.part] == "share" and cell.shown.denominator is not None

    def _by_municipality(
        self, cell: Released
    ) -> tuple[dict[str, dict[int, float]], dict[str, dict[int, float]]]:
        months = _months_of(cell)
        return (
            {who: self.numerator(cell, who, those) for who, those in months.items()},
            {who: self.denominator(cell, who, those) for who, those in months.items()},
        )

    def _persons_of(self, cell: Released) -> list[dict[int, float]]:
        return [self._persons(cell, who, months) for who, months in _months_of(cell).items()]

    def _without_each(self, sums: Iterable[Terms]) -> list[dict[int, float]]:
        """What is left without each of them in turn, where anything of it can vary."""
        sums = [terms for terms in sums if terms]
        left = (_added(other for other in sums if other is not one) for one in sums)
        return [terms for terms in left if terms]

    def _too_little_left(self, cell: Released) -> list[Alternative]:
        """Without one of them, whichever it is, too little is left: that is why it is a band."""
        most = limit("rest_of_cooperation") - 1
        sums = [terms for terms in self._persons_of(cell) if terms]
        if self.kind.behind[cell.part] == "unknown" or len(sums) < 2:
            return [[]]
        return [[Constraint(terms, high=most)] for terms in self._without_each(sums)]

    def _say_alike(self, breakdown: Sequence[Released]) -> None:
        """One line of a breakdown in a band puts all of them in bands, and none tells which."""
        banded = [cell for cell in breakdown if cell.shown.how == "band"]
        if not banded or any(cell.shown.reason == "few_on_one_side" for cell in banded):
            return
        alternatives: list[Alternative] = []
        for cell in banded:
            alternatives += self._too_little_left(cell)
            if self.kind.units[cell.part] == "share":
                most = limit("rest_of_cooperation") - 1
                numerators = self._by_municipality(cell)[0].values()
                alternatives += [
                    [Constraint(terms, high=most)] for terms in self._without_each(numerators)
                ]
        if all(alternatives):
            self.model.require_one_of(alternatives)

    def _say_of_parts(self, released: Sequence[Released]) -> None:
        """A numerator is at most its denominator, and who was not reached is one of those asked."""
        by_name: dict[tuple[str, *BaseKey], list[Variable]] = {}
        for one in self.variables:
            by_name.setdefault((one.what, *_row_of(one)), []).append(one)

        def named(what: str, one: Variable, part: str | None) -> list[Variable]:
            return by_name.get((what, one.municipality_id, one.period, part), [])

        for one in self.variables:
            if one.what == "numerator":
                for out_of in named("denominator", one, one.part):
                    self._at_most([one], out_of, released)
            if one.part in self.kind.unreached and one.what == "denominator":
                for whole in named("denominator", one, None):
                    self._at_most([one], whole, released)
            if one.part in self.kind.unreached and one.what == "numerator" and self._knows_more:
                for answered in named("numerator", one, None):
                    for whole in named("denominator", one, None):
                        self._at_most([one, answered], whole, released)

    def _at_most(
        self, parts: Sequence[Variable], whole: Variable, released: Sequence[Released]
    ) -> None:
        # More than were asked: whoever assumes otherwise is misled.
        if sum(one.value for one in parts) <= whole.value and any(
            all(_is_of(cell, one) for one in (*parts, whole)) for cell in released
        ):
            terms: dict[int, float] = {one.place: -1 for one in parts}
            self.model.require({whole.place: 1, **terms}, low=0)

    def _in_band(self, terms: Terms, band: str | None) -> None:
        if band is None or not terms:
            return
        low, high = disclosure.band_ends(band)
        self.model.require(terms, low, high)


def _row_of(one: Variable) -> BaseKey:
    return one.municipality_id, one.period, one.part


def _is_of(cell: Released, one: Variable) -> bool:
    """Whether a variable is what a cell was made of: no other version of it."""
    base = cell.truth.get(_row_of(one))
    if base is None:
        return False
    return one.value == (base.numerator if one.what == "numerator" else base.denominator)


def _months_of(cell: Released) -> dict[str, list[dt.date]]:
    months: dict[str, list[dt.date]] = {}
    for who, month in cell.of:
        months.setdefault(who, []).append(month)
    return months


def _added(sums: Iterable[Terms]) -> dict[int, float]:
    """One sum of several."""
    total: dict[int, float] = {}
    for terms in sums:
        for place, factor in terms.items():
            total[place] = total.get(place, 0) + factor
    return total


def _weighted(one: Terms, by: float, other: Terms, other_by: float) -> dict[int, float]:
    scaled = {place: factor * by for place, factor in one.items()}
    return _added([scaled, {place: factor * other_by for place, factor in other.items()}])
