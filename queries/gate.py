"""The gate of a release: what is new in it about persons is audited, and withheld where it fails.

A month of the cooperation is audited by itself when it is first shown. When a tertial closes, its
municipalities and its breakdown are audited together with the months shown before: if that fails,
all its municipality cells are withheld, and if it still fails, the cooperation's. What was shown
before stays, and a withheld cell says nothing: so there is always a release that passes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, replace
from functools import partial
from typing import Any

from queries import audit, disclosure, family
from queries.base import Base, BaseKey, Kind, Released
from queries.bases import Delivered, Truths
from queries.cards import Card
from queries.cell import Cell, CellKey
from queries.certificate import Audited, Block, Bound, Outcome
from queries.combine import HAS_NUMBER
from queries.disclosure import COOPERATION, Shown, tertial_of
from queries.family import Family

BlockKey = family.BlockKey
"""Indicator and tertial."""

AUDITS_AT_ONCE = 2
"""Blocks that are audited side by side: half of the time goes to the solver, which lets others
work meanwhile, and the smallest server has two cores."""


# -- the gate --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Seen:
    """A cell of a block, and what it is a sum of."""

    cell: Cell
    of: tuple[tuple[str, dt.date], ...]
    truth: Mapping[BaseKey, Base]
    ledger_entry: int
    is_new: bool

    @property
    def released(self) -> Released:
        cell = self.cell
        return Released(
            cell.municipality_id,
            cell.grain,
            cell.period,
            cell.part,
            cell.state,
            cell.shown,
            self.of,
            self.truth,
            None if self.is_new else self.ledger_entry,
        )


def touched(
    cells: Iterable[Cell],
    cards: Mapping[str, Card],
    certified: Mapping[BlockKey, Block],
    standing: Iterable[BlockKey],
) -> set[BlockKey]:
    """The blocks that must be audited: in which anything is new, or that no certificate tells of.

    Args:
        cells: Those that do not stand still since an earlier release.
        certified: The blocks of the release before.
        standing: The blocks of the cells that stand still.
    """
    new = {
        (cell.indicator, tertial_of(cell.period))
        for cell in cells
        if cards[cell.indicator].privacy != "none" and cell.frozen_in is not None
    }
    asked = new | (set(standing) - set(certified))
    return asked | {
        block for key in asked for one in family.families(cards, key) for block in one.blocks
    }


def gated(
    cells: Sequence[Cell],
    cards: Mapping[str, Card],
    truths: Truths,
    before: Mapping[CellKey, Cell],
    certified: Mapping[BlockKey, Block],
    *,
    number: int,
    ledger_entry: int,
) -> tuple[list[Cell], list[Block]]:
    """The cells that may be shown, and what the audit found of them.

    Args:
        cells: Of a release, after what an earlier lock froze was put back: all of a block in which
            anything is new.
        before: Of these the cells that the release before showed and that stand still. Numbers
            about persons are never shown anew: whatever is found now, these are what is shown.
        certified: The blocks of the release before, with the cells that they were audited with.
            Those of which no cell is given are as they were.
        number, ledger_entry: Of the release that is made.
    """
    groups: dict[BlockKey, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cards[cell.indicator].privacy != "none" and cell.frozen_in is not None:
            groups[cell.indicator, tertial_of(cell.period)].append(before.get(cell.key, cell))
    instead: dict[CellKey, Cell] = {}
    blocks = [block for key, block in certified.items() if key not in groups]
    told: dict[BlockKey, list[_Seen]] = {}
    asked: dict[BlockKey, list[_Seen]] = {}
    for key, members in sorted(groups.items()):
        earlier = certified.get(key)
        card = cards[key[0]]
        known = {name_of(cell): cell for cell in earlier.cells} if earlier is not None else {}
        seen = []
        for cell in sorted(members, key=lambda cell: [str(word or "") for word in name_of(cell)]):
            was = known.get(name_of(cell))
            entry = ledger_entry if was is None else was.ledger_entry
            of = _summed_from(cell, truths.having(card, key[1])) if was is None else was.of
            months = [month for _, month in of]
            truth = truths.of(card, key[1], None if was is None else entry, months)
            seen.append(_Seen(cell, of, truth, entry, is_new=cell.key not in before))
        told[key] = [one for one in seen if not one.is_new]
        if earlier is not None and len(told[key]) == len(seen):
            instead |= {cell.key: cell for cell in members}
            blocks.append(earlier)
        else:
            asked[key] = seen
    _read_ahead(asked, told, cards, truths)
    # Of a family the response rate is decided first: what it shows, the others reckon with.
    turns = {key: family.turn(cards, key) for key in asked}
    with ThreadPoolExecutor(AUDITS_AT_ONCE) as pool:
        for turn in sorted(set(turns.values())):
            keys = [key for key in asked if turns[key] == turn]
            juries = [_Jury(key, cards, truths, told) for key in keys]
            for block, decided in pool.map(
                partial(_audited_block, number), juries, (asked[key] for key in keys)
            ):
                blocks.append(block)
                told[block.indicator, block.tertial] = decided
                instead |= {one.cell.key: one.cell for one in decided}
    blocks.sort(key=lambda block: (block.indicator, block.tertial))
    return [instead.get(cell.key, cell) for cell in cells], blocks


def _read_ahead(
    asked: Mapping[BlockKey, Sequence[_Seen]],
    told: Mapping[BlockKey, Sequence[_Seen]],
    cards: Mapping[str, Card],
    truths: Truths,
) -> None:
    """Read what the juries will ask for of earlier releases, all that they may find to be told."""
    seen = {**told, **asked}
    for key in asked:
        for one in family.families(cards, key):
            cells = {block: seen.get(block, ()) for block in one.blocks}
            if not one.is_told(
                {block: [each.released for each in of] for block, of in cells.items()}
            ):
                continue
            entries = {each.released.entry for block in one.beside for each in cells[block]} - {
                None
            }
            for entry in entries:
                for indicator, tertial in one.rates:
                    truths.of(cards[indicator], tertial, entry)


@dataclass(frozen=True)
class _Jury:
    """What judges a block: by itself, and with what is shown of the same answers elsewhere."""

    key: BlockKey
    cards: Mapping[str, Card]
    truths: Truths
    told: Mapping[BlockKey, Sequence[_Seen]]

    @property
    def kind(self) -> Kind:
        return self.truths.kind(self.cards[self.key[0]])

    def passes(self, seen: Sequence[_Seen]) -> bool:
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


def _audited_block(number: int, jury: _Jury, seen: Sequence[_Seen]) -> tuple[Block, list[_Seen]]:
    """One block as it may be shown, and its part of the certificate."""
    key, kind = jury.key, jury.kind
    decided, outcome, has_passed = _decided(jury, seen)
    told = hash_of((one.cell, one.of) for one in decided)
    cells = tuple(_audited(one) for one in decided)
    block = Block(*key, told, outcome, has_passed, number, cells, _bounds(kind, decided))
    return block, decided


def name_of(cell: Cell | Audited) -> tuple[str, str, dt.date, str | None]:
    """What identifies a cell within its block."""
    return (cell.municipality_id, cell.grain, cell.period, cell.part)


def _audited(one: _Seen) -> Audited:
    return Audited(*name_of(one.cell), one.of, one.ledger_entry)


def _summed_from(cell: Cell, having: Sequence[Delivered]) -> tuple[Delivered, ...]:
    """The months that are in a new cell, by municipality."""
    return tuple(
        (who, month)
        for who, month in having
        if cell.municipality_id in (COOPERATION, who)
        and (cell.grain == "tertial" or cell.period == month)
    )


def _decided(jury: _Jury, seen: Sequence[_Seen]) -> tuple[list[_Seen], Outcome, bool]:
    """The block as it may be shown."""
    now = [one if _stands_alone(jury.kind, one) else _withheld(one) for one in seen]
    if jury.passes(now):
        return now, "passed", True
    less = [_withheld(one) if one.cell.municipality_id != COOPERATION else one for one in now]
    # What is for all together only is not asked about twice.
    if less != now and jury.passes(less):
        return less, "municipalities_withheld", True
    now = [_withheld(one) if one.cell.grain == "tertial" else one for one in less]
    if now != less and jury.passes(now):
        return now, "withheld", True
    now = [_withheld(one) for one in now]
    return now, "withheld", jury.passes(now)


def _stands_alone(kind: Kind, one: _Seen) -> bool:
    """Whether a cell may be shown as far as it alone tells anything."""
    if not one.is_new:
        return True
    # What is derived from anything but what is shown would tell of what is not.
    unit = kind.units[one.cell.part]
    if disclosure.derived_again(one.cell.shown, unit) != one.cell.shown:
        return False
    return one.cell.grain != "month" or audit.audited(kind, [one.released]).passed


def _withheld(one: _Seen) -> _Seen:
    """A new cell that is not shown, for the same reason as every other that is not."""
    if not one.is_new or one.cell.state not in HAS_NUMBER:
        return one
    return replace(one, cell=replace(one.cell, state="withheld", shown=Shown(reason="audit")))


def _bounds(kind: Kind, seen: Sequence[_Seen]) -> tuple[Bound, ...]:
    found = audit.bounds(kind, [one.released for one in seen], is_exact=False)
    return tuple(
        Bound(
            one.number.municipality_id,
            one.number.what,
            one.number.month,
            one.number.part,
            one.low,
            one.high,
        )
        for one in found
    )


def derived_again(cell: Cell, card: Card) -> Cell:
    """A cell with all that is derived in what it shows made anew from what is shown."""
    return replace(cell, shown=disclosure.derived_again(cell.shown, card.unit_of(cell.part)))


def hash_of(seen: Iterable[tuple[Cell, Sequence[tuple[str, dt.date]]]]) -> str:
    """A hash of what is shown of a block and what that was summed from."""
    told = sorted(
        json.dumps(
            # A whole number comes back from a release as a fraction.
            [*cell.key, cell.state, *map(_plain, astuple(cell.shown)), *map(_plain, of)],
            default=str,
        )
        for cell, of in seen
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) else value
