"""What the municipalities do together: actions that several share, and those that were borrowed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from pages.charts.style import Row
from pages.parts import menu
from pages.parts.action_list import VIEW, standing, theme_words
from pages.parts.notes import heading, link
from pages.parts.table import Column, table
from pages.text import plural, say
from pages.text.markup import Child, Markup, join, tag

BORROWED = "lant_av_nabo"
"""What the address of the actions calls the view of those that were borrowed."""


def together(rows: Sequence[Row], choices: Mapping[str, str]) -> Markup:
    """The actions as a table, below how many there are.

    Args:
        rows: Of asked/actions_listed.sql, by municipality as the pages list them.
        choices: What the address holds: municipality and month.
    """
    found = heading(3, finding(rows))
    if not rows:
        return found
    listed = table(
        say("Shared and borrowed actions"),
        [
            Column(say("Municipality"), lambda row: row["municipality"], is_head=True),
            Column(say("Action"), lambda row: row["title"] or row["action_id"]),
            Column(say("Shared or borrowed"), _how),
            Column(say("Theme"), lambda row: theme_words(row["theme"])),
            Column(say("How it stands"), _standing),
        ],
        rows,
        is_caption_shown=False,
        is_cards=True,
    )
    if all(row["borrowed_from"] is None for row in rows):
        return join([found, listed])
    address = menu.address("actions", **choices, **{VIEW: BORROWED}) + "#tiltakene"
    way = tag("p", link(say("See the borrowed actions in the list"), address))
    return join([found, listed, way])


def finding(rows: Sequence[Row]) -> str:
    """How many are borrowed, and how many municipalities share some, as a sentence."""
    borrowed = sum(row["borrowed_from"] is not None for row in rows)
    # What is shared stands in the list of each that shares it.
    sharing = len({row["municipality_id"] for row in rows if row["borrowed_from"] is None})
    said = (
        plural(
            "{Words} action is borrowed from a neighbour.",
            "{Words} actions are borrowed from a neighbour.",
            borrowed,
        )
        if borrowed
        else "",
        plural(
            "{Words} municipality has actions that several share.",
            "{Words} municipalities have actions that several share.",
            sharing,
        )
        if sharing
        else "",
    )
    return " ".join(filter(None, said)) or say("No action is shared or borrowed.")


def _standing(row: Row) -> Child:
    """On one line what the list of actions sets one below the other."""
    found = standing(row)
    if not isinstance(found, list):
        return found
    first, *rest = (part for part in found if part is not None)
    # In one piece: on a phone each piece of a cell has a line of its own.
    return tag("span", first, *itertools.chain.from_iterable((", ", part) for part in rest))


def _how(row: Row) -> str:
    if row["borrowed_from"] is not None:
        return say("borrowed from a neighbour: {place}", place=row["borrowed_from"])
    return say("shared by several municipalities")
