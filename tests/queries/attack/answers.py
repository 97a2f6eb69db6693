"""An attacker who puts together all indicators that count the same answers.

As in `attacker`, nothing but the exports is read, and the own books of a municipality. Who is in a
sum is told by the indicators that are exact; where that is not certain, the sum is left out.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import optimize, sparse

from tests.queries.attack.attacker import (
    COMMON_SENSE,
    Books,
    Exported,
    Success,
    _band,
    _months,
    _said,
)

ASKED = {
    "response_rate_same_day": ("benefit_same_day", 0),
    "response_rate_half_year": ("benefit_half_year", 6),
}
"""By response rate the indicator that counts some of its answers, so many months before."""

DELIVERED = "same_day_evaluation"
"""The exact indicator that tells who delivered a month."""

Variable = tuple[str, str, str, str]
"""Indicator, "x" or "n", municipality, month."""

Terms = dict[Variable, float]


class AnswersAttack:
    """The equations of a response rate and of what counts some of its answers, of all months.

    Attributes:
        changed: How many numbers were shown twice, and otherwise.
    """

    def __init__(self, rate: str, exports: Sequence[Exported]) -> None:
        self._benefit, self._later = ASKED[rate]
        self._indicators = (rate, self._benefit)
        self.variables: dict[Variable, int] = {}
        self.rows: list[tuple[Terms, float, float]] = []
        self._numbers: dict[tuple[str, str, str, str], Terms] = {}
        self.changed = 0
        first: dict[tuple[Any, ...], tuple[Exported, Exported]] = {}
        for exported in exports:
            for cell in exported["cells"]:
                if cell["indicator"] in self._indicators and cell["shown"] != "none":
                    key = tuple(
                        cell[name] for name in ("indicator", "municipality", "period", "part")
                    )
                    seen = first.setdefault((*key, cell["grain"]), (cell, exported))
                    self.changed += _said(seen[0]) != _said(cell)
        for cell, exported in first.values():
            if cell["part"] is None:
                self._say(cell, _who_delivered(exported))
        self._relate(rate)

    def _sum(self, what: str, cell: Exported, of: Sequence[tuple[str, str]]) -> Terms:
        named = [(cell["indicator"], what, who, month) for who, month in of]
        for name in named:
            self.variables.setdefault(name, len(self.variables))
        return dict.fromkeys(named, 1.0)

    def _say(self, cell: Exported, delivered: Mapping[str, set[str]]) -> None:
        is_alone = cell["municipality"] != "cooperation"
        who = [cell["municipality"]] if is_alone else sorted(delivered)
        # What is asked half a year later is in the sum once that was delivered too.
        away = (0, 6, 7) if cell["indicator"] == "benefit_half_year" else (0,)
        of = [
            (place, month)
            for place in who
            for month in _months(cell)
            if all(_later(month, months) in delivered[place] for months in away)
        ]
        of_each = {place: [pair for pair in of if pair[0] == place] for place in who}
        is_by_month = cell["grain"] == "month" or is_alone
        if cell["reason"] == "nothing_held" or (is_by_month and cell["delivered"] != len(of)):
            return
        x, n = self._sum("x", cell, of), self._sum("n", cell, of)
        persons = x if cell["indicator"].startswith("response") else n
        for what, terms in (("x", x), ("n", n)):
            if is_alone:
                number = (cell["indicator"], what, cell["municipality"], cell["period"])
                self._numbers[number] = terms
            exact = cell["numerator" if what == "x" else "denominator"]
            band = cell["band" if what == "x" else "denominator_band"]
            if exact is not None:
                self.rows.append((terms, exact, exact))
            if band is not None:
                self.rows.append((terms, *_band(band)))
        if cell["shown"] in ("exact", "under", "over") and not is_alone:
            for place in who:
                rest = {name: 1.0 for name in persons if name[2] != place}
                self.rows += [(rest, 10, math.inf)] if of_each[place] and rest else []
        if cell["shown"] == "under":
            self.rows.append((x, 0, 2))
        if cell["shown"] == "over":
            self.rows.append((_less(n, x), 0, 2))
        if cell["reason"] == "few_answers":
            self.rows.append((persons, 0, 9))
        if cell["shown"] == "rounded":
            self.rows.append((persons, 10, math.inf))
            share = cell["value"]
            self.rows.append((_less(x, n, share - 0.05), -1e-9, math.inf))
            self.rows.append((_less(x, n, share + 0.05), -math.inf, 1e-9))

    def _relate(self, rate: str) -> None:
        """Who says what benefit there was has answered, and so much is known of every month."""
        for indicator, what, who, month in list(self.variables):
            mine = (indicator, what, who, month)
            if what == "x" and (indicator, "n", who, month) in self.variables:
                self.rows.append(
                    (_less({(indicator, "n", who, month): 1.0}, {mine: 1.0}), 0, math.inf)
                )
            answered = (rate, "x", who, _later(month, self._later))
            if indicator == self._benefit and what == "n" and answered in self.variables:
                self.rows.append((_less({answered: 1.0}, {mine: 1.0}), 0, math.inf))

    def successes(
        self, books: Mapping[int, Books], attackers: Sequence[str | None]
    ) -> Iterator[Success]:
        """What can be concluded of a municipality's tertial that is true and that nobody may."""
        for attacker in attackers:
            for (indicator, what, who, period), terms in self._numbers.items():
                true = {sum(_true(one, name) for name in terms) for one in books.values()}
                if who == attacker or not any(0 < value < 10 for value in true):
                    continue
                reached = self._reached(terms, attacker, books)
                if reached is None:
                    break
                low, high = reached
                if any(low <= value <= high for value in true) and (
                    high < 5 or (low < 10 and high - low < 4)
                ):
                    yield Success(indicator, attacker, who, period, what, low, high)

    def _reached(
        self, terms: Terms, attacker: str | None, books: Mapping[int, Books]
    ) -> tuple[int, int] | None:
        size = len(self.variables)
        low, high = np.zeros(size), np.full(size, float(COMMON_SENSE))
        for name, place in self.variables.items():
            if name[2] == attacker:
                low[place] = high[place] = _true(books[min(books)], name)
        matrix = sparse.lil_array((len(self.rows), size))
        for row, (sums, _, _) in enumerate(self.rows):
            for name, factor in sums.items():
                matrix[row, self.variables[name]] = factor
        ends = optimize.LinearConstraint(
            matrix.tocsr(), [row[1] for row in self.rows], [row[2] for row in self.rows]
        )
        found = []
        for sign in (-1, 1):
            objective = np.zeros(size)
            for name in terms:
                objective[self.variables[name]] = sign
            solved = optimize.milp(
                objective,
                integrality=np.ones(size),
                bounds=optimize.Bounds(low, high),
                constraints=ends,
            )
            if solved.x is None:
                return None
            found.append(round(sign * solved.fun))
        return found[1], found[0]


def _less(one: Terms, other: Terms, by: float = 1.0) -> Terms:
    return {**one, **{name: one.get(name, 0.0) - by * factor for name, factor in other.items()}}


def _later(month: str, months: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{number // 12}-{number % 12 + 1:02d}-01"


def _true(books: Books, name: Variable) -> int:
    indicator, what, who, month = name
    numbers = books.get((indicator, who, dt.date.fromisoformat(month), None), (0, 0))
    return (numbers[0] if what == "x" else numbers[1]) or 0


def _who_delivered(exported: Exported) -> dict[str, set[str]]:
    told: dict[str, set[str]] = defaultdict(set)
    for cell in exported["cells"]:
        has_number = cell["state"] in ("measured", "provisional")
        if cell["indicator"] == DELIVERED and has_number and cell["municipality"] != "cooperation":
            told[cell["municipality"]].add(cell["period"])
    return told
