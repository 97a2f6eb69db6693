"""Deltakelse: who takes part, what is evaluated, how fresh the feedback is, and who speaks up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.charts.style import Row
from pages.parts import benefit, representation, tertials
from pages.parts import participation_tables as tables
from pages.parts.chart import dot_chart, line_chart
from pages.parts.draw import draw
from pages.parts.headings import is_delivered, page_heading
from pages.parts.notes import finding, heading, note, part
from pages.parts.pickers import COOPERATION, Chosen
from pages.text import cells, language, later, say
from pages.text.markup import tag
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


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month."""
    cards = load_all()
    unchanged = later("No certain change in participation in {place} in {month}.")
    unknown = later("There are too few months to say if participation in {place} has changed.")
    draw(finding(page_heading(chosen, "participation", THINGS, unchanged, unknown)))
    by_tertial = {code: _tertials(chosen, code) for code in BY_TERTIAL}
    _who_takes_part(chosen, cards)
    _courses(chosen, cards)
    benefit.who_answers(chosen, cards, by_tertial)
    _by_tertial(chosen, cards, by_tertial)
    benefit.benefit(chosen, cards)
    rows = ask("representation", municipality=chosen.municipality, month=chosen.month).to_dicts()
    _freshness(chosen, cards, rows)
    _representatives(chosen, cards, rows)
    _tools(chosen, cards["tools_in_use"], rows)


def _who_takes_part(chosen: Chosen, cards: Cards) -> None:
    card = cards["participants"]
    draw(part(say("Who takes part")))
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, card, municipality=COOPERATION)
    with right:
        line_chart(chosen, cards["activities_held"])


def _by_tertial(chosen: Chosen, cards: Cards, found: Mapping[str, Sequence[Row]]) -> None:
    of_all = chosen.municipality == COOPERATION
    draw(
        part(say("People and answers in each municipality"), anchor="tertialer")
        if of_all
        else part(say("People and answers, four months at a time"), anchor="tertialer"),
        tertials.of_all(found, cards) if of_all else tertials.of_one(found, cards),
        tertials.why_hidden(found, cards),
        note(limits()["bands"][f"why_{language()}"]),
    )


def _courses(chosen: Chosen, cards: Cards) -> None:
    draw(part(say("Evaluation of courses"), anchor="kurs"))
    words = (say("Each dot is a course"), say("● evaluated  ○ not evaluated"))
    left, right = st.columns(2, gap="large")
    with left:
        dot_chart(chosen, cards["same_day_evaluation"], words)
    with right:
        dot_chart(chosen, cards["half_year_evaluation"], words)
    lacking = ask(
        "courses_to_evaluate", municipality=chosen.municipality, month=chosen.month
    ).to_dicts()
    if lacking or is_delivered(chosen, "same_day_evaluation"):
        draw(tables.courses_to_evaluate(lacking, of_all=chosen.municipality == COOPERATION))


def _freshness(chosen: Chosen, cards: Cards, rows: Sequence[Row]) -> None:
    card = cards["feedback_freshness"]
    draw(part(say("How fresh the feedback is"), anchor="ferskhet"))
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, card)
    with right:
        services = ask(
            "service_freshness", municipality=chosen.municipality, month=chosen.month
        ).to_dicts()
        draw(
            heading(3, say("Service by service")),
            representation.counted_line(rows, chosen.municipality, cards["fresh_services"]),
            tables.service_table(services, card, of_all=chosen.municipality == COOPERATION),
        )


def _representatives(chosen: Chosen, cards: Cards, rows: Sequence[Row]) -> None:
    card, place = cards["seats_filled"], chosen.municipality
    draw(part(say("User representatives"), anchor="verv"))
    left, right = st.columns(2, gap="large")
    vacant = ask("vacant_seats", municipality=place, month=chosen.month).to_dicts()
    with left:
        line_chart(chosen, card)
        draw(
            heading(3, say("Shared seats")),
            representation.shared_table(rows, place, card),
        )
    with right:
        draw(
            heading(3, say("Vacant seats"), anchor="tomme"),
            tables.vacancies(
                vacant,
                of_all=place == COOPERATION,
                is_delivered=is_delivered(chosen, card.id),
            ),
            representation.middle_vacancy(rows, place, card),
            heading(3, say("How they were recruited")),
            tables.recruitment_table(ask("recruitment", month=chosen.month).to_dicts(), card),
            note(say("All municipalities together: in one of them it would point at a person.")),
        )
    draw(
        heading(3, say("At least one in each body, and two as the goal")),
        representation.place_table(rows, cards),
    )


def _tools(chosen: Chosen, card: Card, rows: Sequence[Row]) -> None:
    draw(part(cells.words(card, "title"), anchor="verktoy"))
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, card)
    with right:
        draw(tag("p", cells.words(card, "why")), representation.tool_table(rows, card))


def _tertials(chosen: Chosen, indicator: str) -> Sequence[Row]:
    return ask(
        "tertial_cells", indicator=indicator, municipality=chosen.municipality, month=chosen.month
    ).to_dicts()
