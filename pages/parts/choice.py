"""Which indicator a page is about: chosen by a link, kept in the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby

from pages.parts import menu
from pages.parts.matrix import GROUPS
from pages.parts.table import folded
from pages.text import cells, plural, say
from pages.text.markup import Markup, tag
from queries.cards import Card

INDICATOR = "indikator"
"""The choice in the address: ?indikator=told_back."""

ANCHOR = "historie"
"""The part of the page that a choice changes, so that it is what is seen next."""

FIRST = "told_back"
"""What is shown before anybody chooses: whether users hear what became of what they said."""


def chosen_card(asked: str | None, cards: Mapping[str, Card], known: Collection[str]) -> Card:
    """The card that the address asks for; where it asks for none that is here, the first choice.

    Args:
        known: The indicators that have a number this month. One of them is shown where the first
            choice has none: nobody chose to look at nothing.
    """
    if asked in cards:
        return cards[str(asked)]
    first = FIRST if FIRST in cards else next(iter(cards))
    if known and first not in known:
        first = next(name for name in cards if name in known)
    return cards[first]


def indicator_links(cards: Mapping[str, Card], here: Card, choices: Mapping[str, str]) -> Markup:
    """Every indicator as a link, by group, the chosen one marked; folded, since they are many."""
    groups = [
        tag(
            "li",
            tag("span", say(GROUPS[group]), class_="group"),
            tag("ul", [_link(card, here, choices) for card in members], role="list"),
        )
        for group, members in groupby(cards.values(), key=lambda card: card.group)
    ]
    links = tag(
        "nav",
        tag("ul", groups, role="list"),
        aria_label=say("Choose an indicator"),
        class_="choice",
    )
    return folded(
        plural("Another of {n} indicator", "Another of the {n} indicators", len(cards)), links
    )


def _link(card: Card, here: Card, choices: Mapping[str, str]) -> Markup:
    return tag(
        "li",
        tag(
            "a",
            cells.words(card, "title"),
            href=menu.address("comparison", **choices, **{INDICATOR: card.id}) + f"#{ANCHOR}",
            target="_self",
            aria_current="true" if card.id == here.id else None,
        ),
    )
