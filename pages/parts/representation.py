"""Who speaks for users, municipality by municipality: seats, bodies, teams, and shared seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.charts.style import Row
from pages.parts.findings import HAS_NUMBER
from pages.parts.notes import note
from pages.parts.pickers import COOPERATION
from pages.parts.table import Column, table
from pages.text import cells, language, later, number, say
from pages.text.markup import Markup, tag
from queries.cards import Card

Cards = Mapping[str, Card]

SHOWN = {
    ("seats_filled", None): later("Seats filled"),
    ("bodies_with_two_representatives", "at_least_one"): later("Bodies with at least one"),
    ("bodies_with_two_representatives", None): later("Bodies with two or more"),
    ("teams_with_users", None): later("Teams with users"),
}
"""The columns of the table, by indicator and line: one is required, two are the goal."""

COVERS = ("covers_1", "covers_2", "covers_3_or_more", "covers_unknown")
"""How many municipalities whoever sits in a seat speaks for."""


def place_table(rows: Sequence[Row], cards: Cards) -> Markup:
    """Seats, bodies and teams of each place: of all together first, or of the chosen one alone.

    Args:
        rows: The answer of asked/representation.sql.
    """
    columns = [Column(say("Municipality"), _place, is_head=True)]
    columns += [_column(indicator, part, cards) for indicator, part in SHOWN]
    return table(
        say("Seats, bodies and teams with user representatives, by municipality"),
        columns,
        _by_place([row for row in rows if (row["indicator"], row["part"]) in SHOWN]),
        is_caption_shown=False,
        is_cards=True,
        empty=say(cells.NO_LIST),
    )


def _by_place(rows: Sequence[Row]) -> list[Row]:
    lines: dict[str, dict[str, object]] = {}
    for row in rows:
        line = lines.setdefault(
            row["municipality_id"], {"municipality_id": row["municipality_id"], "name": row["name"]}
        )
        line[f"{row['indicator']} {row['part']}"] = row
    return list(lines.values())


def _place(line: Row) -> str:
    if line["municipality_id"] == COOPERATION:
        return say("All together")
    return line["name"] or str(line["municipality_id"])


def _column(indicator: str, part: str | None, cards: Cards) -> Column:
    def cell(line: Row) -> str:
        row = line.get(f"{indicator} {part}")
        return say("missing") if row is None else cells.shown_text(row, cards[indicator])

    return Column(say(SHOWN[indicator, part]), cell)


def shared_table(rows: Sequence[Row], place: str, card: Card) -> Markup:
    """How many municipalities each filled seat speaks for; what nobody is, is left out.

    Args:
        rows: The answer of asked/representation.sql.
        place: Whose seats.
        card: The card of seats_filled, which names the lines.
    """
    own = [
        row
        for row in rows
        if row["municipality_id"] == place and row["part"] in COVERS and row["numerator"]
    ]
    columns = [
        Column(
            say("Whoever sits there"),
            lambda row: card.parts[row["part"]].text[language()],
            is_head=True,
        ),
        Column(say("Filled seats"), _of_seats),
    ]
    return table(
        say("How many municipalities each filled seat speaks for"),
        columns,
        own,
        is_caption_shown=False,
        empty=say("No seat is filled.") if _is_known(rows, place) else say("missing"),
    )


def _of_seats(row: Row) -> str:
    return say("{part} of {whole}", part=number(row["numerator"]), whole=number(row["denominator"]))


def _is_known(rows: Sequence[Row], place: str) -> bool:
    return any(
        row["municipality_id"] == place and row["part"] in COVERS and row["numerator"] is not None
        for row in rows
    )


def middle_vacancy(rows: Sequence[Row], place: str, card: Card) -> Markup | None:
    """How long the middle one of the vacant seats has been vacant; nothing where none is."""
    for row in rows:
        if (row["municipality_id"], row["part"]) == (place, "days_vacant"):
            if row["value"] is None:
                return None
            days = cells.shown_text(row, card)
            return note(say("The middle one has been vacant for {days}.", days=days))
    return None


def counted_line(rows: Sequence[Row], place: str, card: Card) -> Markup | None:
    """One indicator of a place as a line: its number in bold, and what it counts; if it has one."""
    for row in rows:
        if (row["indicator"], row["municipality_id"], row["part"]) == (card.id, place, None):
            if row["state"] not in HAS_NUMBER:
                return None
            shown = cells.shown_text(row, card)
            return tag("p", tag("strong", shown), " ", cells.words(card, "note"))
    return None


def tool_table(rows: Sequence[Row], card: Card) -> Markup:
    """The tools in use of those chosen, municipality by municipality."""
    return table(
        say("Tools in use, by municipality"),
        [
            Column(say("Municipality"), _place, is_head=True),
            Column(cells.words(card, "title"), lambda row: cells.shown_text(row, card)),
        ],
        [row for row in rows if row["indicator"] == card.id],
        is_caption_shown=False,
        empty=say(cells.NO_LIST),
    )
