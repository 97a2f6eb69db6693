"""Other points than the true one: a few persons moved from one municipality to another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from queries.disclosure import COOPERATION, tertial_of
from queries.solver import Points
from queries.unknowns import Variable

MOVED = 2
"""How many persons are moved to look for another possible point: to and fro, these are five values.
More sizes of a step prove a little more, and cost more than the solver's answer to the rest."""


def moves(variables: Sequence[Variable], size: int) -> Points:
    """Changes of a point that keep most sums: persons moved between two municipalities.

    Numerators and denominators are moved alone and together, in one month, and in two months
    in opposite ways, which keeps the tertials of both.
    """
    places: dict[tuple[str | None, str], dict[dt.date, dict[str, int]]] = {}
    for one in variables:
        if not one.what.startswith("persons"):
            by_month = places.setdefault((one.part, one.what), {})
            by_month.setdefault(one.period, {})[one.municipality_id] = one.place
    made: list[dict[int, float]] = []
    for (part, what), by_month in places.items():
        beside = places.get((part, "denominator"), {}) if what == "numerator" else {}
        for month, places_now in by_month.items():
            for here, there in itertools.permutations((*sorted(places_now), COOPERATION), 2):
                base = _moved(places_now, here, there)
                both = base | _moved(beside.get(month, {}), here, there)
                made += [base] if both == base else [base, both]
        for month, later in itertools.permutations(by_month, 2):
            # In months of two tertials neither of these would stay what it is.
            if month > later or tertial_of(month) != tertial_of(later):
                continue
            shared = sorted(set(by_month[month]) & set(by_month[later]))
            for here, there in itertools.permutations((*shared, COOPERATION), 2):
                back = _moved(by_month[later], there, here)
                made.append(_moved(by_month[month], here, there) | back)
    moves = np.zeros((len(made), size))
    for row, move in enumerate(made):
        for place, factor in move.items():
            moves[row, place] = factor * MOVED
    return moves


def _moved(places: Mapping[str, int], one: str, other: str) -> dict[int, float]:
    """From one municipality to another; from or to nobody where one has no such number."""
    return {
        **({places[one]: -1.0} if one in places else {}),
        **({places[other]: 1.0} if other in places else {}),
    }
