"""What people answered: who did, how much benefit they had of courses, and who is listened to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from pages.charts.style import Row
from pages.parts import tertials
from pages.parts.chart import line_chart
from pages.parts.kept import kept
from pages.parts.notes import heading, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.text import cells, number, percent, say
from pages.text.markup import Markup, join, tag
from queries.ask import ask
from queries.cards import Card, load_all
from queries.changes import Change, change

Cards = Mapping[str, Card]

RATES = ("response_rate_same_day", "response_rate_half_year")
MEASURED = ("benefit_same_day", "benefit_half_year")
"""The two measurements, the earlier first."""


def who_answers(chosen: Chosen, cards: Cards) -> None:
    """Draw the response rates of both measurements."""
    rates = [cards[name] for name in RATES]
    for card, column in zip(rates, st.columns(2, gap="large"), strict=True):
        with column:
            line_chart(chosen, card, municipality=COOPERATION)


@kept
def caveat(where: str, when: dt.date) -> Markup | None:
    """What must be known of low response rates."""
    shown = [
        row
        for code in RATES
        for question, place in (("monthly_series", COOPERATION), ("tertial_cells", where))
        for row in ask(question, indicator=code, municipality=place, month=when).to_dicts()
    ]
    # Both are counted in the same way, so that one's words explain the other's numbers.
    return tertials.caveat(shown, load_all()[RATES[0]])


@kept
def benefit(when: dt.date) -> Markup:
    """The benefit of courses by both measurements."""
    cards = load_all()
    earlier, later = (cards[name] for name in MEASURED)
    rows = {card.id: _together(when, card) for card in (earlier, later)}
    found = {
        period: change(row, rows[later.id].get(period)) for period, row in rows[earlier.id].items()
    }
    shown = [
        part(say("Benefit of courses"), cells.words(later, "why"), anchor="nytte"),
        _finding(rows[earlier.id], rows[later.id], found),
        tertials.table_of(
            [
                tertials.line(
                    cells.words(earlier, "title"), list(rows[earlier.id].values()), earlier
                ),
                tertials.line(cells.words(later, "title"), list(rows[later.id].values()), later),
                tertials.Line(
                    say("Change, with 95% uncertainty"),
                    {period: _change(of) for period, of in found.items()},
                ),
            ],
            say("Courses that ended in"),
            say("Answers of 4 or 5 about benefit, the same day and half a year later"),
        ),
        note(
            say("Different people may have answered the two times."),
            " ",
            say("The change does not say what the course led to."),
            " ",
            say("It is shown for all municipalities together, once both have ten answers."),
        ),
    ]
    return join(shown)


@kept
def listened_to(when: dt.date) -> Markup:
    """How many find that they are heard."""
    listened = load_all()["listened_to"]
    heard = list(_together(when, listened).values())
    shown = [
        part(cells.words(listened, "title"), cells.words(listened, "why"), anchor="hort"),
        tertials.table_of(
            [tertials.line(cells.words(listened, "title"), heard, listened)] if heard else [],
            say("Asked in"),
            say("{title} by four months", title=cells.words(listened, "title")),
        ),
        note(
            say("4 and 5 out of 5, of all valid answers."),
            " ",
            say("All municipalities together: in one of them it would point at a person."),
        ),
    ]
    return join(shown)


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


def _together(when: dt.date, card: Card) -> dict[dt.date, Row]:
    found = ask("cooperation_tertials", indicator=card.id, month=when).to_dicts()
    return {row["period"]: row for row in found}
