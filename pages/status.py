"""Månedsstatus: what waits, what has changed, every indicator, the staircase, the attestation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts import findings, menu
from pages.parts.attest_form import attest_form
from pages.parts.attested import attested
from pages.parts.data_quality import data_quality
from pages.parts.draw import draw
from pages.parts.follow_up import UNANSWERED, follow_up
from pages.parts.notes import finding, heading, note, part
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
from pages.parts.waiting import leads, waiting_list
from pages.text import month, say
from pages.text.markup import tag
from queries.ask import ask
from queries.cards import Card, load_all


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen municipality and month."""
    where, when = chosen.municipality, chosen.month
    rows = ask("matrix", municipality=where, month=when).to_dicts()
    waiting = ask("waiting", municipality=where, month=when).to_dicts()
    statements = ask("attested", municipality=where, month=when).to_dicts()
    cards, place, of_all = load_all(), place_name(where), where == COOPERATION
    choices = {menu.MUNICIPALITY: ALL if of_all else where, menu.MONTH: f"{when:%Y-%m}"}

    heading = findings.status_heading(
        rows, leads(waiting, of_all=of_all), cards, place, chosen.month
    )
    draw(finding(heading))
    draw(
        tag(
            "div",
            tag(
                "section",
                part(say("What is waiting for you") if not of_all else say("What is waiting")),
                waiting_list(
                    waiting,
                    of_all=of_all,
                    choices=choices,
                    is_all_there=all(row["state"] != "missing" for row in rows),
                ),
            ),
            tag(
                "section",
                part(say("This has changed")),
                findings.changes(rows, cards, place, when),
                attested(statements, of_all=of_all, when=when),
            ),
            class_="first",
        ),
    )
    draw(
        part(say("How it stands"), anchor=ANCHOR),
        standing(
            rows,
            cards,
            when,
            choices,
            is_everything=st.query_params.get(VIEW) == EVERYTHING,
        ),
        note(
            say(
                "Numbers are as they stood at the end of {month}. Those about people are shown "
                "roughly, and only when the four months are over.",
                month=month(when),
            )
        ),
    )
    _anchoring(chosen, {row["indicator"]: row for row in rows}, cards, place)
    if not of_all:
        _attestation(chosen)
    quality = ask("data_quality_of_month", municipality=where, month=when).to_dicts()
    if quality:
        draw(data_quality(quality, when))


def _anchoring(
    chosen: Chosen, rows: Mapping[str, Mapping[str, Any]], cards: Mapping[str, Card], place: str
) -> None:
    where, when = chosen.municipality, chosen.month
    steps = ask("staircase", municipality=where, month=when).to_dicts()
    indicator, line = UNANSWERED
    lines = ask("part_of_month", indicator=indicator, part=line, municipality=where, month=when)
    told = follow_up(rows, next(lines.iter_rows(named=True), None), cards)
    draw(part(say("The anchoring staircase"), anchor="trappen"))
    if (reason := unknown(steps, when)) is not None:
        draw(note(reason), told)
    elif where == COOPERATION:
        draw(heading(3, staircases_sentence(steps)), staircases(steps, when), told)
    else:
        draw(heading(3, staircase_sentence(steps, place)), staircase(steps, when), told)


def _attestation(chosen: Chosen) -> None:
    given = ask("attestations_given", municipality=chosen.municipality, month=chosen.month)
    months = ask("months").rows_by_key("month", named=True, unique=True)
    draw(part(say("The head's attestation"), anchor="attest"))
    attest_form(chosen, given.to_dicts(), months)
