"""Which version of which month the meeting reads, and what is known around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import acts, settings, store
from data.decided import Decision, since
from data.disk import StoreUnavailableError
from data.made import of_decision
from data.store import NoStoreError
from pages.parts.kept import kept
from pages.parts.pickers import COOPERATION, Chosen
from pages.parts.slides import slides
from pages.programme.decided import meeting_days
from pages.programme.month import programme
from pages.programme.slides import Programme
from pages.text.markup import Markup
from queries import versions
from queries.ask import ask
from queries.versions import Version


@dataclass(frozen=True)
class Read:
    """What the page of the meeting knows of its month.

    Attributes:
        folder: The store's.
        lock: The row of asked/months.sql for the month.
        known: The versions of the month; none while it is not locked.
        version: The one that is read; None while the month is not locked.
        is_unknown: The address asks for a version that is not there.
        today: The store's day.
    """

    folder: Path
    chosen: Chosen
    lock: Mapping[str, Any]
    known: Sequence[Version]
    version: Version | None
    is_unknown: bool
    today: dt.date

    @property
    def locked_at(self) -> dt.datetime | None:
        """When the month was locked, on the clock of Norway."""
        moment: dt.datetime | None = self.lock["locked_at"]
        return None if moment is None else moment.replace(tzinfo=dt.UTC).astimezone(settings.OSLO)

    @property
    def locked_on(self) -> dt.date | None:
        """The day of the lock, in Norway."""
        return None if self.locked_at is None else self.locked_at.date()

    @property
    def is_over(self) -> bool:
        """The month has ended, so that it can be locked."""
        return acts.month_end(self.chosen.month) < self.today

    def programme(self) -> Programme:
        """What the slides say; the month is locked."""
        return _programme(*self._wanted())

    def slides(self) -> Markup:
        """The slides as they are drawn; the month is locked."""
        return _drawn(*self._wanted(), self.locked_at)

    def _wanted(self) -> tuple[Path, dt.date, str, int, int]:
        assert self.version is not None
        month, place = self.chosen.month, self.chosen.municipality
        return self.folder, month, place, self.version.release, self.version.version


@dataclass(frozen=True)
class Decided:
    """What this meeting has decided, as it stands in the store and not only in the last release.

    Attributes:
        decisions: The newest first; none of those withdrawn.
        before: Those of earlier meetings that were open when the month was locked, by due date.
        actions: The action that a decision became, by the decision's number.
        entry: The last of the store's ledger; None where the store is busy, or there is none beside
            the releases, and nothing is known.
        is_over: The next month is locked: what is decided now belongs to its meeting.
    """

    decisions: Sequence[Decision] = ()
    before: Sequence[Decision] = ()
    actions: Mapping[int, str] = field(default_factory=dict)
    entry: int | None = None
    is_over: bool = False


def decided(now: Read) -> Decided:
    """What is decided at the meeting about this month: since its lock, until the next one's."""
    first, until = meeting_days(now.folder, now.chosen.month)
    place, is_over = now.chosen.municipality, until <= now.today
    try:
        with store.opened(now.folder) as opened:
            found = [
                one
                for one in since(opened, dt.date.min)
                if not one.is_withdrawn
                and one.decided_on < until
                and (place == COOPERATION or one.municipality in (None, place))
            ]
            here = [one for one in found if one.decided_on >= first]
            before = sorted(
                (one for one in found if one.decided_on < first <= (one.carried_out_on or first)),
                key=lambda one: (one.due_on, one.decision_id),
            )
            actions = {
                each.decision_id: each.action_id
                for one in (*here, *before)
                for each in of_decision(opened, one.decision_id)
            }
            return Decided(here, before, actions, opened.last_entry(), is_over)
    except (StoreUnavailableError, NoStoreError):
        return Decided(is_over=is_over)


def read(chosen: Chosen, asked: str | None) -> Read:
    """What is known of the chosen month.

    Args:
        asked: The number of a version, as the address says it; what was locked by default.
    """
    folder = settings.load().store
    lock = ask("months").rows_by_key("month", named=True, unique=True)[chosen.month]
    known = versions.versions(folder, chosen.month)
    wanted = 1 if asked is None else int(asked) if asked.isdecimal() else 0
    found = next((one for one in known if one.version == wanted), None)
    is_unknown = asked is not None and found is None
    if found is None and known:
        found = known[0]
    return Read(folder, chosen, lock, known, found, is_unknown, settings.today(folder))


@kept
def _programme(
    folder: Path, month: dt.date, municipality: str, release: int, version: int
) -> Programme:
    return programme(folder, month, municipality, release=release, version=version)


@kept
def _drawn(
    folder: Path,
    month: dt.date,
    municipality: str,
    release: int,
    version: int,
    locked_at: dt.datetime | None,
) -> Markup:
    return slides(_programme(folder, month, municipality, release, version), locked_at)
