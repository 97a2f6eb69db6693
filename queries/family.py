"""Indicators that count the same answers: what they tell together.

A response rate counts everybody who answered, and an indicator about one question those who
answered that. The two are nearly the same number: who has under ten of one and ten or more of the
other, while only two of all left the question out, is known to have eight or nine. So the numbers
of a family are audited as those of one indicator, the others as parts of the response rate.

Answers that are asked for half a year later are counted in two calendars: by the month in which
their course ended, and in the response rate by the month of asking. What all of them are in four
months of courses says at least how many must have answered in the months in which only a band is
shown. Such an indicator is audited with the response rates of both tertials that its answers were
asked for in.

And the same people are asked twice: where one municipality's file of the second time is not there,
the difference between two sums of those asked is how many it asked the first time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from queries.base import Base, BaseKey, Kind, Released, later
from queries.cards import Card
from queries.disclosure import tertial_of

BlockKey = tuple[str, dt.date]
"""Indicator and tertial."""


@dataclass(frozen=True)
class Family:
    """Blocks that count the same answers.

    Attributes:
        rate: The response rate.
        others: The indicators that count some of its answers.
        of: The tertial that they are audited for.
        told_in: The tertials that they are shown in and that count: those of the same people too.
        asked_in: The tertials of the response rate in which those answers were asked for.
        months: How many months after the one that they are counted in.
        is_asked_again: They are not among its answers: their people are those whom it counts, asked
            once more.
    """

    rate: str
    others: tuple[str, ...]
    of: dt.date
    told_in: tuple[dt.date, ...]
    asked_in: tuple[dt.date, ...]
    months: tuple[int, ...]
    is_asked_again: bool = False

    @property
    def rates(self) -> tuple[BlockKey, ...]:
        """The response rate's blocks."""
        return tuple((self.rate, tertial) for tertial in self.asked_in)

    @property
    def blocks(self) -> tuple[BlockKey, ...]:
        """All of them, the response rate's first."""
        return (*self.rates, *self.beside)

    @property
    def beside(self) -> tuple[BlockKey, ...]:
        """The blocks of the others."""
        return tuple((name, tertial) for name in self.others for tertial in self.told_in)

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators, the response rate first."""
        return (self.rate, *self.others)

    def is_told(self, released: Mapping[BlockKey, Sequence[Released]]) -> bool:
        """Whether several of its blocks tell anything, and not the response rate's alone."""
        others = [tells(released.get(block, ())) for block in self.beside]
        rates = [tells(released.get(block, ())) for block in self.rates]
        if self.is_asked_again:
            return any(others) and any(rates)
        return any(others) and sum(others) + sum(rates) > 1

    def as_one(
        self,
        kinds: Mapping[str, Kind],
        whole: Callable[[int | None], Mapping[BaseKey, Base]],
        released: Mapping[BlockKey, Sequence[Released]],
    ) -> tuple[Kind, list[Released]]:
        """Its cells as those of one indicator, for the audit.

        Args:
            kinds: What everybody knows of each indicator.
            whole: The true base cells of the response rate right after a ledger entry.
            released: What is shown of each block.
        """
        first = kinds[self.rate]
        beside = dict.fromkeys(self.others, self.months)
        kind = replace(
            first,
            among={} if self.is_asked_again else beside,
            again=beside if self.is_asked_again else {},
            units={**first.units, **{name: kinds[name].units[None] for name in self.others}},
            behind={**first.behind, **{name: kinds[name].behind[None] for name in self.others}},
        )
        cells = [one for block in self.rates for one in released.get(block, ())]
        if self.is_asked_again:
            # The lines tell of some of those asked, in four months, and of no month: with them it
            # takes four times as long, and they are audited with their own block.
            cells = [one for one in cells if one.part is None]
        cells += [
            _as_part(one, block[0], whole(one.entry))
            for block in self.beside
            for one in released.get(block, ())
            if one.part is None
        ]
        return kind, cells


def families(cards: Mapping[str, Card], block: BlockKey) -> tuple[Family, ...]:
    """The families that a block is in."""
    indicator, tertial = block
    found = []
    for rate, months, others, is_again in _relations(cards):
        if indicator in others:
            tertials = {tertial}
        elif indicator == rate:
            tertials = _counted_in(tertial, months)
        else:
            continue
        for of in tertials:
            asked_in = _asked_in(of, months)
            told_in = {of}
            if is_again:
                told_in = {each for asked in asked_in for each in _counted_in(asked, months)}
            found.append(
                Family(rate, others, of, tuple(sorted(told_in)), asked_in, months, is_again)
            )
    return tuple(sorted(found, key=lambda one: (one.names, one.of)))


def rank(cards: Mapping[str, Card], indicator: str) -> int:
    """Its turn in the gate: a response rate is decided first, the others reckon with it."""
    return max(
        (
            rank(cards, rate) + others.index(indicator) + 1
            for rate, _, others, _ in _relations(cards)
            if indicator in others
        ),
        default=0,
    )


def turn(cards: Mapping[str, Card], block: BlockKey) -> tuple[int, dt.date]:
    """When a block is decided: by rank, and those of people who are asked again in order of time.

    Each of those reckons with what the ones before it show.
    """
    indicator, tertial = block
    is_again = cards[indicator].asked_before is not None
    return rank(cards, indicator), tertial if is_again else dt.date.min


def tells(released: Sequence[Released]) -> bool:
    """Whether anything of an indicator is shown."""
    return any(one.shown.how != "none" for one in released)


def _relations(
    cards: Mapping[str, Card],
) -> list[tuple[str, tuple[int, ...], tuple[str, ...], bool]]:
    """Each response rate with those that count some of its answers, so many months before.

    And with those whose people are asked again, so many months after; then True stands last.
    """
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for card in cards.values():
        asked = {source.months for source in card.sources if source.kind == "survey_waves"}
        months = tuple(sorted(month for month in asked if month is not None))
        for name in dict.fromkeys(rate.indicator for rate in card.rates):
            found.setdefault((name, months), []).append(card.id)
    again = [
        (card.asked_before.indicator, (-card.asked_before.months,), (card.id,), True)
        for card in cards.values()
        if card.asked_before is not None
    ]
    return [
        (rate, months, tuple(others), False) for (rate, months), others in found.items()
    ] + again


def _asked_in(tertial: dt.date, months: Sequence[int]) -> tuple[dt.date, ...]:
    return tuple(
        sorted({tertial_of(later(tertial, month + on)) for month in range(4) for on in months})
    )


def _counted_in(asked_in: dt.date, months: Sequence[int]) -> set[dt.date]:
    """The tertials that are counted so many months before what was asked for in this one."""
    return {tertial_of(later(asked_in, month - on)) for month in range(4) for on in months}


def _as_part(released: Released, name: str, whole: Mapping[BaseKey, Base]) -> Released:
    own: dict[BaseKey, Base] = {
        (who, month, name): base
        for (who, month, part), base in released.truth.items()
        if part is None
    }
    return replace(released, part=name, truth={**whole, **own})
