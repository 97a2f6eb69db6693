"""What is not compared between municipalities, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.text import cells, listed, number, say
from pages.text.markup import Markup, tag
from queries.cards import Card

Row = Mapping[str, Any]
"""One row of asked/capacities.sql."""

FEWEST_FTE = 5
"""Full-time equivalents below which a number per FTE says more about chance than about work
(indicators.md 9, case 9)."""


def reasons(capacities: Sequence[Row], cards: Mapping[str, Card]) -> Markup:
    """Each thing that is not compared, with its reason.

    Args:
        capacities: The answer of asked/capacities.sql.
    """
    said = [
        (
            say("No ranking and no total score"),
            say(
                "Municipalities of very different size meet on equal terms. They are listed "
                "in the order of the alphabet."
            ),
        ),
        (say("Numbers about people"), _about_people(cards)),
        (say("Numbers per full-time equivalent"), _per_fte(capacities)),
        (
            say("Months without files"),
            say(
                "A month that has not been delivered is missing. It is not zero, and it is a gap "
                "in the line."
            ),
        ),
    ]
    items = [
        tag("li", tag("strong", heading + "."), " ", words) for heading, words in said if words
    ]
    return tag("ul", items, class_="reasons", role="list")


def _about_people(cards: Mapping[str, Card]) -> str:
    # Shares of answers have a verdict of their own, where it can be given.
    titles = [
        cells.words(card, "title")
        for card in cards.values()
        if card.privacy != "none" and card.unit != "share"
    ]
    if not titles:
        return ""
    return say(
        "{titles} are shown for each municipality by four months and only roughly. With so few "
        "people a difference would mostly be chance, so nothing is said about it.",
        titles=listed([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])]),
    )


def _per_fte(capacities: Sequence[Row]) -> str:
    heads = [row["name"] for row in capacities if row["capacity_unit"] == "headcount"]
    small = [
        f"{row['name']} ({number(row['capacity'], 1)})"
        for row in capacities
        if row["capacity_unit"] == "fte"
        and row["capacity"] is not None
        and row["capacity"] < FEWEST_FTE
    ]
    unknown = [row["name"] for row in capacities if row["capacity"] is None]
    said = []
    if heads:
        said.append(
            say(
                "{places} gave the number of employees, which is something else.",
                places=listed(heads),
            )
        )
    if small:
        said.append(
            say(
                "Under five full-time equivalents such a number is mostly chance: {places}.",
                places=listed(small),
            )
        )
    if unknown:
        said.append(say("{places} gave none.", places=listed(unknown)))
    return " ".join(said)
