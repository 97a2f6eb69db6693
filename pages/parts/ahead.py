"""What the reader may turn to next is made ready while the page is read: other months and places.

A change to what nobody has seen costs the planning of a dozen questions; the numbers of a release
never change, so that it can be done before anybody asks.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data import settings
from pages.parts.pickers import Chosen, Offered
from pages.text import in_language, language
from queries import ask

Choice = tuple[str, dt.date]
"""A place and a month."""

MOST_WAITING = 32
"""Choices that may wait to be made ready, about five seconds' work; more are left to be asked."""

MOST_KNOWN = 2048
"""Choices that are remembered as made ready: seven places and some years, in three languages."""


def next_choices(chosen: Chosen, offered: Offered) -> list[Choice]:
    """What is one step away: the months beside this one, then the other places in this month."""
    at = offered.months.index(chosen.month)
    beside = [*offered.months[at + 1 : at + 2], *offered.months[max(0, at - 1) : at]]
    return [(chosen.municipality, month) for month in beside] + [
        (place, chosen.month) for place in offered.places() if place != chosen.municipality
    ]


class Ahead:
    """One thread that works beside the pages, from start() to stop()."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._known: OrderedDict[Hashable, None] = OrderedDict()
        self._waiting = 0
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin; until then nothing is made ready."""
        self._pool = ThreadPoolExecutor(1, "ahead")

    def stop(self) -> None:
        """Finish what is being made, and leave what waits."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def wait(self) -> None:
        """Return when nothing waits any more."""
        if self._pool is not None:
            self._pool.submit(lambda: None).result()

    def prepare(
        self, make: Callable[[str, dt.date], None], chosen: Chosen, offered: Offered
    ) -> None:
        """Have a page's parts made for what is one step away and was not made before.

        Args:
            make: Makes a page's parts for a place and a month, to be kept.
        """
        if self._pool is None:
            return
        told = settings.load()
        spoken = language()
        of = (make, str(told.store), ask.current_release(told.store), told.lock_day, spoken)
        for place, month in next_choices(chosen, offered):
            if self._is_new((*of, place, month)):
                self._pool.submit(self._make, make, place, month, spoken)

    def once(self, work: Callable[[Path], None], folder: Path) -> None:
        """Have something done for a store that was not done for it before."""
        if self._pool is not None and self._is_new((work, str(folder))):
            self._pool.submit(self._done, work, folder)

    def _is_new(self, key: Hashable) -> bool:
        with self._lock:
            if key in self._known or self._waiting >= MOST_WAITING:
                return False
            self._known[key] = None
            self._waiting += 1
            while len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
            return True

    def _done(self, work: Callable[[Path], None], folder: Path) -> None:
        try:
            work(folder)
        finally:
            with self._lock:
                self._waiting -= 1

    def _make(
        self, make: Callable[[str, dt.date], None], place: str, month: dt.date, spoken: str
    ) -> None:
        try:
            # What goes wrong here goes wrong again, and is told, when somebody asks for the page.
            with in_language(spoken):
                make(place, month)
        finally:
            with self._lock:
                self._waiting -= 1


NEXT = Ahead()
"""The server's own."""
