"""How a command writes: the numbers brought up to date before and after, the store open between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from data import store
from data.contract import fold
from data.store import RefusedError, Store
from pages.terminal import locked_export
from pages.text import refusals

T = TypeVar("T")


@dataclass(frozen=True)
class Written(Generic[T]):
    """What a write gave, and the numbers of the releases before and after it."""

    result: T
    before: int
    after: int


def written(folder: Path, write: Callable[[Store], T]) -> Written[T]:
    """Open the store for one write, and release what it changed.

    Args:
        folder: The store's folder.
        write: What is done with the open store.

    Raises:
        RefusedError: "stored_not_released" when it is written, and its numbers cannot be made.
    """
    before = locked_export.bring_up_to_date(folder)
    with store.opened(folder) as opened:
        result = write(opened)
        entry = opened.last_entry()
    try:
        after = locked_export.bring_up_to_date(folder)
    except Exception as error:
        # Whoever reads "not stored" here does it again, and then it is done twice.
        if refusals.not_released(error) is None:
            raise
        raise RefusedError("stored_not_released", entry=entry, because=error) from error
    return Written(result, before, after)


def municipality(opened: Store, text: str) -> str:
    """The number of a municipality that was given by number or by name.

    Raises:
        RefusedError: "unknown_municipality".
    """
    known = opened.rows("select municipality_id, name from current_municipalities")
    for number, name in known:
        if text == number or fold(text) == fold(name):
            return str(number)
    raise RefusedError("unknown_municipality", municipality=text)
