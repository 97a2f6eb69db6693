"""Månedsstatus: what waits, what has changed, every indicator, the staircase, the attestation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from pages.parts import findings, menu
from pages.parts.attest_form import attest_form
from pages.parts.attested import attested
from pages.parts.data_quality import data_quality
from pages.parts.draw import draw
from pages.parts.follow_up import UNANSWERED, follow_up
from pages.parts.kept import kept
from pages.parts.notes import finding, heading, link, note, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.parts.places import place_name
from pages.parts.staircase import (
    staircase,
    staircase_sentence,
    staircases,
    staircases_sentence,
    unknown,
)
from pages.parts.standing import ANCHOR, EVERYTHING, VIEW, standing
from pages.parts.waiting import is_for, leads, waiting_list
from pages.text import month, say
from pages.text.markup import Markup, join, tag
from queries.ask import ask
from queries.cards import load_all


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month."""
    where, when = chosen.municipality, chosen.month
    is_everything = st.query_params.get(VIEW) == EVERYTHING
    quality = _quality(where, when)
    # One element of the page: Streamlit and the browser take their time for each.
    draw(
        _heading(where, when),
        _first(where, when, is_mine=is_for(chosen.person, where)),
        _standing(where, when, is_everything=is_everything),
        tag(
            "div",
            _anchoring(where, when),
            quality if where == COOPERATION else None,
            class_="when-near",
        ),
    )
    if where != COOPERATION:
        _attestation(chosen)
        if quality:
            draw(quality)


def make_ready(where: str, when: dt.date) -> None:
    """Make what render() draws, and ask what the attestation asks, to be kept."""
    _heading(where, when)
    for is_mine in (True, False):
        _first(where, when, is_mine=is_mine)
    _standing(where, when, is_everything=False)
    _anchoring(where, when)
    _quality(where, when)
    if where != COOPERATION:
        ask("attestations_given", municipality=where, month=when)
        ask("members", month=when)


def _rows(where: str, when: dt.date) -> list[dict[str, Any]]:
    return ask("matrix", municipality=where, month=when).to_dicts()


def _choices(where: str, when: dt.date) -> dict[str, str]:
    return {menu.MUNICIPALITY: ALL if where == COOPERATION else where, menu.MONTH: f"{when:%Y-%m}"}


@kept
def _heading(where: str, when: dt.date) -> Markup:
    waiting = ask("waiting", municipality=where, month=when).to_dicts()
    place, of_all = place_name(where), where == COOPERATION
    said = leads(waiting, of_all=of_all)
    return finding(findings.status_heading(_rows(where, when), said, load_all(), place, when))


@kept
def _first(where: str, when: dt.date, *, is_mine: bool) -> Markup:
    """What waits, and what has changed.

    Args:
        is_mine: Whoever reads it can do something about what waits.
    """
    rows, of_all = _rows(where, when), where == COOPERATION
    waiting = ask("waiting", municipality=where, month=when).to_dicts()
    statements = ask("attested", municipality=where, month=when).to_dicts()
    return tag(
        "div",
        tag(
            "section",
            part(
                say("What is waiting for you") if is_mine and not of_all else say("What is waiting")
            ),
            waiting_list(
                waiting,
                of_all=of_all,
                choices=_choices(where, when),
                is_all_there=all(row["state"] != "missing" for row in rows),
            ),
            attested(statements, of_all=of_all, when=when),
        ),
        tag(
            "section",
            part(say("This has changed")),
            findings.changes(rows, load_all(), place_name(where), when),
            _fresh(rows),
            tag(
                "p",
                link(
                    say("Go to the meeting about {month}", month=month(when)),
                    menu.address("meeting", **_choices(where, when)),
                ),
            ),
        ),
        class_="first",
    )


def _fresh(rows: list[dict[str, Any]]) -> Markup | None:
    said = findings.fresh(rows)
    if not said:
        return None
    return tag("div", part(say("How fresh the feedback is")), tag("p", said), class_="fresh-now")


@kept
def _standing(where: str, when: dt.date, *, is_everything: bool) -> Markup:
    told = say(
        "Numbers are as they stood at the end of {month}. Those about people are shown "
        "roughly, and only when the four months are over.",
        month=month(when),
    )
    rows, choices = _rows(where, when), _choices(where, when)
    return join(
        [
            part(say("How it stands"), anchor=ANCHOR),
            standing(rows, load_all(), when, choices, is_everything=is_everything),
            note(told),
        ]
    )


@kept
def _anchoring(where: str, when: dt.date) -> Markup:
    steps = ask("staircase", municipality=where, month=when).to_dicts()
    indicator, line = UNANSWERED
    lines = ask("part_of_month", indicator=indicator, part=line, municipality=where, month=when)
    rows = {row["indicator"]: row for row in _rows(where, when)}
    told = follow_up(rows, next(lines.iter_rows(named=True), None), load_all())
    if (reason := unknown(steps, when)) is not None:
        shown = [note(reason)]
    elif where == COOPERATION:
        shown = [heading(3, staircases_sentence(steps)), staircases(steps, when)]
    else:
        said = staircase_sentence(steps, place_name(where))
        shown = [heading(3, said), staircase(steps, when)]
    return join([part(say("The anchoring staircase"), anchor="trappen"), *shown, told])


@kept
def _quality(where: str, when: dt.date) -> Markup | None:
    quality = ask("data_quality_of_month", municipality=where, month=when).to_dicts()
    return data_quality(quality, when) if quality else None


def _attestation(chosen: Chosen) -> None:
    given = ask("attestations_given", municipality=chosen.municipality, month=chosen.month)
    months = ask("months").rows_by_key("month", named=True, unique=True)
    draw(part(say("The head's attestation"), anchor="attest"))
    attest_form(chosen, given.to_dicts(), months)
