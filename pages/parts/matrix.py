"""The matrix: one row per indicator, with its value, its 24 months, its verdicts and its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.charts.icons import assurance_icon, signal_icon
from pages.charts.spark import spark
from pages.parts import menu
from pages.text import cells, later, month, say
from pages.text.below import below
from pages.text.markup import Child, Markup, join, tag
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


def matrix(
    rows: Sequence[Row],
    cards: Mapping[str, Card],
    when: dt.date,
    choices: Mapping[str, str] | None = None,
) -> Markup:
    """The rows by group, in the order of the cards; a single group needs no title.

    Args:
        rows: The answer of asked/matrix.sql for a municipality and month.
        when: The chosen month.
        choices: Municipality and month as the address holds them, for the link of each name.
    """
    by_indicator = {row["indicator"]: row for row in rows}
    pairs = [(by_indicator.get(card.id), card) for card in listed(rows, cards)]
    return by_group(pairs, when, choices)


def by_group(
    pairs: Sequence[tuple[Row | None, Card]],
    when: dt.date,
    choices: Mapping[str, str] | None,
    *,
    is_brief: bool = False,
) -> Markup:
    """Rows with their cards, below each other by group.

    Args:
        pairs: In the order of the cards; no row for what is never shown of one municipality.
        is_brief: Each on a line of its own, to be scanned: what is counted stands behind its name.
    """
    groups = [
        (group, list(members)) for group, members in groupby(pairs, key=lambda pair: pair[1].group)
    ]
    sections = [
        (
            say(GROUPS[group]) if len(groups) > 1 else None,
            [line(row, card, when, choices, is_brief=is_brief) for row, card in members],
        )
        for group, members in groups
    ]
    caption = say("Indicators for {month}", month=month(when))
    return in_sections(sections, when, caption, is_brief=is_brief)


def listed(rows: Sequence[Row], cards: Mapping[str, Card]) -> list[Card]:
    """The cards that have a row, by group and place.

    Of one municipality, what is never shown of one is listed all the same, to give the reason.
    """
    found = {row["indicator"] for row in rows}
    is_alone = any(row["municipality_id"] != COOPERATION for row in rows)
    return [
        card
        for card in cards.values()
        if card.id in found or (is_alone and card.is_cooperation_only)
    ]


def in_sections(
    sections: Sequence[tuple[str | None, Sequence[Markup]]],
    when: dt.date,
    caption: str,
    *,
    is_brief: bool = False,
) -> Markup:
    """Rows as one table, below each other by section.

    Args:
        sections: What each is called, if anything, and its rows.
        caption: What the table holds, for those who have it read out.
        is_brief: The rows are each on a line.
    """
    heads = (
        say("Indicator"),
        month(when).partition(" ")[0].capitalize(),
        say("24 months"),
        say("Change"),
        say("Target"),
        say("Updated"),
    )
    bodies = []
    for title, rows in sections:
        named = title and tag(
            "tr",
            tag("th", title, scope="rowgroup", colspan=len(heads), role="rowheader"),
            class_="group",
            role="row",
        )
        bodies.append(tag("tbody", named, rows, role="rowgroup"))
    head = [tag("th", text, scope="col", role="columnheader") for text in heads]
    # The roles are said again because a phone sets the rows as a list, and a table that is
    # displayed as something else loses them.
    return tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", head, role="row"), role="rowgroup"),
        bodies,
        class_="matrix brief" if is_brief else "matrix",
        role="table",
    )


def line(
    row: Row | None,
    card: Card,
    when: dt.date,
    choices: Mapping[str, str] | None = None,
    *,
    is_group_named: bool = False,
    is_brief: bool = False,
) -> Markup:
    """One indicator's row; without a row of the answer, why there is none.

    Args:
        is_group_named: The group is said in the row, since the rows around it are of other groups.
        is_brief: Without what is counted, which stands behind the link of the name.
    """
    note = "" if is_brief else cells.words(card, "note")
    group = say(GROUPS[card.group]) if is_group_named else ""
    head = _head(card, choices or {}, f"{group}: {note}" if group else note)
    return _never_alone(card, head) if row is None else _row(row, card, when, head)


def _row(row: Row, card: Card, when: dt.date, head: Markup) -> Markup:
    points = [(point["month"], point["value"]) for point in row["history"] or ()]
    drawn = spark(
        points,
        last=when,
        ceiling=1.0 if card.unit == "share" else None,
        target=card.target.value if card.target else None,
        tone=TONES.get(row["signal"], "plain"),
    )
    return tag(
        "tr",
        head,
        _cell("value", tag("strong", cells.shown_text(row, card)), _below(row, card)),
        _cell("line", drawn if any(value is not None for _, value in points) else None),
        _verdict(signal_icon(row["signal"], card.direction), cells.signal_word(row)),
        _verdict(
            assurance_icon(row["assurance"] if card.target else None),
            cells.assurance_word(row, card),
            cells.target_text(card) if card.target else "",
        ),
        _cell("fresh", cells.freshness_text(row)),
        role="row",
    )


def _head(card: Card, choices: Mapping[str, str], below: str) -> Markup:
    return tag(
        "th",
        # What an indicator is, how it is counted and who answers for it stands in one place.
        tag(
            "a",
            cells.words(card, "title"),
            href=f"{menu.address('method', **choices)}#{card.id}",
            target="_self",
            class_="name",
        ),
        _quiet(below) if below else None,
        scope="row",
        role="rowheader",
    )


def _never_alone(card: Card, head: Markup) -> Markup:
    """The row of what is shown for all municipalities together and never for one of them."""
    return tag(
        "tr",
        head,
        _cell(
            "value",
            tag("strong", say(cells.STATES["withheld"])),
            " ",
            _quiet(say("Shown only for all municipalities together.")),
        ),
        _cell("line"),
        _verdict(signal_icon(None, card.direction), ""),
        _verdict(assurance_icon(None), ""),
        _cell("fresh"),
        role="row",
    )


def _verdict(icon: Markup, word: str, below: str = "") -> Markup:
    if not word:
        return _cell("verdict")
    return _cell("verdict", icon, word, " ", _quiet(below) if below else None)


def _cell(kind: str, *content: Child) -> Markup:
    return tag("td", *content, class_=kind, role="cell")


def _below(row: Row, card: Card) -> Markup:
    return join([part for text in below(row, card) for part in (" ", _quiet(text))])


def _quiet(text: str) -> Markup:
    return tag("span", text, class_="quiet")
