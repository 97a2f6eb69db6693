"""What the chosen municipality is called in a sentence."""

from __future__ import annotations

from pages.text import say
from queries.ask import ask
from queries.disclosure import COOPERATION


def place_name(municipality: str) -> str:
    """A municipality's name, or what all of them together are called inside a sentence."""
    if municipality == COOPERATION:
        return say("the cooperation")
    rows = ask("frame_municipalities").rows_by_key("municipality_id", named=True, unique=True)
    return str(rows[municipality]["name"])


def sentence(text: str) -> str:
    """The text with a capital: a place at its start may be a common noun."""
    return text[:1].upper() + text[1:]
