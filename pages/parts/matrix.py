"""The matrix: one row per indicator, with its value, its 24 months, its verdicts and its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.charts.icons import assurance_icon, signal_icon
from pages.charts.spark import spark
from pages.text import cells, later, month, say
from pages.text.below import below
from pages.text.markup import Child, Markup, tag
from queries.cards import Card
from queries.disclosure import COOPERATION

Row = Mapping[str, Any]
"""One row of asked/matrix.sql."""

GROUPS = {
    "participation": later("Participation"),
    "actions": later("Actions"),
    "anchoring": later("Leadership anchoring"),
}

TONES = {"improvement": "better", "concern": "worse", "increase": "change", "decrease": "change"}
"""The colour of the newest point and of the icon, by signal."""


def matrix(rows: Sequence[Row], cards: Mapping[str, Card], when: dt.date) -> Markup:
    """The rows by group, in the order of the cards.

    Args:
        rows: The answer of asked/matrix.sql for a municipality and month.
        when: The chosen month.
    """
    by_indicator = {row["indicator"]: row for row in rows}
    # Of one municipality, what is never shown of one stands there all the same, with the reason.
    is_alone = any(row["municipality_id"] != COOPERATION for row in rows)
    chosen = [
        card
        for card in cards.values()
        if card.id in by_indicator or (is_alone and card.is_cooperation_only)
    ]
    heads = (
        say("Indicator"),
        month(when).partition(" ")[0].capitalize(),
        say("24 months"),
        say("Change"),
        say("Target"),
        say("Updated"),
    )
    bodies: list[Markup] = []
    for group, members in groupby(chosen, key=lambda card: card.group):
        title = tag(
            "th", say(GROUPS[group]), scope="rowgroup", colspan=len(heads), role="rowheader"
        )
        drawn = [
            _row(by_indicator[card.id], card, when)
            if card.id in by_indicator
            else _never_alone(card)
            for card in members
        ]
        bodies.append(
            tag("tbody", tag("tr", title, class_="group", role="row"), drawn, role="rowgroup")
        )
    head = [tag("th", text, scope="col", role="columnheader") for text in heads]
    # The roles are said again because a phone sets the rows as a list, and a table that is
    # displayed as something else loses them.
    return tag(
        "table",
        tag("caption", say("Every indicator for {month}", month=month(when)), class_="unseen"),
        tag("thead", tag("tr", head, role="row"), role="rowgroup"),
        bodies,
        class_="matrix",
        role="table",
    )


def _row(row: Row, card: Card, when: dt.date) -> Markup:
    points = [(point["month"], point["value"]) for point in row["history"] or ()]
    line = spark(
        points,
        last=when,
        ceiling=1.0 if card.unit == "share" else None,
        target=card.target.value if card.target else None,
        tone=TONES.get(row["signal"], "plain"),
    )
    return tag(
        "tr",
        _head(card),
        _cell("value", tag("strong", cells.shown_text(row, card)), *map(_quiet, below(row, card))),
        _cell("line", line if any(value is not None for _, value in points) else None),
        _verdict(signal_icon(row["signal"], card.direction), cells.signal_word(row)),
        _verdict(
            assurance_icon(row["assurance"] if card.target else None),
            cells.assurance_word(row, card),
        ),
        _cell("fresh", cells.freshness_text(row)),
        role="row",
    )


def _head(card: Card) -> Markup:
    return tag(
        "th",
        tag("span", cells.words(card, "title"), class_="name"),
        _quiet(cells.words(card, "note")),
        scope="row",
        role="rowheader",
    )


def _never_alone(card: Card) -> Markup:
    """The row of what is shown for all municipalities together and never for one of them."""
    return tag(
        "tr",
        _head(card),
        _cell(
            "value",
            tag("strong", say(cells.STATES["withheld"])),
            _quiet(say("Shown only for all municipalities together.")),
        ),
        _cell("line"),
        _verdict(signal_icon(None, card.direction), ""),
        _verdict(assurance_icon(None), ""),
        _cell("fresh"),
        role="row",
    )


def _verdict(icon: Markup, word: str) -> Markup:
    if not word:
        return _cell("verdict")
    return _cell("verdict", tag("span", icon, tag("span", word), class_="said"))


def _cell(kind: str, *content: Child) -> Markup:
    return tag("td", *content, class_=kind, role="cell")


def _quiet(text: str) -> Markup:
    return tag("span", text, class_="quiet")
