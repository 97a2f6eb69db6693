"""What people answered: who did, how much benefit they had of courses, and who is listened to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from data import settings
from pages.charts.style import Row
from pages.parts import participation_tables as tables
from pages.parts.chart import line_chart
from pages.parts.draw import draw
from pages.parts.notes import heading, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.parts.table import Column, table
from pages.text import cells, number, percent, say
from pages.text.markup import Markup, tag
from queries.ask import ask
from queries.cards import Card
from queries.changes import Change, change
from queries.shown_from import appearance

Cards = Mapping[str, Card]

RATES = ("response_rate_same_day", "response_rate_half_year")
MEASURED = ("benefit_same_day", "benefit_half_year")
"""The two measurements, the earlier first."""


def who_answers(chosen: Chosen, cards: Cards) -> None:
    """Draw the response rates of both measurements, and how to read them."""
    rates = [cards[name] for name in RATES]
    tertials = {card.id: _of_municipalities(chosen, card) for card in rates}
    draw(part(say("Who answers"), anchor="svar"))
    for card, column in zip(rates, st.columns(2, gap="large"), strict=True):
        with column:
            line_chart(chosen, card, municipality=COOPERATION)
    shown = [row for card in rates for row in (*_monthly(chosen, card), *tertials[card.id])]
    # Both are counted in the same way, so that one's words explain the other's numbers.
    draw(heading(3, say("How to read the answers")), tables.reading_notes(shown, rates[0]))
    for card in rates:
        title = cells.words(card, "title")
        draw(
            heading(3, say("{title} in each municipality, four months at a time", title=title)),
            tables.tertial_table(tertials[card.id], card),
        )


def benefit(chosen: Chosen, cards: Cards) -> None:
    """Draw the benefit of courses the same day beside that of half a year later."""
    earlier, later = (cards[name] for name in MEASURED)
    rows = {card.id: _together(chosen, card) for card in (earlier, later)}
    found = {
        period: change(row, rows[later.id].get(period)) for period, row in rows[earlier.id].items()
    }
    draw(
        part(say("Benefit of courses"), cells.words(later, "why"), anchor="nytte"),
        _finding(rows[earlier.id], rows[later.id], found),
        _change_table(rows, found, earlier, later),
        note(
            say("Different people may have answered the two times."),
            " ",
            say("The change does not say what the course led to."),
            " ",
            say("It is shown for all municipalities together, once both have ten answers."),
        ),
    )
    for card in (earlier, later):
        if not card.is_cooperation_only:
            title = cells.words(card, "title")
            draw(
                heading(3, say("{title} in each municipality, four months at a time", title=title)),
                tables.tertial_table(_of_municipalities(chosen, card), card),
            )


def listened_to(chosen: Chosen, card: Card) -> None:
    """Draw how many user representatives find that they are listened to, all together."""
    rows = list(_together(chosen, card).values())
    columns = [
        Column(say("Asked in"), lambda row: cells.period_text(row), is_head=True),
        Column(cells.words(card, "title"), lambda row: _shown(row, card)),
        Column(say("Note"), cells.reason_text),
    ]
    caption = say("{title} by four months", title=cells.words(card, "title"))
    draw(
        part(cells.words(card, "title"), cells.words(card, "why"), anchor="hort"),
        table(
            caption,
            columns,
            rows,
            is_caption_shown=False,
            empty=say("No four months are over yet."),
        ),
        note(say("4 and 5 out of 5, of all valid answers.")),
        note(say("All municipalities together: in one of them it would point at a person.")),
    )


def _finding(
    earlier: Mapping[dt.date, Row],
    later: Mapping[dt.date, Row],
    found: Mapping[dt.date, Change | None],
) -> Markup:
    """The newest change in words, or that there is none to tell of yet."""
    told = [period for period, of in found.items() if of is not None]
    if not told:
        return heading(3, say("The two measurements cannot be compared yet"))
    newest = max(told)
    of = found[newest]
    assert of is not None
    courses = cells.period_text(earlier[newest])
    counted = say(
        "Of the courses that ended in {period}: {before} answered 4 or 5 the same day, "
        "{after} half a year later",
        period=courses,
        before=percent(earlier[newest]["value"]),
        after=percent(later[newest]["value"]),
    )
    if of.is_certain:
        certainty = say("The change is greater than chance would have it.")
    else:
        certainty = say("The change is no greater than chance may have it.")
    return Markup(
        heading(3, counted)
        + tag("p", say("The change is {change}.", change=_points(of)), " ", certainty)
    )


def _change_table(
    rows: Mapping[str, Mapping[dt.date, Row]],
    found: Mapping[dt.date, Change | None],
    earlier: Card,
    later: Card,
) -> Markup:
    """Both measurements and the change between them, by the four months the courses ended in."""

    def measured(card: Card) -> Column:
        def cell(line: Row) -> Markup | str:
            row = rows[card.id].get(line["period"])
            return "" if row is None else _shown(row, card)

        return Column(cells.words(card, "title"), cell)

    columns = [
        Column(say("Courses that ended in"), lambda line: cells.period_text(line), is_head=True),
        measured(earlier),
        measured(later),
        Column(say("Change, with 95% uncertainty"), lambda line: _change(found[line["period"]])),
    ]
    return table(
        say("Answers of 4 or 5 about benefit, the same day and half a year later"),
        columns,
        list(rows[earlier.id].values()),
        is_caption_shown=False,
        empty=say("No four months are over yet."),
    )


def _shown(row: Row, card: Card) -> Markup:
    """A cell's value, with what it rests on below."""
    below = cells.beside(row, card)
    return tag(
        "span",
        cells.shown_text(_with_appearance(row, card), card),
        tag("span", below, class_="quiet") if below else None,
        title=cells.reason_text(row) or None,
    )


def _change(of: Change | None) -> str:
    return say("not compared") if of is None else _points(of)


def _points(of: Change) -> str:
    """The change in points of a hundred: "−15 prosentpoeng (−33 til 4)"."""
    return say(
        "{points} percentage points ({low} to {high})",
        points=number(round(100 * of.difference)),
        low=number(round(100 * of.low)),
        high=number(round(100 * of.high)),
    )


def _with_appearance(row: Row, card: Card) -> Row:
    if row["state"] != "not_due":
        return row
    appears = appearance(
        row,
        matures_after_days=card.matures_after_days,
        lock_day=settings.load().lock_day,
        today=row["today"],
    )
    return {**row, **appears}


def _together(chosen: Chosen, card: Card) -> dict[dt.date, Row]:
    found = ask("cooperation_tertials", indicator=card.id, month=chosen.month).to_dicts()
    return {row["period"]: row for row in found}


def _monthly(chosen: Chosen, card: Card) -> Sequence[Row]:
    return ask(
        "monthly_series", indicator=card.id, municipality=COOPERATION, month=chosen.month
    ).to_dicts()


def _of_municipalities(chosen: Chosen, card: Card) -> Sequence[Row]:
    return ask(
        "tertial_cells", indicator=card.id, municipality=chosen.municipality, month=chosen.month
    ).to_dicts()
