"""How far the loop from feedback to told back came, and where it leaks most, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.text import cells, later, number, plural, say

Row = Mapping[str, Any]
"""One row of asked/loop.sql."""

_HAS_NUMBER = ("measured", "provisional")

STAGES = {
    "received": later("Asked for change"),
    "recommended": later("Became a recommendation"),
    "action": later("Got an action"),
    "done": later("All actions done"),
    "told_back": later("Told back to users"),
}
"""The first is what all the others are counted of; the others are those of asked/loop.sql."""

LEAKS = {
    "recommended": later(
        "Most drop out before a recommendation: {n} of {of} items from {period} did not become one."
    ),
    "action": later(
        "Most drop out before an action: {n} of {of} items with a recommendation from {period} led "
        "neither to one nor to a reasoned no."
    ),
    "done": later(
        "Most drop out before the action is done: {n} of {of} items with an action, from {period}, "
        "did not come that far."
    ),
    "told_back": later(
        "Most drop out before users are told: {n} of {of} items with finished actions, from "
        "{period}, were not told back."
    ),
}


EQUAL_LEAKS = {
    "action": later(
        "One of the stages where most drop out is before an action: {n} of {of} items with a "
        "recommendation from {period} led neither to one nor to a reasoned no."
    ),
    "done": later(
        "One of the stages where most drop out is before the action is done: {n} of {of} items "
        "with an action, from {period}, did not come that far."
    ),
    "told_back": later(
        "One of the stages where most drop out is before users are told: {n} of {of} items with "
        "finished actions, from {period}, were not told back."
    ),
}
"""Where as many stopped at an earlier stage: of equal leaks the later one is named."""


def leak_sentence(rows: Sequence[Row]) -> str:
    """Where the loop from feedback to "told back" leaks most.

    Args:
        rows: The answer of asked/loop.sql.
    """
    if not rows:
        return say(
            "The loop is shown when four whole months, from January, May or September, are over."
        )
    period = cells.period_text(rows[0])
    if rows[0]["state"] not in _HAS_NUMBER:
        return say("No feedback from {period} has been delivered.", period=period)
    if not rows[0]["received"]:
        return say("No feedback from {period} asked for change.", period=period)
    for row in rows:
        if row["is_largest_leak"]:
            is_alone = sum(other["stopped"] == row["stopped"] for other in rows) == 1
            words = (LEAKS if is_alone else EQUAL_LEAKS)[row["stage"]]
            of = number(row["came_before"])
            return say(words, n=number(row["stopped"]), of=of, period=period)
    return say("Nothing from {period} stopped on its way.", period=period)


def whole_way(row: Row) -> list[str]:
    """How much came the whole way, and how long the middle one took.

    Args:
        row: Any row of asked/loop.sql; the whole is the same in all of them.
    """
    said = [
        say(
            "{part} of {whole} came the whole way.",
            part=number(row["came_all_the_way"]),
            whole=number(row["received"]),
        )
    ]
    if row["days_all_the_way"] is not None:
        said.append(say("The middle one took {days}.", days=day_words(row["days_all_the_way"])))
    return said


def day_words(days: float) -> str:
    """A median of days: "12 dager", "193,5 dager"."""
    if days != round(days):
        return say("{number} days", number=number(days, 1))
    return plural("{n} day", "{n} days", round(days))
