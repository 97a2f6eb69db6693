"""Sammenligning: what was agreed and kept, own history before the neighbours', never a ranking."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from pages.parts import menu
from pages.parts.choice import ANCHOR, chosen_card, indicator_links
from pages.parts.commitments import commitments, commitments_heading, legend
from pages.parts.draw import draw
from pages.parts.headings import is_delivered
from pages.parts.history import (
    can_show_shares,
    history,
    history_heading,
    shares,
    shares_heading,
)
from pages.parts.incomparable import reasons
from pages.parts.kept import kept
from pages.parts.notes import finding, heading, note, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.parts.together import together
from pages.parts.verdicts import conditions, verdicts, verdicts_finding
from pages.text import cells, month, say
from pages.text.markup import Markup, join
from queries.ask import ask
from queries.cards import load_all

INDICATOR = "indikator"
"""?indikator=told_back chooses what is laid side by side."""

MOST_TOGETHER = 1000
"""More shared and borrowed actions than any six municipalities have in a year: all are counted."""


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen month, with the chosen municipality standing out."""
    where, when = chosen.municipality, chosen.month
    card = _chosen(when, st.query_params.get(INDICATOR))
    draw(
        _kept(where, when),
        _beside(card, where, when),
        _answers(where, when),
        _refused(),
        _together(where, when),
    )


def make_ready(where: str, when: dt.date) -> None:
    """Make what render() draws, to be kept."""
    _kept(where, when)
    _beside(_chosen(when, None), where, when)
    _answers(where, when)
    _refused()
    _together(where, when)


@kept
def _kept(where: str, when: dt.date) -> Markup:
    """What the municipalities kept of what they agreed."""
    agreed = ask("commitments_matrix", month=when).to_dicts()
    counts = ask("commitments_kept", month=when).to_dicts()
    return join(
        [
            finding(commitments_heading(counts, agreed, when)),
            part(
                say("Did we keep what we agreed?"),
                say("What fell due in {month}, municipality by municipality.", month=month(when)),
            ),
            commitments(agreed, when, where),
            legend(),
        ]
    )


def _whole(when: dt.date) -> list[dict[str, Any]]:
    return ask("matrix", municipality=COOPERATION, month=when).to_dicts()


def _chosen(when: dt.date, asked: str | None) -> str:
    known = [row["indicator"] for row in _whole(when) if row["value"] is not None]
    return chosen_card(asked, load_all(), known).id


@kept
def _beside(indicator: str, where: str, when: dt.date) -> Markup:
    """One indicator in each municipality: its own history, and where its share may lie."""
    cards = load_all()
    card = cards[indicator]
    rows = ask("side_by_side", indicator=indicator, month=when).to_dicts()
    choices = _choices(where, when)
    found = [
        part(say("Own history first"), cells.words(card, "question"), anchor=ANCHOR),
        indicator_links(cards, card, choices),
        history_heading(rows, card),
        history(rows, card, when),
    ]
    if can_show_shares(rows, card):
        of_all = next((row for row in _whole(when) if row["indicator"] == indicator), None)
        words = say("Each line is the range the share may lie in, with 95% certainty.")
        found += [part(shares_heading(rows), words), shares(rows, of_all, card)]
    return join(found)


def _choices(where: str, when: dt.date) -> dict[str, str]:
    return {menu.MUNICIPALITY: ALL if where == COOPERATION else where, menu.MONTH: f"{when:%Y-%m}"}


@kept
def _answers(where: str, when: dt.date) -> Markup | None:
    cards, answers = load_all(), ask("verdicts_matrix", month=when).to_dicts()
    if not answers:
        return None
    return join(
        [
            part(say("Answers beside the cooperation"), conditions(), anchor="svar"),
            heading(3, verdicts_finding(answers, cards)),
            verdicts(answers, cards, where),
        ]
    )


@kept
def _refused() -> Markup:
    return join(
        [
            part(say("What cannot be compared, and why")),
            reasons(ask("capacities").to_dicts(), load_all()),
        ]
    )


@kept
def _together(where: str, when: dt.date) -> Markup:
    """What all municipalities do together, in the order of the alphabet."""
    found = ask(
        "actions_listed",
        municipality=COOPERATION,
        month=when,
        view="together",
        search="",
        themes="",
        most=MOST_TOGETHER,
    )
    places = ask("frame_municipalities")["municipality_id"].to_list()
    rows = sorted(
        found.to_dicts(),
        key=lambda row: (places.index(row["municipality_id"]), row["opened_on"], row["action_id"]),
    )
    if rows or is_delivered(COOPERATION, when, "open_actions"):
        shown = together(rows, _choices(where, when))
    else:
        # Without any list of actions nobody knows that there are none.
        shown = note(say(cells.NO_LIST))
    return join(
        [
            part(
                say("Shared and borrowed actions"),
                say("Open at the end of {month}, or done in the year before.", month=month(when)),
                anchor="sammen",
            ),
            shown,
        ]
    )
