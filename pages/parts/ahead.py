"""What the reader may turn to next is made ready while the page is read: other months and places.

A change to what nobody has seen costs the planning of a dozen questions; the numbers of a release
never change, so that it can be done before anybody asks.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from data import settings
from pages.parts.pickers import Chosen, Offered
from pages.text import in_language, language
from queries import ask

Choice = tuple[str, dt.date]
"""A place and a month."""

Make = Callable[[str, str, dt.date], None]
"""Makes a page's parts for a place and a month, to be kept."""

MOST_WAITING = 32
"""Months beside those that are read, which may wait to be made ready; more are left to be asked."""

MOST_KNOWN = 2048
"""Choices that are remembered as made ready: seven places and some years, in three languages."""

AT_REST = 1.0
"""Seconds without anybody asking for anything before more is made than what is one step away."""

FURTHER = 12
"""Months on either side that are made ready then: a year back, and what is newer."""


def next_choices(chosen: Chosen, offered: Offered) -> list[Choice]:
    """What is one step away: the months beside this one, the newer one last."""
    at = offered.months.index(chosen.month)
    beside = [*offered.months[at + 1 : at + 2], *offered.months[max(0, at - 1) : at]]
    return [(chosen.municipality, month) for month in beside]


def later_choices(chosen: Chosen, offered: Offered) -> list[Choice]:
    """What else may come of a page: the other places, then the other months by nearness."""
    at = offered.months.index(chosen.month)
    places = [(place, chosen.month) for place in offered.places() if place != chosen.municipality]
    further = sorted(
        (abs(other - at), other) for other in range(len(offered.months)) if abs(other - at) > 1
    )
    return places + [
        (chosen.municipality, offered.months[other]) for away, other in further if away <= FURTHER
    ]


class Ahead:
    """One thread that works beside the pages, from start() to stop()."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._next: deque[Callable[[], None]] = deque()
        self._later: deque[Callable[[], None]] = deque()
        self._at_rest_from = 0.0
        self._is_busy = False
        self._changed = threading.Condition()
        self._known: OrderedDict[Hashable, None] = OrderedDict()

    def start(self) -> None:
        """Begin; until then nothing is made ready."""
        self._thread = threading.Thread(target=self._work, name="ahead", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being made, and leave what waits."""
        thread, self._thread = self._thread, None
        with self._changed:
            self._next.clear()
            self._later.clear()
            self._changed.notify_all()
        if thread is not None:
            thread.join()

    def wait(self, *, also_later: bool = False) -> None:
        """Return when nothing of what is one step away waits any more.

        Args:
            also_later: Nor what is made while the page is read.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: not (self._next or self._is_busy or (also_later and self._later))
            )

    def prepare(self, make: Make, pages: Sequence[str], chosen: Chosen, offered: Offered) -> None:
        """Have what may be chosen next made, where it was not made before.

        Args:
            pages: The page that is read, and those that may be turned to.
        """
        if self._thread is None:
            return
        told, spoken = settings.load(), language()
        of = (make, str(told.store), ask.current_release(told.store), told.lock_day, spoken)

        def making(choice: Choice, page: str = pages[0]) -> Callable[[], None]:
            def work() -> None:
                with in_language(spoken):
                    make(page, *choice)

            return partial(self._once, (*of, page, choice), work)

        here = (chosen.municipality, chosen.month)
        later = [making(here, page) for page in pages[1:]]
        later += map(making, later_choices(chosen, offered))
        with self._changed:
            room = MOST_WAITING - len(self._next)
            self._next.extend(map(making, next_choices(chosen, offered)[: max(0, room)]))
            # Of what can wait only the page that is read now counts.
            self._later = deque(later)
            self._at_rest_from = time.monotonic() + AT_REST
            self._changed.notify_all()

    def make_way(self) -> None:
        """Leave what can wait for a while: somebody came, or turned to something else."""
        with self._changed:
            self._at_rest_from = time.monotonic() + AT_REST

    def once(self, work: Callable[[Path], None], folder: Path) -> None:
        """Have something done for a store that was not done for it before."""
        if self._thread is not None:
            with self._changed:
                self._next.append(partial(self._once, (work, str(folder)), partial(work, folder)))
                self._changed.notify_all()

    def _work(self) -> None:
        while (work := self._taken()) is not None:
            # What goes wrong here goes wrong again, and is told, when somebody asks for the page.
            with suppress(Exception):
                work()
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()

    def _taken(self) -> Callable[[], None] | None:
        """What is to be done now, once there is something; None when it is time to stop."""
        with self._changed:
            while self._thread is threading.current_thread():
                left = self._at_rest_from - time.monotonic()
                if self._next or (self._later and left <= 0):
                    self._is_busy = True
                    return (self._next or self._later).popleft()
                self._changed.wait(left if self._later else None)
        return None

    def _once(self, key: Hashable, work: Callable[[], None]) -> None:
        if key in self._known:
            return
        self._known[key] = None
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        work()


NEXT = Ahead()
"""The server's own."""
