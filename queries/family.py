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
the difference between two sums of those asked is how many it asked the first time. Both response
rates are audited together, and with them what counts some of the answers of the first time: what
two of the three say of a municipality, the third may complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from queries.base import Base, BaseKey, Kind, Released, later
from queries.cards import AskedBefore, Card
from queries.disclosure import tertial_of

BlockKey = tuple[str, dt.date]
"""Indicator and tertial."""


@dataclass(frozen=True)
class Member:
    """An indicator that counts some of the answers, or the people, that the response rate counts.

    Attributes:
        months: How many months after the one that they are counted in.
        tertials: In which it is told.
        is_asked_again: It is a response rate itself, of the same people, asked once more.
    """

    name: str
    months: tuple[int, ...]
    tertials: tuple[dt.date, ...]
    is_asked_again: bool = False

    @property
    def blocks(self) -> tuple[BlockKey, ...]:
        """The blocks of it that count."""
        return tuple((self.name, tertial) for tertial in self.tertials)


@dataclass(frozen=True)
class Family:
    """Blocks that count the same answers.

    Attributes:
        rate: The response rate.
        of: The tertial that they are audited for.
        asked_in: The tertials of the response rate in which those answers were asked for.
        members: The indicators beside it.
    """

    rate: str
    of: dt.date
    asked_in: tuple[dt.date, ...]
    members: tuple[Member, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The indicators beside the response rate."""
        return tuple(one.name for one in self.members)

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators, the response rate first."""
        return (self.rate, *self.others)

    @property
    def rates(self) -> tuple[BlockKey, ...]:
        """The response rate's blocks."""
        return tuple((self.rate, tertial) for tertial in self.asked_in)

    @property
    def again(self) -> tuple[BlockKey, ...]:
        """The blocks of those who were asked again."""
        return tuple(block for one in self.members if one.is_asked_again for block in one.blocks)

    @property
    def beside(self) -> tuple[BlockKey, ...]:
        """The blocks of the others."""
        return tuple(block for one in self.members for block in one.blocks)

    @property
    def blocks(self) -> tuple[BlockKey, ...]:
        """All of them, the response rate's first."""
        return (*self.rates, *self.beside)

    def is_told(self, released: Mapping[BlockKey, Sequence[Released]]) -> bool:
        """Whether several of its blocks tell anything, and not the response rate's alone."""

        def told(blocks: Iterable[BlockKey]) -> int:
            return sum(tells(released.get(block, ())) for block in blocks)

        if self.again:
            return told(self.rates) > 0 and told(self.again) > 0
        return told(self.beside) > 0 and told(self.blocks) > 1

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
        kind = replace(
            first,
            among={one.name: one.months for one in self.members if not one.is_asked_again},
            again={one.name: one.months for one in self.members if one.is_asked_again},
            units={**first.units, **{name: kinds[name].units[None] for name in self.others}},
            behind={**first.behind, **{name: kinds[name].behind[None] for name in self.others}},
        )
        cells = [one for block in self.rates for one in released.get(block, ())]
        if self.again:
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
    for rate, months, names in _sharing(cards):
        of = {tertial} if indicator in names else set()
        if indicator == rate:
            of = _counted_in([tertial], months)
        found += [_of_answers(rate, months, names, each) for each in of]
    for card in cards.values():
        if card.asked_before is None:
            continue
        # A later tertial of those asked again reckons with what this one shows.
        of = {tertial} if indicator == card.id else set()
        if indicator != card.id:
            of = _counted_in([tertial], (-card.asked_before.months,))
        again = (_of_people(cards, card.id, card.asked_before, each) for each in of)
        found += [one for one in again if block in one.blocks]
    return tuple(sorted(found, key=lambda one: (one.names, one.of)))


def rank(cards: Mapping[str, Card], indicator: str) -> int:
    """Its turn in the gate: a response rate is decided first, the others reckon with it."""
    sharing = _sharing(cards)
    before = cards[indicator].asked_before
    if before is not None:
        names = [name for rate, _, names in sharing if rate == before.indicator for name in names]
        return max(rank(cards, name) for name in (before.indicator, *names)) + 1
    turns = [
        rank(cards, rate) + names.index(indicator) + 1
        for rate, _, names in sharing
        if indicator in names
    ]
    return max(turns, default=0)


def turn(cards: Mapping[str, Card], block: BlockKey) -> tuple[int, dt.date, str]:
    """When a block is decided: by rank, and in order of time. Each reckons with those before it."""
    indicator, tertial = block
    return rank(cards, indicator), tertial, indicator


def tells(released: Sequence[Released]) -> bool:
    """Whether anything of an indicator is shown."""
    return any(one.shown.how != "none" for one in released)


def _sharing(cards: Mapping[str, Card]) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    """Each response rate with those that count some of its answers, so many months before."""
    found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for card in cards.values():
        asked = {source.months for source in card.sources if source.kind == "survey_waves"}
        months = tuple(sorted(month for month in asked if month is not None))
        for name in dict.fromkeys(rate.indicator for rate in card.rates):
            found.setdefault((name, months), []).append(card.id)
    return [(rate, months, tuple(names)) for (rate, months), names in found.items()]


def _of_answers(rate: str, months: tuple[int, ...], names: Sequence[str], of: dt.date) -> Family:
    """A response rate, and those that count some of its answers in a tertial."""
    members = tuple(Member(name, months, (of,)) for name in names)
    return Family(rate, of, _asked_in(of, months), members)


def _of_people(cards: Mapping[str, Card], again: str, before: AskedBefore, of: dt.date) -> Family:
    """Those who were asked again in a tertial: the first time, with their answers, and again."""
    months = (-before.months,)
    asked_in = _asked_in(of, months)
    told_in = tuple(sorted(_counted_in(asked_in, months)))
    members = [
        Member(name, on, tuple(sorted(_counted_in(asked_in, on))))
        for rate, on, names in _sharing(cards)
        if rate == before.indicator
        for name in names
    ]
    members.append(Member(again, months, told_in, is_asked_again=True))
    return Family(before.indicator, of, asked_in, tuple(members))


def _asked_in(tertial: dt.date, months: Sequence[int]) -> tuple[dt.date, ...]:
    return tuple(
        sorted({tertial_of(later(tertial, month + on)) for month in range(4) for on in months})
    )


def _counted_in(asked_in: Iterable[dt.date], months: Sequence[int]) -> set[dt.date]:
    """The tertials that are counted so many months before what was asked for in these."""
    return {
        tertial_of(later(tertial, month - on))
        for tertial in asked_in
        for month in range(4)
        for on in months
    }


def _as_part(released: Released, name: str, whole: Mapping[BaseKey, Base]) -> Released:
    own: dict[BaseKey, Base] = {
        (who, month, name): base
        for (who, month, part), base in released.truth.items()
        if part is None
    }
    return replace(released, part=name, truth={**whole, **own})
