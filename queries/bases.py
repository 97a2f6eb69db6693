"""The true base cells that the audit sets against what is shown, now and as they were."""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from queries import at_least
from queries.base import Base, BaseKey, Behind, Kind
from queries.cards import Card
from queries.combine import HAS_NUMBER, Counted, States
from queries.disclosure import COOPERATION, limit, tertial_end, tertial_of

Delivered = tuple[str, dt.date]
"""Municipality and month."""


@dataclass(frozen=True)
class Rows:
    """An indicator's true rows and the states of its months; they never leave the builder."""

    counted: Sequence[Counted]
    states: States


EveryRows = Mapping[str, Rows]
"""By indicator."""

Earlier = Callable[[int, dt.date, dt.date], EveryRows | None]
"""The true rows right after a ledger entry; None when nothing of these months changed since."""


class Truths:
    """The true base cells, now and as they were when something was first shown."""

    def __init__(self, now: EveryRows, earlier: Earlier) -> None:
        self._now, self._earlier = now, earlier
        self._owner = threading.get_ident()
        self._made: dict[tuple[str, dt.date, int | None], dict[BaseKey, Base]] = {}
        self._asked: dict[tuple[int, dt.date, dt.date], EveryRows | None] = {}
        self._having: dict[str, dict[dt.date, list[Delivered]]] = {}
        self._kinds: dict[str, Kind] = {}

    def of(
        self,
        card: Card,
        tertial: dt.date,
        entry: int | None = None,
        months: Sequence[dt.date] = (),
    ) -> dict[BaseKey, Base]:
        """The base cells of an indicator in a tertial.

        Args:
            entry: As of this ledger entry; None for now.
            months: Those that are asked about; all of the tertial by default.
        """
        rows: EveryRows | None = None
        if entry is not None:
            ends = (min(months), max(months)) if months else (tertial, tertial_end(tertial))
            if (entry, *ends) not in self._asked:
                # Whoever makes a release may hold the store, and would wait for a thread that waits
                # for it.
                assert threading.get_ident() == self._owner, "read ahead what threads ask for"
                self._asked[entry, *ends] = self._earlier(entry, *ends)
            rows = self._asked[entry, *ends]
        name = (card.id, tertial, None if rows is None else entry)
        if name not in self._made:
            self._made[name] = bases(card, self._now if rows is None else rows, tertial)
        return self._made[name]

    def having(self, card: Card, tertial: dt.date) -> list[Delivered]:
        """The months of a tertial that have a number, by municipality, now."""
        if card.id not in self._having:
            by_tertial: dict[dt.date, list[Delivered]] = defaultdict(list)
            for (who, month), state in sorted(self._now[card.id].states.items()):
                if state.state in HAS_NUMBER:
                    by_tertial[tertial_of(month)].append((who, month))
            self._having[card.id] = by_tertial
        return self._having[card.id].get(tertial, [])

    def kind(self, card: Card) -> Kind:
        """What everybody knows of the indicator."""
        if card.id not in self._kinds:
            self._kinds[card.id] = kind_of(card, self._now[card.id].counted)
        return self._kinds[card.id]


def bases(card: Card, rows: EveryRows, tertial: dt.date) -> dict[BaseKey, Base]:
    """The true base cells of an indicator in a tertial: those that may be in a sum."""
    own, end = rows[card.id], tertial_end(tertial)
    events: dict[BaseKey, int] = defaultdict(int)
    has_events = card.privacy == "persons" and at_least.ACTIVITIES in rows
    if has_events:
        for row in rows[at_least.ACTIVITIES].counted:
            if tertial <= row.period <= end and row.part in card.parts:
                for part in (row.part, None):
                    events[row.municipality_id, row.period, part] += int(row.numerator or 0)
    beside = {
        name: [row for row in rows[name].counted if tertial <= row.period <= end]
        for name in at_least.BESIDE
        if name in rows
    }
    fewest, asked = at_least.fewest(card, beside), at_least.fewest_asked(card, beside)
    attended = at_least.most_attended(beside)
    made: dict[BaseKey, Base] = {}
    for row in own.counted:
        if not tertial <= row.period <= end:
            continue
        known = own.states.get((row.municipality_id, row.period))
        if row.municipality_id == COOPERATION or known is None or known.state not in HAS_NUMBER:
            continue
        key = (row.municipality_id, row.period, row.part)
        held, made_of = events[key], round(row.numerator or 0)
        made[key] = Base(
            made_of,
            None if row.denominator is None else round(row.denominator),
            None if row.persons is None else round(row.persons),
            min(held, attended.get(key[:2], held)) if has_events else None,
            max((count for count in fewest.get(key, ()) if count <= made_of), default=1),
            asked.get(key, 1),
        )
    return made


def kind_of(card: Card, counted: Iterable[Counted]) -> Kind:
    """What everybody knows of the indicator from its card, and of what its persons are."""
    parts = sorted({row.part for row in counted if row.part is not None})
    whole = {(row.municipality_id, row.period): row for row in counted if row.part is None}
    fits: dict[str | None, dict[Behind, bool]] = defaultdict(
        lambda: {"numerator": True, "denominator": True, "whole": True}
    )
    for row in counted:
        if row.persons is not None:
            of_whole = whole.get((row.municipality_id, row.period))
            found = fits[row.part]
            found["numerator"] &= row.persons == row.numerator
            found["denominator"] &= row.persons == row.denominator
            found["whole"] &= of_whole is not None and row.persons == of_whole.numerator
    behind: dict[str | None, Behind] = {}
    for part in (None, *parts):
        if card.privacy == "persons":
            behind[part] = "largest"
        else:
            behind[part] = next((name for name, holds in fits[part].items() if holds), "unknown")
    return Kind(
        units={part: card.unit_of(part) for part in (None, *parts)},
        behind=behind,
        parts_add_up=card.unit == "count" and bool(card.parts),
        most=int(limit("most_in_a_month")),
        unreached=frozenset(
            part for part in parts if card.privacy == "answers" and card.unit_of(part) == "share"
        ),
    )
