"""A chart on a page: its finding, a description for those who do not see it, its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.charts.dots import dots
from pages.charts.figure import Figure
from pages.charts.series import series
from pages.charts.style import CONFIG, Row
from pages.parts import late
from pages.parts.draw import draw
from pages.parts.kept import kept
from pages.parts.notes import heading, note
from pages.parts.pickers import Chosen
from pages.parts.places import place_name, sentence
from pages.parts.table import Column, folded, table
from pages.text import cells, date, month, say
from pages.text.described import described
from pages.text.markup import Child, Markup, join, tag
from queries.ask import ask
from queries.cards import Card, load_all

FEWEST_MONTHS = 8
"""Fewer numbers than these are quicker read as a table than as a chart."""


def drawn(words: str, figure: Figure, alt: str, *below: Child, key: str) -> None:
    """Draw a chart with its finding as heading and what belongs below it.

    Args:
        alt: The same in words, for those who do not see it.
        below: Its numbers as a table, and its notes.
        key: Sets it apart from the other charts of the page.
    """
    draw(heading(3, words, is_above_chart=True))

    def plot() -> None:
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=alt, key=key)

    late.place(plot, key, figure.spec["layout"]["height"])
    draw(tag("div", *below, class_="chart-below"))


@dataclass(frozen=True)
class Prepared:
    """A chart that is finished: its heading, the drawing with its description, and what is below.

    Attributes:
        figure: None where there is nothing to draw, or so little that a table says it faster.
    """

    words: str
    figure: Figure | None
    alt: str
    below: Markup


def line_chart(chosen: Chosen, card: Card, *below: Child, municipality: str | None = None) -> None:
    """Draw an indicator's 24 months as a line.

    Args:
        below: Notes of the page's own.
        municipality: Whose; the chosen one by default.
    """
    place = municipality or chosen.municipality
    _draw(_prepared(card.id, place, chosen.month, None), card, below)


def dot_chart(chosen: Chosen, card: Card, words: tuple[str, str], *below: Child) -> None:
    """Draw 24 months of a share of few as dots.

    Args:
        words: What one dot is; what filled and open mean.
        below: Notes of the page's own.
    """
    _draw(_prepared(card.id, chosen.municipality, chosen.month, words), card, below)


def make_ready(
    indicator: str, place: str, when: dt.date, dots_are: tuple[str, str] | None = None
) -> None:
    """Make what line_chart(), or dot_chart() with its words, draws, to be kept."""
    _prepared(indicator, place, when, dots_are)


def _draw(made: Prepared, card: Card, below: Sequence[Child]) -> None:
    if made.figure is None:
        draw(heading(3, made.words), made.below, *below)
    else:
        drawn(made.words, made.figure, made.alt, made.below, *below, key=f"chart_{card.id}")


@kept
def _prepared(
    indicator: str, place: str, when: dt.date, dots_are: tuple[str, str] | None
) -> Prepared:
    card = load_all()[indicator]
    frame = ask("monthly_series", indicator=indicator, municipality=place, month=when)
    if frame.is_empty():
        nothing = tag("p", say("There are no numbers by month here."), class_="empty")
        return Prepared(cells.words(card, "title"), None, "", nothing)
    rows = frame.to_dicts()
    if not any(can_be_drawn(row, card) for row in rows):
        return Prepared(_now(rows[-1], card), None, "", nothing_drawn(rows, card))
    words = heading_of(rows[-1], card, place_name(place))
    if len(rows) < FEWEST_MONTHS:
        return Prepared(words, None, "", month_table(rows, card))
    decisions = ask(
        "decisions_about", indicator=indicator, municipality=place, month=when
    ).to_dicts()
    figure = (
        series(frame, card, decisions)
        if dots_are is None
        else dots(frame, card, dots_are, decisions)
    )
    alt = f"{words} {described(rows, card, decisions)}"
    as_table = folded(say("Show the numbers as a table"), month_table(rows, card))
    return Prepared(words, figure, alt, join([as_table, *map(_decided, decisions)]))


def heading_of(row: Row, card: Card, place: str) -> str:
    """The finding of a series from its newest cell: what changed, or what is known of it."""
    found = cells.finding(row, card, place)
    return sentence(found) if found else _now(row, card)


def _now(row: Row, card: Card) -> str:
    return say(
        "{title}: {value} in {month}",
        title=cells.words(card, "title"),
        value=cells.shown_text(row, card),
        month=month(row["period"]),
    )


def can_be_drawn(row: Row, card: Card) -> bool:
    """Whether a chart can show the cell: its value, or the band of a count."""
    return row["value"] is not None or (row["shown"] == "band" and card.unit != "share")


def nothing_drawn(rows: Sequence[Row], card: Card) -> Markup:
    """What stands where a chart would be empty: why, and the months where they differ."""
    reasons = dict.fromkeys(reason for row in rows if (reason := cells.reason_text(row)))
    said = tag("p", " ".join(reversed(reasons)), class_="empty")
    if len({cells.shown_text(row, card) for row in rows}) == 1:
        return said
    return Markup(said + folded(say("Show the numbers as a table"), month_table(rows, card)))


def month_table(rows: Sequence[Row], card: Card) -> Markup:
    """Every month of a chart, the newest first, with why a number is not there."""
    columns = [
        Column(say("Month"), lambda row: month(row["period"]), is_head=True),
        Column(cells.words(card, "title"), lambda row: cells.shown_text(row, card)),
    ]
    if card.unit == "share" and card.privacy == "none":
        columns.append(Column(say("Uncertainty (95%)"), cells.interval_text))
    if any(row["reason"] for row in rows):
        columns.append(Column(say("Note"), cells.reason_text))
    caption = say("{title}, month by month", title=cells.words(card, "title"))
    return table(caption, columns, reversed(rows))


def _decided(decision: Row) -> Markup:
    return note(
        tag("strong", say("Decision {date}:", date=date(decision["decided_on"]))),
        " ",
        decision["text"],
    )
