"""Sammenligning: what was agreed and kept, own history before the neighbours', never a ranking."""

from __future__ import annotations

import streamlit as st

from pages.parts import menu
from pages.parts.choice import ANCHOR, chosen_card, indicator_links
from pages.parts.commitments import commitments, commitments_heading, legend
from pages.parts.draw import draw
from pages.parts.history import (
    can_show_shares,
    history,
    history_heading,
    shares,
    shares_heading,
)
from pages.parts.incomparable import reasons
from pages.parts.notes import finding, heading, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.parts.verdicts import conditions, verdicts, verdicts_finding
from pages.text import cells, month, say
from queries.ask import ask
from queries.cards import load_all


def render(chosen: Chosen) -> None:
    """Draw the page for the chosen month, with the chosen municipality standing out."""
    where, when, cards = chosen.municipality, chosen.month, load_all()
    whole = ask("matrix", municipality=COOPERATION, month=when).to_dicts()
    known = [row["indicator"] for row in whole if row["value"] is not None]
    card = chosen_card(st.query_params.get("indikator"), cards, known)
    kept = ask("commitments_kept", month=when).to_dicts()
    agreed = ask("commitments_matrix", month=when).to_dicts()
    rows = ask("side_by_side", indicator=card.id, month=when).to_dicts()
    choices = {
        menu.MUNICIPALITY: ALL if where == COOPERATION else where,
        menu.MONTH: f"{when:%Y-%m}",
    }

    draw(finding(commitments_heading(kept, agreed, when)))
    draw(
        part(
            say("Did we keep what we agreed?"),
            say("What fell due in {month}, municipality by municipality.", month=month(when)),
        ),
        commitments(agreed, when, where),
        legend(),
    )
    draw(
        part(say("Own history first"), cells.words(card, "question"), anchor=ANCHOR),
        indicator_links(cards, card, choices),
        history_heading(rows, card),
        history(rows, card, when),
    )
    if can_show_shares(rows, card):
        draw(
            part(
                shares_heading(rows),
                say("Each line is the range the share may lie in, with 95% certainty."),
            ),
            shares(rows, next((row for row in whole if row["indicator"] == card.id), None), card),
        )
    answers = ask("verdicts_matrix", month=when).to_dicts()
    if answers:
        draw(
            part(say("Answers beside the cooperation"), conditions(), anchor="svar"),
            heading(3, verdicts_finding(answers, cards)),
            verdicts(answers, cards, where),
        )
    draw(
        part(say("What cannot be compared, and why")), reasons(ask("capacities").to_dicts(), cards)
    )
