"""Numbers about people and answers, four months at a time: one table, and how to read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data import settings
from pages.charts.style import Row
from pages.parts.table import Column, folded, table
from pages.text import cells, say
from pages.text.formats import NO_BREAK, WORD_JOINER
from pages.text.markup import Child, Markup, join, tag
from queries.cards import Card
from queries.shown_from import appearance

HALF = 0.5
"""A response rate under this always stands with its caveat (indicators.md 3)."""


@dataclass(frozen=True)
class Line:
    """One line of a table by four months.

    Attributes:
        name: What it is about: an indicator or a municipality.
        by_period: What stands in each column, by the first day of its four months.
    """

    name: str
    by_period: Mapping[dt.date, Child]


def line(name: str, rows: Sequence[Row], card: Card) -> Line:
    """A line of released cells."""
    return Line(name, {row["period"]: shown(row, card) for row in rows})


def table_of(lines: Sequence[Line], head: str, caption: str) -> Markup:
    """The lines as a table, the newest four months to the right; on a phone a card for each."""
    periods = sorted({period for each in lines for period in each.by_period})
    columns = [Column(head, lambda row: row["line"].name, is_head=True)]
    columns += [Column(cells.short_period(period, "tertial"), _of(period)) for period in periods]
    return table(
        caption,
        columns,
        [{"line": each} for each in lines] if periods else [],
        is_caption_shown=False,
        is_cards=True,
        empty=say(
            "The numbers come when four whole months, from January, May or September, are over."
        ),
    )


def _of(period: dt.date) -> Callable[[Row], Child]:
    return lambda row: row["line"].by_period.get(period)


def of_one(found: Mapping[str, Sequence[Row]], cards: Mapping[str, Card]) -> Markup:
    """One municipality's numbers, a line for each indicator.

    Args:
        found: The answers of asked/tertial_cells.sql, by indicator.
    """
    lines = [
        line(cells.words(cards[code], "title"), rows, cards[code]) for code, rows in found.items()
    ]
    return table_of(lines, say("Indicator"), say("People and answers by four months"))


def _unbroken(period: dt.date) -> str:
    """A year that stands alone on a line reads as a number of its own, and so does half a span."""
    said = cells.short_period(period, "tertial").replace(" ", NO_BREAK)
    return said.replace("–", f"{WORD_JOINER}–{WORD_JOINER}")


def of_all(found: Mapping[str, Sequence[Row]], cards: Mapping[str, Card]) -> Markup:
    """Every municipality's newest numbers in one table, and those before it folded below.

    Args:
        found: The answers of asked/tertial_cells.sql, by indicator.
    """
    newest = {code: _newest(rows) for code, rows in found.items()}
    names = list(dict.fromkeys(row["name"] for rows in found.values() for row in rows))
    columns = [Column(say("Municipality"), lambda row: row["name"], is_head=True)]
    columns += [
        Column(
            f"{cells.words(cards[code], 'title')}, {_unbroken(period)}",
            _cell_of(code),
        )
        for code, period in newest.items()
        if period is not None
    ]
    by_name = {
        name: {"name": name}
        | {
            code: shown(row, cards[code])
            for code, rows in found.items()
            for row in rows
            if row["name"] == name and row["period"] == newest[code]
        }
        for name in names
    }
    return join(
        [
            table(
                say("People and answers by municipality, the newest four months"),
                columns,
                by_name.values() if len(columns) > 1 else [],
                is_caption_shown=False,
                is_cards=True,
                empty=say(
                    "The numbers come when four whole months, from January, May or September, are"
                    " over."
                ),
            ),
            *[_earlier(rows, cards[code]) for code, rows in found.items() if rows],
        ]
    )


def _cell_of(code: str) -> Callable[[Row], Child]:
    return lambda row: row.get(code)


def _newest(rows: Sequence[Row]) -> dt.date | None:
    """The newest four months whose numbers have come: the others wait for a lock."""
    return max((row["period"] for row in rows if row["reason"] != "awaits_lock"), default=None)


def _earlier(rows: Sequence[Row], card: Card) -> Markup:
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row["name"], []).append(row)
    title = cells.words(card, "title")
    shown_table = table_of(
        [line(name, of_name, card) for name, of_name in by_name.items()],
        say("Municipality"),
        say("{title} by four months", title=title),
    )
    return folded(say("{title}, four months at a time", title=title), shown_table)


def shown(row: Row, card: Card) -> Markup:
    """A cell's value, with what it rests on below."""
    beside = cells.beside(row, card)
    return tag(
        "span",
        cells.shown_text(with_appearance(row, card), card),
        tag("span", beside, class_="quiet") if beside else None,
    )


def with_appearance(row: Row, card: Card) -> Row:
    """The row, with the month in which a number that is not shown yet appears."""
    if row["state"] != "not_due":
        return row
    appears = appearance(
        row,
        matures_after_days=card.matures_after_days,
        lock_day=settings.load().lock_day,
        today=row["today"],
    )
    return {**row, **appears}


def caveat(rows: Sequence[Row], card: Card) -> Markup | None:
    """What must be read beside a low response rate; nothing where none is low."""
    is_low = any(row["value"] is not None and row["value"] < HALF for row in rows)
    return tag("p", cells.words(card, "caveat")) if is_low and card.has_words("caveat") else None


def why_hidden(found: Mapping[str, Sequence[Row]], cards: Mapping[str, Card]) -> Markup | None:
    """Why some numbers are hidden or rough, each reason once with what stands in its place.

    Args:
        found: Every cell that the page shows, by indicator.
    """
    explained = {
        reason: cells.shown_text(with_appearance(row, cards[code]), cards[code])
        for code, rows in found.items()
        for row in reversed(rows)
        if (reason := cells.reason_text(row))
    }
    if not explained:
        return None
    words = [
        tag("div", tag("dt", example), tag("dd", reason)) for reason, example in explained.items()
    ]
    return folded(say("Why some numbers are rough or hidden"), tag("dl", words, class_="words"))
