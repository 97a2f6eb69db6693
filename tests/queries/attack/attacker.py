"""An attacker who has nothing but the exports of all releases, and as a municipality its own books.

Written apart from the audit: what is shown is read from the JSON of `forankring export`, and each
number is one variable for ever, since an attacker does not know of corrections. Whoever the numbers
contradict learns nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

Exported = Mapping[str, Any]
Books = Mapping[tuple[str, str, dt.date, str | None], tuple[int, int | None]]
"""Indicator, municipality, month, part: numerator and denominator."""

INDICATORS = {"participants": "activities_held", "response_rate_same_day": "same_day_evaluation"}
"""What is attacked, and whose cells tell who delivered a month."""

COMMON_SENSE = 400
"""No municipality has more in a month."""


@dataclass(frozen=True)
class Success:
    """Something an attacker has concluded, rightly, that nobody may."""

    indicator: str
    attacker: str | None
    municipality: str
    period: str
    what: str
    low: int
    high: int


class Attack:
    """The equations of one indicator and tertial, from every release."""

    def __init__(self, indicator: str, tertial: str, exports: Sequence[Exported]) -> None:
        self.indicator, self.tertial = indicator, tertial
        self.variables: dict[tuple[str, str, str], int] = {}
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.high: list[float] = []
        self.own: list[tuple[int, str, str, str, int]] = []
        self.places: set[str] = set()
        first: dict[tuple[Any, ...], tuple[Exported, Exported]] = {}
        self.changed = 0
        for exported in exports:
            for cell in exported["cells"]:
                if cell["indicator"] != indicator or _tertial(cell["period"]) != tertial:
                    continue
                if cell["state"] in ("not_due", "withheld", "missing", "not_member"):
                    continue
                key = (cell["municipality"], cell["grain"], cell["period"], cell["part"])
                if key not in first:
                    first[key] = (cell, exported)
                elif _said(first[key][0]) != _said(cell):
                    self.changed += 1
        for cell, exported in first.values():
            self._say(cell, exported)

    def _variable(self, what: str, who: str, month: str, number: int) -> int:
        key = (what, who, month)
        if key not in self.variables:
            self.variables[key] = len(self.variables)
            self.high.append(COMMON_SENSE)
            self.own.append((self.variables[key], what, who, month, number))
            self.places.add(who)
            if what == "x" and ("n", who, month) in self.variables:
                self._require({self.variables["n", who, month]: 1, self.variables[key]: -1}, low=0)
            if what == "n" and ("x", who, month) in self.variables:
                self._require({self.variables[key]: 1, self.variables["x", who, month]: -1}, low=0)
        return self.variables[key]

    def _require(
        self, terms: dict[int, float], low: float = -math.inf, high: float = math.inf
    ) -> None:
        self.rows.append((terms, low, high))

    def _say(self, cell: Exported, exported: Exported) -> None:
        number = exported["release"]["number"]
        months = _months(cell)
        told = {
            (other["municipality"], other["period"]): other
            for other in exported["cells"]
            if other["indicator"] == INDICATORS[self.indicator]
            and other["part"] is None
            and other["grain"] == "month"
        }
        held = {
            (other["municipality"], other["period"], other["part"]): other["numerator"]
            for other in exported["cells"]
            if other["indicator"] == "activities_held" and other["grain"] == "month"
        }
        alone = cell["municipality"] != "cooperation"
        who = sorted({place for place, _ in told if place != "cooperation"})
        of = [
            (place, month)
            for place in ([cell["municipality"]] if alone else who)
            for month in months
            if told.get((place, month), {}).get("state") in ("measured", "provisional")
        ]
        if cell["grain"] == "month" and cell["delivered"] not in (None, len(of)):
            return  # who is in it is not certain
        sums: dict[str, dict[str, list[int]]] = {"x": defaultdict(list), "n": defaultdict(list)}
        for place, month in of:
            if self.indicator == "participants":
                kinds = [cell["part"]] if cell["part"] else PARTS
                for kind in kinds:
                    if held.get((place, month, kind)):
                        sums["x"][place].append(self._variable(f"x/{kind}", place, month, number))
            elif cell["part"] is None:
                for what in ("x", "n"):
                    sums[what][place].append(self._variable(what, place, month, number))
        x = _total(sums["x"])
        n = _total(sums["n"])
        if cell["reason"] == "nothing_held":
            for place in place_of(x):
                self._require({place: 1}, 0, 0)
            for place in place_of(n):
                self._require({place: 1}, 0, 0)
            return
        if cell["part"] is not None and self.indicator != "participants":
            return
        if cell["numerator"] is not None:
            self._require(x, cell["numerator"], cell["numerator"])
            for mine in sums["x"].values():
                rest = {place: 1.0 for place in x if place not in mine}
                if not alone:
                    self._require(rest, low=10)
        if cell["denominator"] is not None and n:
            self._require(n, cell["denominator"], cell["denominator"])
        for band, terms in ((cell["band"], x), (cell["denominator_band"], n)):
            if band is not None and terms:
                self._require(terms, *_band(band))
        if cell["shown"] == "rounded":
            share = cell["value"]
            weighted = {**x, **dict.fromkeys(n, -(share - 0.05))}
            self._require(weighted, low=-1e-9)
            weighted = {**x, **dict.fromkeys(n, -(share + 0.05))}
            self._require(weighted, high=1e-9)
            self._require(x, low=10)
        if cell["reason"] == "few_answers":
            self._require(x, high=9)
        if cell["shown"] == "over":
            self._require({**n, **dict.fromkeys(x, -1.0)}, high=2)

    def successes(
        self, books: Mapping[int, Books], attackers: Sequence[str | None]
    ) -> Iterator[Success]:
        """What can be concluded that is true and that nobody may know."""
        if not self.variables:
            return
        now = books[max(books)]
        for attacker in attackers:
            known = self._known(attacker, books)
            for who in sorted(self.places - {attacker}):
                for what in ("x", "n"):
                    mine = [one for one in self.own if one[2] == who and one[1][0] == what]
                    if not mine:
                        continue
                    periods = sorted({month for _, _, _, month, _ in mine})
                    for period in (None, *periods) if len(periods) > 1 else (None,):
                        of = [one for one in mine if period in (None, one[3])]
                        if not any(_is_held(self.indicator, books, one) for one in of):
                            continue  # nothing was held or sent, which everybody may know
                        terms = {place: 1.0 for place, *_ in of}
                        true = _true(self.indicator, now, of, what)
                        was = _true_then(self.indicator, books, of, what)
                        reached = self._reached(terms, known)
                        if reached is None:
                            break
                        low, high = reached
                        is_right = low <= true <= high or low <= was <= high
                        if is_right and (high < 5 or (low < 10 and high - low < 4)):
                            yield Success(
                                self.indicator,
                                attacker,
                                who,
                                period or self.tertial,
                                what,
                                low,
                                high,
                            )

    def _known(self, attacker: str | None, books: Mapping[int, Books]) -> dict[int, float]:
        known = {}
        for place, what, who, month, number in self.own:
            if who == attacker:
                one = [(place, what, who, month, number)]
                known[place] = float(_true_then(self.indicator, books, one, what[0]))
        return known

    def _reached(
        self, terms: dict[int, float], known: Mapping[int, float]
    ) -> tuple[int, int] | None:
        size = len(self.variables)
        low, high = np.zeros(size), np.array(self.high)
        for place, value in known.items():
            low[place] = high[place] = value
        matrix = sparse.lil_array((len(self.rows), size))
        for row, (sums, _, _) in enumerate(self.rows):
            for place, factor in sums.items():
                matrix[row, place] = factor
        ends = optimize.LinearConstraint(
            matrix.tocsr(), [row[1] for row in self.rows], [row[2] for row in self.rows]
        )
        found = []
        for sign in (1, -1):
            objective = np.zeros(size)
            for place, factor in terms.items():
                objective[place] = sign * factor
            solved = optimize.milp(
                objective,
                integrality=np.ones(size),
                bounds=optimize.Bounds(low, high),
                constraints=ends if self.rows else (),
            )
            if solved.x is None:
                return None
            found.append(round(sign * solved.fun))
            # Nothing that reaches this far down or up can be a success.
            if sign == 1 and found[0] >= 10:
                return found[0], 10**6
        return found[0], found[1]


PARTS = ("dialogue_meeting", "dialogue_cafe", "peer_evaluation", "user_panel", "workshop")


def place_of(terms: Mapping[int, float]) -> list[int]:
    """The variables of a sum."""
    return sorted(terms)


def _total(sums: Mapping[str, Sequence[int]]) -> dict[int, float]:
    return {place: 1.0 for mine in sums.values() for place in mine}


def _true(
    indicator: str, books: Books, of: Sequence[tuple[int, str, str, str, int]], what: str
) -> int:
    total = 0
    for _, name, who, month, _ in of:
        part = name[2:] or None
        numbers = books.get((indicator, who, dt.date.fromisoformat(month), part), (0, 0))
        total += (numbers[0] if what == "x" else numbers[1]) or 0
    return total


def _is_held(
    indicator: str, books: Mapping[int, Books], one: tuple[int, str, str, str, int]
) -> bool:
    _, name, who, month, number = one
    key = (indicator, who, dt.date.fromisoformat(month), name[2:] or None)
    return key in books[number] or key in books[max(books)]


def _true_then(
    indicator: str,
    books: Mapping[int, Books],
    of: Sequence[tuple[int, str, str, str, int]],
    what: str,
) -> int:
    return sum(_true(indicator, books[one[4]], [one], what) for one in of)


def _said(cell: Exported) -> tuple[Any, ...]:
    return tuple(cell[name] for name in ("numerator", "denominator", "value", "band", "shown"))


def _tertial(period: str) -> str:
    month = int(period[5:7])
    return f"{period[:5]}{(month - 1) // 4 * 4 + 1:02d}-01"


def _months(cell: Exported) -> list[str]:
    if cell["grain"] == "month":
        return [cell["period"]]
    month = int(cell["period"][5:7])
    return [f"{cell['period'][:5]}{month + more:02d}-01" for more in range(4)]


def _band(band: str) -> tuple[float, float]:
    if band.endswith("+"):
        return float(band[:-1]), math.inf
    low, high = band.split("-")
    return float(low), float(high)
