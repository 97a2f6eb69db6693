"""What was made of a release is kept: its numbers never change, so neither does what they say."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from data import settings
from pages.text import language
from queries import ask

P = ParamSpec("P")
T = TypeVar("T")

MOST = 4096
"""Parts that are kept: a year of months and all the places, of every page that is read."""

_held: OrderedDict[Hashable, object] = OrderedDict()
_lock = threading.Lock()


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function makes of the current release, for each of its arguments.

    It must read nothing but the release, the cards and the catalogue, and what it gives is shared
    between readers: never change it. The arguments must be hashable.
    """

    @wraps(make)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        told = settings.load()
        release = ask.current_release(told.store)
        # The lock day decides when a number that is not shown yet is said to appear.
        of = (str(told.store), release, told.lock_day, language())
        key = (make.__module__, make.__qualname__, of, args, tuple(sorted(kwargs.items())))
        with _lock:
            if key in _held:
                _held.move_to_end(key)
                return _held[key]  # type: ignore[return-value]  # It was made by this function.
        made = make(*args, **kwargs)
        with _lock:
            _held[key] = made
            while len(_held) > MOST:
                _held.popitem(last=False)
        return made

    return asked
