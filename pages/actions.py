"""Tiltak: where the loop leaks, how it goes with the actions, and the list of them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import streamlit as st

from pages.charts.ages import ages
from pages.parts import action_ages, action_list, chart, deviation_forms, deviations, loop, menu
from pages.parts.chart import dot_chart, drawn, line_chart
from pages.parts.draw import draw
from pages.parts.headings import is_delivered, page_heading
from pages.parts.jumps import jumps
from pages.parts.kept import kept
from pages.parts.matrix import matrix
from pages.parts.notes import finding, heading, note, part
from pages.parts.participation_tables import part_names
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.parts.table import folded
from pages.text import later, month, say
from pages.text.leaks import leak_sentence
from pages.text.markup import Markup, join, tag
from queries.ask import ask
from queries.cards import Card, load_all

THINGS = ("recommendations", "overdue", "not_told_back")
"""What of all that waits for a leader is told here."""

LISTED = (
    "reports_on_time",
    "answered_feedback",
    "days_to_answer",
    "users_involved_throughout",
    "influence",
    "days_to_told_back",
    "stale_actions",
)
"""The indicators that are a line each; the others have a chart or a table of their own."""


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month."""
    cards = load_all()
    said = _heading(chosen.municipality, chosen.month)
    if _is_empty(chosen.municipality, chosen.month):
        nothing = say(
            "No list of actions that covers {month} has been delivered.", month=month(chosen.month)
        )
        draw(said, tag("p", nothing, class_="empty"))
        deviation_forms.section(chosen)
        return
    draw(said, _jumps(chosen.municipality, chosen.month))
    _loop(chosen, cards)
    _open(chosen, cards)
    _lines(chosen)
    deviation_forms.section(chosen)
    _list(chosen)


def make_ready(where: str, when: dt.date) -> None:
    """Make what render() draws, and ask what it asks, to be kept."""
    of_all = where == COOPERATION
    _heading(where, when)
    _is_empty(where, when)
    _funnel(where, when)
    _ages(where, when)
    _listed(where, when)
    chart.make_ready("told_back", where, when, None if of_all else _dots())
    chart.make_ready("overdue_actions", where, when)
    deviation_forms.make_ready(where, when)
    _found(where, when, action_list.OPEN, "")


@kept
def _heading(where: str, when: dt.date) -> Markup:
    unchanged = later("No certain change in the actions of {place} in {month}.")
    unknown = later("There are too few months to say if the actions of {place} have changed.")
    return finding(page_heading(where, when, "actions", THINGS, unchanged, unknown))


def _dots() -> tuple[str, str]:
    return say("Each dot is a done action"), say("● told back within 30 days  ○ not in time")


def _jumps(where: str, when: dt.date) -> Markup:
    is_listed = _listed(where, when) is not None
    return jumps(
        {
            "sloyfen": say("From feedback to told back"),
            "apne": say("Open actions"),
            **({"slik-gar-det": say("How it goes with the actions")} if is_listed else {}),
            deviations.ANCHOR: say("Deviations from user involvement"),
            "tiltakene": say("The actions, one by one"),
        }
    )


@kept
def _is_empty(where: str, when: dt.date) -> bool:
    """Whether nobody delivered anything to show: counting it would give zeros that nobody knows."""
    rows = ask("loop", municipality=where, month=when)
    views = ask("action_views", municipality=where, month=when)
    waiting = ask("recommendations_unanswered", municipality=where, month=when)
    is_there = any(rows["received"]) or any(views.row(0)) or not waiting.is_empty()
    return not is_there and not is_delivered(where, when, "open_actions")


def _loop(chosen: Chosen, cards: Mapping[str, Card]) -> None:
    draw(part(say("From feedback to told back"), anchor="sloyfen"))
    left, right = st.columns(2, gap="large")
    with left:
        draw(_funnel(chosen.municipality, chosen.month))
    with right:
        if chosen.municipality == COOPERATION:
            line_chart(chosen, cards["told_back"])
        else:
            dot_chart(chosen, cards["told_back"], _dots())


@kept
def _funnel(where: str, when: dt.date) -> Markup:
    card = load_all()["loop"]
    stages = ask("loop", municipality=where, month=when).to_dicts()
    tertials = ask("loop_tertials", municipality=where, month=when).to_dicts()
    waiting = ask("recommendations_unanswered", municipality=where, month=when).to_dicts()
    return join(
        [
            heading(3, leak_sentence(stages)),
            loop.loop_table(stages),
            loop.loop_notes(stages, card),
            loop.tertial_table(tertials, card),
            loop.unanswered_table(
                waiting,
                of_all=where == COOPERATION,
                is_delivered=is_delivered(where, when, "days_to_leader_answer"),
            ),
        ]
    )


def _open(chosen: Chosen, cards: Mapping[str, Card]) -> None:
    made, due = _ages(chosen.municipality, chosen.month)
    draw(part(say("Open actions"), anchor="apne"))
    left, right = st.columns(2, gap="large")
    with left:
        if made.figure is None:
            draw(heading(3, made.words), made.below)
        else:
            drawn(made.words, made.figure, made.alt, made.below, key="chart_ages")
        draw(due)
    with right:
        line_chart(chosen, cards["overdue_actions"])


@kept
def _ages(where: str, when: dt.date) -> tuple[chart.Prepared, Markup]:
    """How old the open actions are, as a chart where they are many, and how many are due."""
    frame = ask("actions_by_age", municipality=where, month=when)
    rows, names = frame.to_dicts(), part_names(load_all()["open_actions"])
    bands = {f"days_{code}": words for code, words in names.items()}
    words, counts = action_ages.age_sentence(rows), action_ages.age_table(rows, bands)
    if where != COOPERATION:
        made = chart.Prepared(words, None, "", counts)
    else:
        alt = action_ages.ages_described(rows, bands)
        below = folded(say("Show the numbers as a table"), counts)
        made = chart.Prepared(words, ages(frame, bands), alt, below)
    return made, action_ages.due_table(rows)


def _lines(chosen: Chosen) -> None:
    shown = _listed(chosen.municipality, chosen.month)
    if shown:
        draw(shown)


@kept
def _listed(where: str, when: dt.date) -> Markup | None:
    cards = load_all()
    rows = ask("matrix", municipality=where, month=when).to_dicts()
    shown = [row for row in rows if row["indicator"] in LISTED]
    beside = ask("actions_beside", municipality=where, month=when).to_dicts()
    if not shown:
        return None
    choices = {
        menu.MUNICIPALITY: ALL if where == COOPERATION else where,
        menu.MONTH: f"{when:%Y-%m}",
    }
    return join(
        [
            part(say("How it goes with the actions"), anchor="slik-gar-det"),
            matrix(shown, {name: cards[name] for name in LISTED}, when, choices),
            note(loop.beside_words(beside, cards)) if beside else None,
        ]
    )


def _list(chosen: Chosen) -> None:
    view = st.query_params.get(action_list.VIEW, action_list.OPEN)
    view = view if view in action_list.VIEWS else action_list.OPEN
    counts = ask("action_views", municipality=chosen.municipality, month=chosen.month)
    of_all = chosen.municipality == COOPERATION
    draw(part(say("The actions, one by one"), anchor="tiltakene"))
    search = st.text_input(
        say("Search in title, theme, responsible role and number"),
        key=action_list.SEARCH,
        type="search",
        bind="query-params",
        max_chars=80,
        width=480,
    )
    search = " ".join(search.split())
    kept = {
        menu.MUNICIPALITY: ALL if of_all else chosen.municipality,
        menu.MONTH: f"{chosen.month:%Y-%m}",
    } | ({action_list.SEARCH: search} if search else {})
    draw(
        action_list.view_links(counts.row(0, named=True), view, kept),
        _found(chosen.municipality, chosen.month, view, search),
        note(say("The dates in the rows decide where an action stood at the end of the month.")),
        _without_list(chosen) if not of_all and any(counts.row(0)) else None,
    )


def _without_list(chosen: Chosen) -> Markup | None:
    """That the rows are of other months' lists, where the month's own has not come."""
    if is_delivered(chosen.municipality, chosen.month, "open_actions"):
        return None
    return note(
        say(
            "The list of actions for {month} is missing. The rows are those of the lists that have"
            " come.",
            month=month(chosen.month),
        )
    )


@kept
def _found(where: str, when: dt.date, view: str, search: str) -> Markup:
    """The actions of a view that a search found."""
    rows = ask(
        "actions_listed",
        municipality=where,
        month=when,
        view=action_list.VIEWS[view][0],
        search=search,
        themes=action_list.themes_like(search),
        most=action_list.MOST_ROWS,
    ).to_dicts()
    return join(
        [
            action_list.listed_words(rows, search),
            action_list.action_list(
                rows,
                of_all=where == COOPERATION,
                is_search=bool(search) and action_list.VIEWS[view][0] != "everything",
            ),
        ]
    )
