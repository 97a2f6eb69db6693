"""What an axis counts and which way is good, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.text import cells, later, say

if TYPE_CHECKING:
    from queries.cards import Card

DIRECTIONS = {
    "higher": later("higher is better"),
    "lower": later("lower is better"),
    "neutral": later("neither up nor down is better in itself"),
}


def counted_words(card: Card) -> str:
    """What the axis counts: "prosent av kurs", "dager", "deltakere"."""
    things = cells.words(card, "unit_many")
    if card.unit == "share":
        return say("per cent of {things}", things=things)
    return {"days": say("days"), "score": say("average")}.get(card.unit, things)
