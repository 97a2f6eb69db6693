"""What is being done with a file, told while it happens, as codes that the pages have words for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Step = Literal["reading", "recognising", "guarding", "checking", "storing", "computing"]
"""Reading its table, knowing whose export it is, looking for personal data, checking its cells,
storing its rows, and computing the numbers anew."""

Told = Callable[[Step], None]
"""Is told of a step before it begins."""


def untold(step: Step) -> None:
    """Tell nobody."""
