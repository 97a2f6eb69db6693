"""Deltakelse: who takes part, what is evaluated, how fresh the feedback is, and who speaks up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from pages.charts.style import Row
from pages.parts import benefit, chart, representation, tertials
from pages.parts import participation_tables as tables
from pages.parts.chart import dot_chart, line_chart
from pages.parts.draw import draw
from pages.parts.headings import is_delivered, page_heading
from pages.parts.jumps import jumps
from pages.parts.kept import kept
from pages.parts.notes import finding, heading, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.text import cells, language, later, say
from pages.text.markup import Markup, join, tag
from queries.ask import ask
from queries.cards import Card, load_all
from queries.disclosure import limits

Cards = Mapping[str, Card]

THINGS = ("vacant", "courses")
"""What of all that waits for a leader is told here."""

BY_TERTIAL = (
    "participants",
    "response_rate_same_day",
    "response_rate_half_year",
    "benefit_same_day",
)
"""What a municipality has a number of every four months."""

OF_ALL = ("participants", *benefit.RATES)
"""The charts of all municipalities together."""

LINES = ("activities_held", "feedback_freshness", "seats_filled", "tools_in_use")
"""The charts of the chosen one's months, as lines."""

DOTS = ("same_day_evaluation", "half_year_evaluation")
"""The same as dots: a course each."""


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month."""
    where, when, cards = chosen.municipality, chosen.month, load_all()
    # What stands below each other is drawn in one: Streamlit takes its time per element.
    draw(
        _heading(where, when),
        _jumps(where),
        part(say("Who takes part"), anchor="deltakere"),
    )
    _who_takes_part(chosen, cards)
    draw(part(say("Evaluation of courses"), anchor="kurs"))
    _courses(chosen, cards)
    draw(_lacking(where, when), part(say("Who answers"), anchor="svar"))
    benefit.who_answers(chosen, cards)
    draw(
        benefit.caveat(where, when),
        _by_tertial(where, when),
        benefit.benefit(when),
        part(say("How fresh the feedback is"), anchor="ferskhet"),
    )
    _freshness(chosen, cards)
    draw(part(say("User representatives"), anchor="verv"))
    _representatives(chosen, cards)
    tools = cards["tools_in_use"]
    draw(_bodies(where, when), part(cells.words(tools, "title"), anchor="verktoy"))
    _tools(chosen, tools)


def make_ready(where: str, when: dt.date) -> None:
    """Make what render() draws, to be kept."""
    _heading(where, when)
    for code in LINES:
        chart.make_ready(code, where, when)
    for code in OF_ALL:
        chart.make_ready(code, COOPERATION, when)
    for code in DOTS:
        chart.make_ready(code, where, when, _dots())
    benefit.caveat(where, when)
    benefit.benefit(when)
    for make in (_lacking, _by_tertial, _services, _shared, _vacant, _bodies, _tool_table):
        make(where, when)


@kept
def _heading(where: str, when: dt.date) -> Markup:
    unchanged = later("No certain change in participation in {place} in {month}.")
    unknown = later("There are too few months to say if participation in {place} has changed.")
    return finding(page_heading(where, when, "participation", THINGS, unchanged, unknown))


def _jumps(where: str) -> Markup:
    return jumps(
        {
            "deltakere": say("Who takes part"),
            "kurs": say("Evaluation of courses"),
            "svar": say("Who answers"),
            "tertialer": _tertials_title(where),
            "nytte": say("Benefit of courses"),
            "hort": cells.words(load_all()["listened_to"], "title"),
            "ferskhet": say("How fresh the feedback is"),
            "verv": say("User representatives"),
            "verktoy": cells.words(load_all()["tools_in_use"], "title"),
        }
    )


def _who_takes_part(chosen: Chosen, cards: Cards) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, cards["participants"], municipality=COOPERATION)
    with right:
        line_chart(chosen, cards["activities_held"])


@kept
def _by_tertial(where: str, when: dt.date) -> Markup:
    found, cards, of_all = _tertials(where, when), load_all(), where == COOPERATION
    return join(
        [
            part(_tertials_title(where), anchor="tertialer"),
            tertials.of_all(found, cards) if of_all else tertials.of_one(found, cards),
            tertials.why_hidden(found, cards),
            note(limits()["bands"][f"why_{language()}"]),
        ]
    )


def _tertials_title(where: str) -> str:
    if where == COOPERATION:
        return say("People and answers in each municipality")
    return say("People and answers, four months at a time")


def _tertials(where: str, when: dt.date) -> dict[str, Sequence[Row]]:
    return {
        code: ask("tertial_cells", indicator=code, municipality=where, month=when).to_dicts()
        for code in BY_TERTIAL
    }


def _courses(chosen: Chosen, cards: Cards) -> None:
    for code, column in zip(DOTS, st.columns(2, gap="large"), strict=True):
        with column:
            dot_chart(chosen, cards[code], _dots())


def _dots() -> tuple[str, str]:
    return say("Each dot is a course"), say("● evaluated in time  ○ not in time")


@kept
def _lacking(where: str, when: dt.date) -> Markup | None:
    rows = ask("courses_to_evaluate", municipality=where, month=when).to_dicts()
    if not rows and not all(is_delivered(where, when, code) for code in DOTS):
        return None
    return tables.courses_to_evaluate(rows, of_all=where == COOPERATION)


def _freshness(chosen: Chosen, cards: Cards) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, cards["feedback_freshness"])
    with right:
        draw(_services(chosen.municipality, chosen.month))


@kept
def _services(where: str, when: dt.date) -> Markup:
    cards = load_all()
    services = ask("service_freshness", municipality=where, month=when).to_dicts()
    return join(
        [
            heading(3, say("Service by service")),
            representation.counted_line(_speaking(where, when), where, cards["fresh_services"]),
            tables.service_table(
                services, cards["feedback_freshness"], of_all=where == COOPERATION
            ),
        ]
    )


def _speaking(where: str, when: dt.date) -> Sequence[Row]:
    return ask("representation", municipality=where, month=when).to_dicts()


def _representatives(chosen: Chosen, cards: Cards) -> None:
    where, when = chosen.municipality, chosen.month
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, cards["seats_filled"])
        draw(_shared(where, when))
    with right:
        draw(_vacant(where, when))


@kept
def _shared(where: str, when: dt.date) -> Markup:
    card = load_all()["seats_filled"]
    shown = representation.shared_table(_speaking(where, when), where, card)
    return join([heading(3, say("Shared seats")), shown])


@kept
def _vacant(where: str, when: dt.date) -> Markup:
    """The vacant seats, and how those that are filled were recruited."""
    card = load_all()["seats_filled"]
    vacant = ask("vacant_seats", municipality=where, month=when).to_dicts()
    is_known = is_delivered(where, when, card.id)
    return join(
        [
            heading(3, say("Vacant seats"), anchor="tomme"),
            tables.vacancies(vacant, of_all=where == COOPERATION, is_delivered=is_known),
            # Of one, the middle is the one that stands there.
            representation.middle_vacancy(_speaking(where, when), where, card)
            if len(vacant) > 1
            else None,
            heading(3, say("How they were recruited")),
            tables.recruitment_table(ask("recruitment", month=when).to_dicts(), card),
            note(say("All municipalities together: in one of them it would point at a person.")),
        ]
    )


@kept
def _bodies(where: str, when: dt.date) -> Markup:
    return join(
        [
            heading(3, say("At least one in each body, and two as the goal")),
            representation.place_table(_speaking(where, when), load_all()),
        ]
    )


def _tools(chosen: Chosen, card: Card) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, card)
    with right:
        draw(_tool_table(chosen.municipality, chosen.month))


@kept
def _tool_table(where: str, when: dt.date) -> Markup:
    card = load_all()["tools_in_use"]
    why = tag("p", cells.words(card, "why"))
    if where != COOPERATION:
        return why  # Its one number stands at the end of its line, and in the table below that.
    return join([why, representation.tool_table(_speaking(where, when), card)])
