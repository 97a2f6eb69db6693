"""How the leaders follow up, in words: decisions, answers to recommendations, months kept up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.parts.places import sentence
from pages.text import cells, language
from pages.text.markup import Markup, tag
from queries.cards import Card

Row = Mapping[str, Any]
"""One row of asked/matrix.sql, or of asked/part_of_month.sql where that is said."""

FOLLOWED = ("decisions_carried_out", "days_to_leader_answer", "months_sustained")
"""What is told beside the staircase: what the leaders promised, answered and kept up."""

UNANSWERED = ("days_to_leader_answer", "unanswered")
"""The line that belongs to a number: without it a short wait may be one of few answers."""


def follow_up(
    rows: Mapping[str, Row], unanswered: Row | None, cards: Mapping[str, Card]
) -> Markup | None:
    """A line for each indicator that has a number; None where none has.

    Args:
        rows: By indicator.
        unanswered: The row of asked/part_of_month.sql for UNANSWERED.
    """
    shown = [code for code in FOLLOWED if code in rows and rows[code]["shown"] != "none"]
    if not shown:
        return None
    return tag("ul", [_line(code, rows[code], unanswered, cards) for code in shown], class_="facts")


def _line(code: str, row: Row, unanswered: Row | None, cards: Mapping[str, Card]) -> Markup:
    card = cards[code]
    said = [cells.shown_text(row, card)]
    if code == UNANSWERED[0] and unanswered is not None and unanswered["denominator"]:
        words = card.parts[UNANSWERED[1]].text[language()]
        said.append(f"{sentence(words)}: {cells.shown_text(unanswered, card)}")
    return tag(
        "li",
        tag("strong", cells.words(card, "title")),
        ": ",
        ". ".join(said),
        tag("span", cells.words(card, "note"), class_="quiet"),
    )
