"""The gate of a release: what is new in it about persons is audited, and withheld where it fails.

A month of the cooperation is audited by itself when it is first shown. When a tertial closes, its
municipalities and its breakdown are audited together with the months shown before: if that fails,
the breakdown is withheld, or else all its municipality cells, and if it still fails, the
cooperation's. What was shown before stays, and a withheld cell says nothing: so there is always a
release that passes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any

from queries import audit, disclosure, family, jury
from queries.base import Kind
from queries.bases import Delivered, Truths
from queries.cards import Card
from queries.cell import Cell, CellKey
from queries.certificate import Audited, Block, Bound
from queries.disclosure import COOPERATION, tertial_of
from queries.jury import Decided, Seen

BlockKey = family.BlockKey
"""Indicator and tertial."""


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
    told: dict[BlockKey, list[Seen]] = {}
    asked: dict[BlockKey, list[Seen]] = {}
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
            seen.append(Seen(cell, of, truth, entry, is_new=cell.key not in before))
        told[key] = [one for one in seen if not one.is_new]
        if earlier is not None and len(told[key]) == len(seen):
            instead |= {cell.key: cell for cell in members}
            blocks.append(earlier)
        else:
            asked[key] = seen
    _read_ahead(asked, told, cards, truths)
    for key, decided in jury.decided(asked, told, cards, truths).items():
        blocks.append(_certified(key, decided, truths.kind(cards[key[0]]), number))
        instead |= {one.cell.key: one.cell for one in decided.seen}
    blocks.sort(key=lambda block: (block.indicator, block.tertial))
    return [instead.get(cell.key, cell) for cell in cells], blocks


def _read_ahead(
    asked: Mapping[BlockKey, Sequence[Seen]],
    told: Mapping[BlockKey, Sequence[Seen]],
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


def _certified(key: BlockKey, decided: Decided, kind: Kind, number: int) -> Block:
    """What the certificate says of a block."""
    told = hash_of((one.cell, one.of) for one in decided.seen)
    cells = tuple(_audited(one) for one in decided.seen)
    bounds = _bounds(kind, decided.seen)
    return Block(*key, told, decided.outcome, decided.has_passed, number, cells, bounds)


def name_of(cell: Cell | Audited) -> tuple[str, str, dt.date, str | None]:
    """What identifies a cell within its block."""
    return (cell.municipality_id, cell.grain, cell.period, cell.part)


def _audited(one: Seen) -> Audited:
    return Audited(*name_of(one.cell), one.of, one.ledger_entry)


def _summed_from(cell: Cell, having: Sequence[Delivered]) -> tuple[Delivered, ...]:
    """The months that are in a new cell, by municipality."""
    return tuple(
        (who, month)
        for who, month in having
        if cell.municipality_id in (COOPERATION, who)
        and (cell.grain == "tertial" or cell.period == month)
    )


def _bounds(kind: Kind, seen: Sequence[Seen]) -> tuple[Bound, ...]:
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
