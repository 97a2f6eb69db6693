"""Om tallene: indicators, commitments, limits, files and sources, from what defines them."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from pages.parts import dictionary, explained, glossary, menu, reading
from pages.parts.contents import Entry, contents
from pages.parts.draw import draw
from pages.parts.matrix import GROUPS
from pages.parts.notes import finding, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.text import cells, say
from queries.cards import load_all, load_commitments


def render(chosen: Chosen) -> None:
    """Draw the page."""
    draw(
        finding(say("Every number here has a question, a way of counting and somebody behind it."))
    )
    left, right = st.columns([3, 9], gap="large")
    with left, st.container(key="fk_contents"):
        draw(contents(_contents()))
    with right:
        _chapters(chosen)


def _chapters(chosen: Chosen) -> None:
    choices = {
        menu.MUNICIPALITY: ALL if chosen.municipality == COOPERATION else chosen.municipality,
        menu.MONTH: f"{chosen.month:%Y-%m}",
    }
    draw(part(say("How to read the numbers"), anchor="lesing"), *reading.chapters())
    for group, cards in groupby(load_all().values(), lambda card: card.group):
        title = say("Indicators: {group}", group=say(GROUPS[group]).lower())
        draw(part(title, anchor=group), *[explained.indicator(card, choices) for card in cards])
    draw(
        part(say("What we have agreed on"), anchor="enighet"),
        explained.commitments(list(load_commitments().values())),
    )
    draw(
        part(say("The files and their columns"), anchor="filer"),
        *dictionary.files(),
    )
    draw(part(say("Words"), anchor="ordliste"), glossary.glossary())
    draw(part(say("Sources"), anchor="kilder"), explained.source_list())
    draw(part(say("Accessibility"), anchor="tilgjengelighet"), *glossary.accessibility())


def _contents() -> list[tuple[Entry, list[Entry]]]:
    groups = groupby(load_all().values(), lambda card: card.group)
    return [
        (
            ("lesing", say("How to read the numbers")),
            [(anchor, say(title)) for anchor, title in reading.CHAPTERS.items()],
        ),
        *(
            ((group, say(GROUPS[group])), [(card.id, cells.words(card, "title")) for card in of])
            for group, of in groups
        ),
        (("enighet", say("What we have agreed on")), []),
        (("filer", say("The files and their columns")), dictionary.names()),
        (("ordliste", say("Words")), []),
        (("kilder", say("Sources")), []),
        (("tilgjengelighet", say("Accessibility")), []),
    ]
