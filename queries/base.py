"""What an audit sets against each other: true rows, and the released cells that are their sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from queries.disclosure import Shown

BaseKey = tuple[str, dt.date, str | None]
"""Municipality, month, part."""

Behind = Literal["numerator", "denominator", "largest", "whole", "unknown"]
"""Which number the persons of a row are: what is counted, what it is a share of, the largest single
attendance, the numerator of the whole that the part belongs to, or none of these."""


@dataclass(frozen=True)
class Base:
    """One true row of an indicator: a municipality's month, whole or of a part.

    Attributes:
        persons: None where nothing was held or sent, which everybody may know.
        events: How many activities they may be spread over at most; None where nobody can tell.
        at_least: How many there are at least where there is anybody, as everybody can count.
        asked_at_least: The same of the denominator.
    """

    numerator: int
    denominator: int | None
    persons: int | None
    events: int | None = None
    # What was held may be corrected, and the number is the same.
    at_least: int = field(default=1, compare=False)
    asked_at_least: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Kind:
    """What of an indicator everybody knows from its card.

    Attributes:
        units: The unit of the whole (None) and of each part.
        behind: Which number the persons are, of the whole (None) and of each part.
        parts_add_up: The parts of a row add up to its whole.
        most: No municipality's month has more, by common sense.
        unreached: Parts that count those of all asked whom the question did not reach.
        among: Parts that are another indicator's numbers: answers to one question, which are among
            the answers that the whole counts so many months later.
        again: Parts that are another indicator's numbers: of those whom the whole counts so many
            months later, or earlier where that is negative, and who were asked again.
    """

    units: Mapping[str | None, str]
    behind: Mapping[str | None, Behind]
    parts_add_up: bool
    most: int
    unreached: frozenset[str] = frozenset()
    among: Mapping[str, Sequence[int]] = field(default_factory=dict)
    again: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def is_line(self, part: str | None) -> bool:
        """Whether a part is a line of the breakdown, and no other indicator's number."""
        return part is not None and part not in self.among and part not in self.again


@dataclass(frozen=True)
class Released:
    """One released cell, with what it is a sum of.

    Attributes:
        of: The months that are in it, by municipality.
        truth: The base cells as they were when it was released: a correction may have come since.
        entry: The ledger entry after which they were so; None for now.
    """

    municipality_id: str
    grain: str
    period: dt.date
    part: str | None
    state: str
    shown: Shown
    of: tuple[tuple[str, dt.date], ...]
    truth: Mapping[BaseKey, Base]
    entry: int | None = None


def later(month: dt.date, months: int) -> dt.date:
    """The first day of a month so many months later, or earlier."""
    number = month.year * 12 + month.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
