"""What the released numbers of one tertial tell of the true ones, as constraints.

The true numbers are the variables of `unknowns`.

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
from collections.abc import Iterable, Sequence

from queries import disclosure
from queries.base import BaseKey, Kind, Released, later
from queries.disclosure import COOPERATION, limit
from queries.possible import INFINITY, Alternative, Constraint, Terms
from queries.unknowns import COMMONLY, Assumed, Unknowns, Variable, added, weighted


class Knowledge(Unknowns):
    """The model of one indicator and tertial: every released cell turned into constraints."""

    def __init__(
        self, kind: Kind, released: Sequence[Released], assumed: Assumed = COMMONLY
    ) -> None:
        super().__init__(kind, assumed)
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
            self.model.require(weighted(numerator, per_whole, denominator, -(doubled - 1)), low=0)
            if doubled < per_whole:
                above = weighted(numerator, per_whole, denominator, -(doubled + 1))
                self.model.require(above, high=-1)

    def _say_cooperation(self, cell: Released) -> None:
        shown = cell.shown
        if shown.reason == "nothing_held":
            return
        numerators, denominators = self._by_municipality(cell)
        numerator, denominator = added(numerators.values()), added(denominators.values())
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
            side = numerator if shown.how == "under" else weighted(denominator, 1, numerator, -1)
            self.model.require(side, high=few - 1)
            # So many that "under 10 %" holds for every such count.
            self.model.require(denominator, low=disclosure.fewest_for_tail())
        is_line = self.kind.is_line(cell.part)
        if shown.how == "exact" and is_line and self._is_share(cell):
            for terms in self._without_each(numerators.values()):
                self.model.require(terms, low=limit("rest_of_cooperation"))
        if shown.how == "band" and shown.reason == "few_on_one_side":
            self.model.require(denominator, high=disclosure.fewest_for_tail() - 1)
            self.model.require_one_of(
                [
                    [Constraint(numerator, high=few - 1)],
                    [Constraint(weighted(denominator, 1, numerator, -1), high=few - 1)],
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
        whole = added(self.month(cell, who, month, None) for month in asked)
        answers = self.denominator(cell, who, months)
        # Who gave up early may have answered just this one: then nobody can count on it.
        if whole and answers and self._true(answers) <= self._true(whole):
            self.model.require(weighted(whole, 1, answers, -1), low=0)

    def _true(self, terms: Terms) -> float:
        """The true value of a sum of variables."""
        return sum(self.variables[place].value * factor for place, factor in terms.items())

    def _say_again(self, cell: Released) -> None:
        """Nobody is asked again who was not asked the first time, and most often everybody is."""
        assert cell.part is not None
        for who, months in _months_of(cell).items():
            for month in months:
                now = self.asked(cell, who, month, cell.part)
                first = added(
                    self.asked(cell, who, later(month, on), None)
                    for on in self.kind.again[cell.part]
                )
                fewer = self._true(first) - self._true(now)
                # Where more were asked than the first time, whoever counts on it is misled.
                if now and first and fewer >= 0:
                    high = INFINITY if fewer else 0
                    self.model.require(weighted(first, 1, now, -1), 0, high)

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
        return [self.persons(cell, who, months) for who, months in _months_of(cell).items()]

    def _without_each(self, sums: Iterable[Terms]) -> list[dict[int, float]]:
        """What is left without each of them in turn, where anything of it can vary."""
        sums = [terms for terms in sums if terms]
        left = (added(other for other in sums if other is not one) for one in sums)
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
            if (
                one.part in self.kind.unreached
                and one.what == "numerator"
                and self.assumed.knows_more
            ):
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
