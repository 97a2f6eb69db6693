"""How much a share changed from one measurement to another, from what is released of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from queries import disclosure, intervals

Cell = Mapping[str, Any]
"""One row of the release's table `cells`."""


@dataclass(frozen=True)
class Change:
    """The later share less the earlier one, from -1 to 1, with its 95 % interval.

    Different people may have answered: it says what changed, and never why.
    """

    difference: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Whether no change at all lies outside the interval."""
        return not self.low <= 0 <= self.high


def change(earlier: Cell | None, later: Cell | None) -> Change | None:
    """The change between two released shares of answers, of different people perhaps.

    Returns:
        None unless both are shown exactly and rest on at least ten answers each.

    Source: methods.md B: two cross-sections, by Newcombe's interval, from released values.
    """
    if earlier is None or later is None or not (_is_whole(earlier) and _is_whole(later)):
        return None
    counts = (
        later["numerator"],
        later["denominator"],
        earlier["numerator"],
        earlier["denominator"],
    )
    low, high = intervals.newcombe(*counts)
    return Change(counts[0] / counts[1] - counts[2] / counts[3], low, high)


def _is_whole(cell: Cell) -> bool:
    return (
        cell["shown"] == "exact"
        and cell["state"] in ("measured", "provisional")
        and cell["denominator"] is not None
        and cell["denominator"] >= disclosure.limit("fewest_answers")
    )
