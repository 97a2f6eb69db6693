"""The tools whose exports are known, by the headings that they write whatever was asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from data.contract import fold
from data.parse import Order

FILE = Path(__file__).parent / "tools.toml"


@dataclass(frozen=True)
class Tool:
    """What a tool's exports look like, whatever the questionnaire or the plan.

    Attributes:
        any: Sets of headings; a file is the tool's when it has every one of a set.
        is_first: The heading must be the file's first: it is too common to say much elsewhere.
        lists: The kind of row, where the tool keeps no answers ("actions").
        answer_id, answered: Headings of the column that tells answers apart, and of their date.
        finished: Headings of the column that says that a row was filled in to the end, and what
            stands there then; without texts any.
        empty_dates: What the tool writes instead of a date that it has taken away.
        personal: Headings of columns that may hold who somebody is.
        metadata: Headings of columns that nothing needs.
        dates: How dates with slashes are read.
        zone: Of the moments, where only the heading names it.
    """

    name: str
    any: tuple[tuple[str, ...], ...]
    is_first: bool = False
    lists: str | None = None
    answer_id: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    finished: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    empty_dates: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    dates: Order | None = None
    zone: str = ""

    def wrote(self, headings: Sequence[str]) -> bool:
        """Whether the headings are those of this tool."""
        if self.is_first:
            return bool(headings) and any(is_one_of(headings[0], one) for one in self.any)
        return any(all(_has(headings, heading) for heading in one) for one in self.any)


def _has(headings: Iterable[str], wanted: str) -> bool:
    return any(is_one_of(heading, (wanted,)) for heading in headings)


def is_one_of(heading: str, wanted: Iterable[str]) -> bool:
    """Whether a heading is one of these, or begins or ends as those with a * do."""
    word = fold(heading) or heading.strip()
    for one in wanted:
        if one.endswith("*") and word.startswith(fold(one)):
            return True
        if one.startswith("*") and heading.strip().casefold().endswith(one[1:]):
            return True
        if not one.endswith("*") and word == (fold(one) or one):
            return True
    return False


def find(headings: Iterable[str], wanted: Iterable[str]) -> str | None:
    """The heading that is one of these, the earliest of them first; None where none is."""
    headings = tuple(headings)
    for one in wanted:
        for heading in headings:
            if is_one_of(heading, (one,)):
                return heading
    return None


@cache
def known() -> tuple[Tool, ...]:
    """Every known tool, in the order in which they are tried."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_tool(one) for one in table["tool"])


def _tool(table: dict[str, Any]) -> Tool:
    finished = table.get("finished")
    return Tool(
        name=table["name"],
        any=tuple(tuple(one) for one in table["any"]),
        is_first=table.get("is_first", False),
        lists=table.get("lists"),
        answer_id=tuple(table.get("answer_id", ())),
        answered=tuple(table.get("answered", ())),
        finished=finished and (tuple(finished["column"]), tuple(finished.get("is", ()))),
        empty_dates=tuple(table.get("empty_dates", ())),
        personal=tuple(table.get("personal", ())),
        metadata=tuple(table.get("metadata", ())),
        dates=cast("Order | None", table.get("dates")),
        zone=table.get("zone", ""),
    )


def of(headings: Sequence[str]) -> Tool | None:
    """The tool that wrote these headings; None where they are no known tool's."""
    return next((tool for tool in known() if tool.wrote(headings)), None)


# -- Trello without headings -------------------------------------------------------------------

TRELLO = (
    "Card ID", "Card Name", "Card URL", "Card Description", "Labels", "Members", "Due Date",
    "Attachment Count", "Attachment Links", "Checklist Item Total Count",
    "Checklist Item Completed Count", "Vote Count", "Comment Count", "Last Activity Date",
    "List ID", "List Name", "Board ID", "Board Name", "Archived", "Start Date", "Due Complete",
)  # fmt: skip
"""Trello's columns in their order, for files in which the headings were lost."""

_TRELLO_ID = re.compile("[0-9a-f]{24}")


def is_trello_without_headings(first_row: Sequence[str]) -> bool:
    """Whether a first row is a card: Trello's numbers stand where its columns have them."""
    if len(first_row) < TRELLO.index("Archived") + 1:
        return False
    ids = (first_row[TRELLO.index(name)] for name in ("Card ID", "List ID", "Board ID"))
    return all(_TRELLO_ID.fullmatch(one.strip()) for one in ids)
