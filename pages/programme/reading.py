"""What the slides are made from: the answers of the release that the month's lock kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pages.text import say
from queries.ask import Answer, ask, is_of_this_version
from queries.cards import Card, load_all
from queries.disclosure import COOPERATION

Row = Mapping[str, Any]
"""One row of an answer."""

T = TypeVar("T", bound=Row)


@dataclass(frozen=True)
class Reading:
    """Whose month is read, and from which release.

    Attributes:
        folder: The store's.
        month: Its first day.
        municipality: Its number, or "cooperation".
        release: What every number is read from.
        live: What attestations and decisions are read from: they are written after the lock, and
            no upload changes them.
    """

    folder: Path
    month: dt.date
    municipality: str
    release: int
    live: int

    @property
    def of_all(self) -> bool:
        """Whether all municipalities are read together."""
        return self.municipality == COOPERATION

    @property
    def cards(self) -> Mapping[str, Card]:
        """The cards of the indicators, by id."""
        return load_all()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The municipalities' names by number, in the order they are listed."""
        found = ask("frame_municipalities", store=self.folder, release=self.release)
        return dict(found.select("municipality_id", "name").iter_rows())

    @property
    def place(self) -> str:
        """Whose month it is, inside a sentence."""
        return say("the cooperation") if self.of_all else self.names[self.municipality]

    @cached_property
    def matrix(self) -> Mapping[str, Row]:
        """Every indicator's newest cell that may be shown, by indicator.

        What moves on after the lock, as attestations do, is as it is now.
        """
        now = self.live_rows("matrix", municipality=self.municipality, month=self.month)
        live = {row["indicator"]: row for row in now if self.cards[row["indicator"]].is_live}
        locked = {row["indicator"]: row for row in self.here("matrix")}
        return locked | {name: row for name, row in live.items() if name in locked}

    def here(self, question: str, **parameters: Answer) -> list[dict[str, Any]]:
        """The rows that answer a question about this municipality and month."""
        return self.rows(question, municipality=self.municipality, month=self.month, **parameters)

    def rows(self, question: str, **parameters: Answer) -> list[dict[str, Any]]:
        """The rows that answer a question."""
        found = ask(question, store=self.folder, release=self.release, **parameters)
        return found.to_dicts()

    def decisions(self, question: str, **parameters: Answer) -> list[dict[str, Any]]:
        """The rows that answer a question about decisions for this municipality and month.

        A release of an earlier version of the program knows decisions in fewer words than are asked
        for; then they are told as they are now.
        """
        is_told = is_of_this_version(self.folder, self.release)
        rows = self.rows if is_told else self.live_rows
        here: dict[str, Answer] = {"municipality": self.municipality, "month": self.month}
        return rows(question, **here | parameters)

    def live_rows(self, question: str, **parameters: Answer) -> list[dict[str, Any]]:
        """The same of what is said and decided after the lock."""
        return ask(question, store=self.folder, release=self.live, **parameters).to_dicts()

    def own(self, rows: Sequence[T]) -> list[T]:
        """Of rows of all municipalities those that hold for this one: its own, and those of all.

        One answer of all then serves a document for each of them.
        """
        here = (None, self.municipality)
        return [row for row in rows if self.of_all or row["municipality_id"] in here]
