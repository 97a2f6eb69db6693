"""Om tallene: indicators, commitments, limits, files and sources, from what defines them."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from pages.parts import dictionary, explained, glossary, menu, reading
from pages.parts.contents import Entry, contents
from pages.parts.draw import draw
from pages.parts.entry import chapter, finder
from pages.parts.kept import kept
from pages.parts.matrix import GROUPS
from pages.parts.notes import finding, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.text import cells, say
from pages.text.markup import Markup, join, tag
from queries.cards import load_all
from queries.commitments import load_commitments


def render(chosen: Chosen) -> None:
    """Draw the page."""
    draw(_page(chosen.municipality, chosen.month))


def make_ready(where: str, when: dt.date) -> None:
    """Make what render() draws, to be kept."""
    _page(where, when)


@kept
def _page(where: str, when: dt.date) -> Markup:
    choices = {
        menu.MUNICIPALITY: ALL if where == COOPERATION else where,
        menu.MONTH: f"{when:%Y-%m}",
    }
    return join(
        [
            finding(
                say("Every number here has a question, a way of counting and somebody behind it.")
            ),
            tag(
                "div",
                contents(_contents()),
                tag("div", finder(), *_chapters(choices)),
                class_="about",
            ),
        ]
    )


def _chapters(choices: dict[str, str]) -> list[Markup]:
    indicators = [
        chapter(
            part(say("Indicators: {group}", group=say(GROUPS[group]).lower()), anchor=group),
            *[explained.indicator(card, choices) for card in cards],
        )
        for group, cards in groupby(load_all().values(), lambda card: card.group)
    ]
    return [
        chapter(part(say("How to read the numbers"), anchor="lesing"), *reading.chapters()),
        *indicators,
        chapter(
            part(say("What we have agreed on"), anchor="enighet"),
            explained.commitments(list(load_commitments().values())),
        ),
        chapter(part(say("The files and their columns"), anchor="filer"), *dictionary.files()),
        chapter(part(say("Words"), anchor="ordliste"), glossary.glossary()),
        chapter(part(say("Sources"), anchor="kilder"), explained.source_list()),
        chapter(part(say("Accessibility"), anchor="tilgjengelighet"), *glossary.accessibility()),
    ]


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
