"""Deltakelse: who takes part, what is evaluated, how fresh the feedback is, and who speaks up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

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
from pages.parts.places import sentence
from pages.parts.standing import NOT_IN_USE
from pages.text import cells, language, later, say
from pages.text.markup import Markup, join, tag
from queries.ask import ask
from queries.cards import Card, load_all
from queries.disclosure import limits

Cards = Mapping[str, Card]

PARTS = {
    "deltakere": ("participants", "activities_held"),
    "kurs": ("same_day_evaluation", "half_year_evaluation"),
    "svar": benefit.RATES,
    "tertialer": (
        "participants",
        "response_rate_same_day",
        "response_rate_half_year",
        "benefit_same_day",
    ),
    "nytte": benefit.MEASURED,
    "hort": ("listened_to",),
    "ferskhet": ("feedback_freshness", "fresh_services"),
    "verv": ("seats_filled", "bodies_with_two_representatives", "teams_with_users"),
    "verktoy": ("tools_in_use",),
}
"""The parts of the page as an address names them, and the indicators that each tells of."""

THINGS = ("vacant", "courses")
"""What of all that waits for a leader is told here."""

BY_TERTIAL = PARTS["tertialer"]
"""What a municipality has a number of every four months."""

OF_ALL = ("participants", *benefit.RATES)
"""The charts of all municipalities together."""

LINES = ("activities_held", "feedback_freshness", "seats_filled", "tools_in_use")
"""The charts of the chosen one's months, as lines."""

DOTS = PARTS["kurs"]
"""The same as dots: a course each."""


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month."""
    where, when, cards = chosen.municipality, chosen.month, load_all()
    # What stands below each other is drawn in one: Streamlit takes its time per element.
    waits: list[Markup | None] = [_heading(where, when), _jumps(where, when)]
    for name in _told(where, when):
        charts = CHARTS.get(name)
        if charts is not None:
            draw(*waits, part(_titles(where)[name], anchor=name))
            charts(chosen, cards)
            waits = []
        waits.append(_below(name, where, when))
    draw(*waits, _not_in_use(where, when))


def make_ready(where: str, when: dt.date) -> None:
    """Make what render() draws, to be kept."""
    for above in (_heading, _jumps, _told, _not_in_use):
        above(where, when)
    for code in LINES:
        chart.make_ready(code, where, when)
    for code in OF_ALL:
        chart.make_ready(code, COOPERATION, when)
    for code in DOTS:
        chart.make_ready(code, where, when, _dots())
    for name in PARTS:
        _below(name, where, when)
    for make in (_services, _shared, _vacant, _tool_table):
        make(where, when)


@kept
def _heading(where: str, when: dt.date) -> Markup:
    unchanged = later("No certain change in participation in {place} in {month}.")
    unknown = later("There are too few months to say if participation in {place} has changed.")
    return finding(page_heading(where, when, "participation", THINGS, unchanged, unknown))


@kept
def _jumps(where: str, when: dt.date) -> Markup:
    titles = _titles(where)
    return jumps({name: titles[name] for name in _told(where, when)})


def _titles(where: str) -> dict[str, str]:
    return {
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


@kept
def _told(where: str, when: dt.date) -> tuple[str, ...]:
    """The parts but those that nobody has begun with: no municipality has had a number yet."""
    in_use = _in_use(where, when)
    known = {
        name: [in_use[code] for code in codes if code in in_use] for name, codes in PARTS.items()
    }
    return tuple(name for name, found in known.items() if any(found) or not found)


def _in_use(where: str, when: dt.date) -> dict[str, bool]:
    """Whether anybody has had a number of an indicator yet, by indicator."""
    # Some have a number of all municipalities together alone.
    found = (ask("matrix", municipality=place, month=when) for place in (where, COOPERATION))
    return {
        indicator: is_in_use
        for rows in found
        for indicator, is_in_use in rows.select("indicator", "is_in_use").iter_rows()
    }


@kept
def _not_in_use(where: str, when: dt.date) -> Markup | None:
    told = _told(where, when)
    idle = [title for name, title in _titles(where).items() if name not in told]
    if not idle:
        return None
    return join(
        [
            part(sentence(say("not in use yet")), say(NOT_IN_USE), anchor="ikke-i-bruk"),
            tag("ul", [tag("li", title) for title in idle]),
        ]
    )


def _below(name: str, where: str, when: dt.date) -> Markup | None:
    """What is told in a part without a chart, or below its charts."""
    match name:
        case "kurs":
            return _lacking(where, when)
        case "svar":
            return benefit.caveat(where, when)
        case "tertialer":
            return _by_tertial(where, when)
        case "nytte":
            return benefit.benefit(when)
        case "hort":
            return benefit.listened_to(when)
        case "verv":
            return _bodies(where, when)
    return None


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
    in_use = _in_use(where, when)
    return {
        code: ask("tertial_cells", indicator=code, municipality=where, month=when).to_dicts()
        for code in BY_TERTIAL
        if in_use.get(code, True)
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


def _tools(chosen: Chosen, cards: Cards) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        line_chart(chosen, cards["tools_in_use"])
    with right:
        draw(_tool_table(chosen.municipality, chosen.month))


@kept
def _tool_table(where: str, when: dt.date) -> Markup:
    card = load_all()["tools_in_use"]
    why = tag("p", cells.words(card, "why"))
    if where != COOPERATION:
        return why  # Its one number stands at the end of its line, and in the table below that.
    return join([why, representation.tool_table(_speaking(where, when), card)])


CHARTS: Mapping[str, Callable[[Chosen, Cards], None]] = {
    "deltakere": _who_takes_part,
    "kurs": _courses,
    "svar": benefit.who_answers,
    "ferskhet": _freshness,
    "verv": _representatives,
    "verktoy": _tools,
}
"""The parts that begin with charts."""
