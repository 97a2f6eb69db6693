"""What may be shown of each block, decided of many of them side by side.

A block reckons with what those before it show that count the same answers, and waits for no other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from queries import audit, disclosure, family
from queries.base import Base, BaseKey, Kind, Released
from queries.bases import Truths
from queries.cards import Card
from queries.cell import Cell
from queries.certificate import Outcome
from queries.combine import HAS_NUMBER
from queries.disclosure import COOPERATION, Shown
from queries.family import BlockKey, Family

AUDITS_AT_ONCE = 2
"""Blocks that are audited side by side: half of the time goes to the solver, which lets others
work meanwhile, and the smallest server has two cores."""

TURN_SECONDS = 0.0005
"""How long one that does not solve may hold up another that has solved; Python's own 5 ms are more
than a solution takes."""


@dataclass(frozen=True)
class Seen:
    """A cell of a block, and what it is a sum of."""

    cell: Cell
    of: tuple[tuple[str, dt.date], ...]
    truth: Mapping[BaseKey, Base]
    ledger_entry: int
    is_new: bool

    @property
    def released(self) -> Released:
        return released(self.cell, self.of, self.truth, None if self.is_new else self.ledger_entry)


def released(
    cell: Cell,
    of: tuple[tuple[str, dt.date], ...],
    truth: Mapping[BaseKey, Base],
    entry: int | None,
) -> Released:
    """What the audit reads of a cell.

    Args:
        of: The months that it is a sum of, by municipality.
        truth: The base cells that they were.
        entry: Right after which ledger entry; None for what is new.
    """
    return Released(
        cell.municipality_id,
        cell.grain,
        cell.period,
        cell.part,
        cell.state,
        cell.shown,
        of,
        truth,
        entry,
    )


@dataclass(frozen=True)
class Decided:
    """A block as it may be shown.

    Attributes:
        has_passed: Whether nobody learns too much of what is left.
    """

    seen: Sequence[Seen]
    outcome: Outcome
    has_passed: bool


Shows = Mapping[BlockKey, Sequence[Seen]]
"""What is shown of blocks."""


def decided(
    asked: Shows, told: Shows, cards: Mapping[str, Card], truths: Truths
) -> dict[BlockKey, Decided]:
    """What may be shown of blocks.

    Args:
        asked: The blocks in which something is new.
        told: What is shown of these and of others already.
        truths: Has read what may be asked for of earlier releases: threads cannot.
    """
    turns = {key: family.turn(cards, key) for key in asked}
    near = {
        key: {block for one in family.families(cards, key) for block in one.blocks} for key in asked
    }
    waits = {
        key: [block for block in near[key] if block in asked and turns[block] < turns[key]]
        for key in asked
    }
    found: dict[BlockKey, Decided] = {}

    def decide(key: BlockKey) -> Decided:
        # Of the blocks behind it, what is shown already.
        beside = {block: told[block] for block in near[key] if block in told}
        beside |= {block: found[block].seen for block in waits[key]}
        return _decided(_Jury(key, cards, truths, beside), asked[key])

    order = TopologicalSorter(waits)
    order.prepare()
    with _short_turns(), ThreadPoolExecutor(AUDITS_AT_ONCE) as pool:
        begun: dict[Future[Decided], BlockKey] = {}
        while order.is_active():
            begun |= {pool.submit(decide, key): key for key in sorted(order.get_ready())}
            for done in wait(begun, return_when=FIRST_COMPLETED).done:
                key = begun.pop(done)
                found[key] = done.result()
                order.done(key)
    return found


@contextlib.contextmanager
def _short_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@dataclass(frozen=True)
class _Jury:
    """What judges a block: by itself, and with what is shown of the same answers elsewhere."""

    key: BlockKey
    cards: Mapping[str, Card]
    truths: Truths
    told: Shows

    @property
    def kind(self) -> Kind:
        return self.truths.kind(self.cards[self.key[0]])

    def passes(self, seen: Sequence[Seen]) -> bool:
        """Whether nobody learns too much."""
        own = [one.released for one in seen]
        if not audit.audited(self.kind, own).passed:
            return False
        return all(self._agrees(one, own) for one in family.families(self.cards, self.key))

    def _agrees(self, one: Family, own: Sequence[Released]) -> bool:
        together: dict[BlockKey, Sequence[Released]] = {
            key: [seen.released for seen in self.told.get(key, ())] for key in one.blocks
        }
        together[self.key] = own
        if not one.is_told(together):
            return True
        return audit.audited(*as_one(one, self.cards, self.truths, together)).passed


def as_one(
    one: Family,
    cards: Mapping[str, Card],
    truths: Truths,
    released: Mapping[BlockKey, Sequence[Released]],
) -> tuple[Kind, list[Released]]:
    """What is shown of a family, as of one indicator."""

    def whole(entry: int | None) -> dict[BaseKey, Base]:
        made: dict[BaseKey, Base] = {}
        for indicator, tertial in one.rates:
            made |= truths.of(cards[indicator], tertial, entry)
        return made

    return one.as_one({name: truths.kind(cards[name]) for name in one.names}, whole, released)


def _decided(jury: _Jury, seen: Sequence[Seen]) -> Decided:
    """A block as it may be shown."""
    now = [one if _stands_alone(jury.kind, one) else _withheld(one) for one in seen]
    if jury.passes(now):
        return Decided(now, "passed", has_passed=True)
    # Often the breakdown alone tells too much: that fewer than three were not reached must not cost
    # all six their response rates.
    whole = [_withheld(one) if one.cell.part is not None else one for one in now]
    if whole != now and jury.passes(whole):
        return Decided(whole, "lines_withheld", has_passed=True)
    less = [_withheld(one) if one.cell.municipality_id != COOPERATION else one for one in now]
    # What is for all together only is not asked about twice.
    if less != now and jury.passes(less):
        return Decided(less, "municipalities_withheld", has_passed=True)
    both = [_withheld(one) if one.cell.part is not None else one for one in less]
    if both not in (less, whole) and jury.passes(both):
        return Decided(both, "municipalities_withheld", has_passed=True)
    now = [_withheld(one) if one.cell.grain == "tertial" else one for one in less]
    if now != less and jury.passes(now):
        return Decided(now, "withheld", has_passed=True)
    now = [_withheld(one) for one in now]
    return Decided(now, "withheld", has_passed=jury.passes(now))


def _stands_alone(kind: Kind, one: Seen) -> bool:
    """Whether a cell may be shown as far as it alone tells anything."""
    if not one.is_new:
        return True
    # What is derived from anything but what is shown would tell of what is not.
    unit = kind.units[one.cell.part]
    if disclosure.derived_again(one.cell.shown, unit) != one.cell.shown:
        return False
    return one.cell.grain != "month" or audit.audited(kind, [one.released]).passed


def _withheld(one: Seen) -> Seen:
    """A new cell that is not shown, for the same reason as every other that is not."""
    if not one.is_new or one.cell.state not in HAS_NUMBER:
        return one
    return replace(one, cell=replace(one.cell, state="withheld", shown=Shown(reason="audit")))
