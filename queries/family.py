"""Indicators that count the same answers in the same months: what they tell together.

A response rate counts everybody who answered, and an indicator about one question those who
answered that. The two are nearly the same number: who has under ten of one and ten or more of the
other, while only two of all left the question out, is known to have eight or nine. So the numbers
of a family are audited as those of one indicator, the others as parts of the response rate.

An indicator whose answers are asked for in other months than they are counted in is no such family:
its sums overlap with the rate's. It is shown for all together only, and audited by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from queries.cards import Card
from queries.knowledge import Base, BaseKey, Kind, Released


def families(cards: Mapping[str, Card]) -> dict[str, tuple[str, ...]]:
    """Each indicator that has a family, with the family: the response rate first."""
    found: dict[str, list[str]] = {}
    for card in cards.values():
        for rate in card.rates:
            if rate.tertials == 0:
                found.setdefault(rate.indicator, [rate.indicator]).append(card.id)
    return {name: tuple(family) for family in found.values() for name in family}


def tells(released: Sequence[Released]) -> bool:
    """Whether anything of an indicator is shown."""
    return any(one.shown.how != "none" for one in released)


def as_one(
    family: Sequence[str],
    kinds: Mapping[str, Kind],
    whole: Mapping[BaseKey, Base],
    released: Mapping[str, Sequence[Released]],
) -> tuple[Kind, list[Released]]:
    """A family's cells of one tertial as those of one indicator, for the audit.

    Args:
        family: The response rate, and those that count some of its answers.
        kinds: What everybody knows of each of them.
        whole: The true base cells of the response rate.
        released: What is shown of each of them.
    """
    first, *others = family
    kind = replace(
        kinds[first],
        units={**kinds[first].units, **{name: kinds[name].units[None] for name in others}},
        behind={**kinds[first].behind, **{name: kinds[name].behind[None] for name in others}},
        among=frozenset(others),
    )
    cells = list(released.get(first, ()))
    cells += [_as_part(one, name, whole) for name in others for one in released.get(name, ())]
    return kind, cells


def _as_part(released: Released, name: str, whole: Mapping[BaseKey, Base]) -> Released:
    own: dict[BaseKey, Base] = {
        (who, month, name): base for (who, month, _), base in released.truth.items()
    }
    return replace(released, part=name, truth={**whole, **own})
