"""What a store knows that a new file may refer to, and how a text in a file names it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.contract import fold


@dataclass(frozen=True)
class KnownWave:
    """A survey wave that is stored: whose it is, and what a later wave is compared with."""

    municipality: str
    sent_on: dt.date | None = None
    measurement: str | None = None
    activity_id: str | None = None


@dataclass(frozen=True)
class Known:
    """Everything a new file is checked against besides its contract.

    Attributes:
        municipalities: Number → name.
        services: service_id → name.
        service_owners: service_id → municipality, so that two may share a name.
        waves: wave_id → what it is.
        activities, feedback: Their ids.
        codes: (kind, column) → codes beyond the contract's, for columns that can be extended.
    """

    municipalities: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    service_owners: Mapping[str, str] = field(default_factory=dict)
    waves: Mapping[str, KnownWave] = field(default_factory=dict)
    activities: frozenset[str] = frozenset()
    feedback: frozenset[str] = frozenset()
    codes: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def ids(self, kind: str) -> frozenset[str]:
        """The keys of a kind that other kinds refer to."""
        held: dict[str, Iterable[str]] = {
            "municipalities": self.municipalities,
            "services": self.services,
            "survey_waves": self.waves,
            "activities": self.activities,
            "feedback": self.feedback,
        }
        return frozenset(held[kind])


MOST_LISTED = 12
"""Names that are listed whole where a text is none of them: as many as are read at a glance."""

LIKEST = 5
"""Of more names, those that are listed because they look most like the text."""

ALWAYS_NEEDED = frozenset({"municipalities", "survey_waves"})
"""Kinds that a reference must be found in even when none has been delivered: without them a row has
no owner or no month. Others are asked for once the kind has been delivered."""


class Names:
    """What a text in a file may name: ids, and names that stand for one id.

    Case and blanks at the ends do not matter; anything further off is a suggestion, never taken.
    """

    def __init__(
        self, ids: Iterable[str], named: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self.by_text: dict[str, set[str]] = {one.casefold(): {one} for one in ids}
        self.shown = {one: one for ids_ in self.by_text.values() for one in ids_}
        an_id = frozenset(self.by_text)
        for one, names in (named or {}).items():
            for number, name in enumerate(names):
                # An id is an id, whatever else may be called the same.
                if name.casefold() not in an_id:
                    self.by_text.setdefault(name.casefold(), set()).add(one)
                if number == 0:
                    self.shown[one] = f"{name} ({one})"

    def find(self, text: str) -> set[str]:
        """The ids that a text names: none, one, or several that share a name."""
        return self.by_text.get(text.casefold(), set())

    def nearest(self, text: str) -> str | None:
        """What the text may have been meant to name, as "Sør-Fron (3438)"."""
        by_fold = {fold(name): ids for name, ids in self.by_text.items()}
        # Two letters of ten wrong, or the ends of a short name; less alike is no suggestion.
        close = difflib.get_close_matches(fold(text), list(by_fold), n=1, cutoff=0.7)
        return self.shown[min(by_fold[close[0]])] if close else None

    def listed(self, text: str) -> str:
        """What may be named, the likest alone where there are many: "Ringebu (3439); Øyer (3440)".

        An id that has a name is shown with it; the order is that of the alphabet, or of likeness.
        """
        shown = sorted(set(self.shown.values()), key=_in_norwegian_order)
        if len(shown) > MOST_LISTED:
            wanted = _pairs(text)
            shown.sort(key=lambda one: _unlikeness(wanted, _pairs(one)))
            shown = shown[:LIKEST]
        return "; ".join(shown)

    @property
    def count(self) -> int:
        """How many things may be named."""
        return len(self.shown)


def _in_norwegian_order(text: str) -> str:
    return text.casefold().translate(str.maketrans("æøå", "{|}"))


def _pairs(text: str) -> frozenset[str]:
    """The pairs of letters in a text: cheap to compare where there are thousands of names."""
    word = f" {fold(text)} "
    return frozenset(word[at : at + 2] for at in range(len(word) - 1))


def _unlikeness(one: frozenset[str], other: frozenset[str]) -> float:
    return -2 * len(one & other) / (len(one) + len(other))


def municipality_names(municipalities: Mapping[str, str]) -> Names:
    """Municipalities by number, by name, and by the ways that registers write both."""
    return Names(
        municipalities,
        {
            number: (name, f"{name} kommune", f"{number} {name}", f"{name} ({number})")
            for number, name in municipalities.items()
        },
    )
