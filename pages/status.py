"""Månedsstatus: what waits for the reader, what has changed, and every indicator in one matrix."""

from __future__ import annotations

from pages.parts import findings, menu
from pages.parts.attested import attested
from pages.parts.draw import draw
from pages.parts.matrix import matrix
from pages.parts.notes import finding, note, part
from pages.parts.pickers import ALL, COOPERATION, Chosen
from pages.parts.places import place_name
from pages.parts.waiting import leads, waiting_list
from pages.text import month, say
from pages.text.markup import tag
from queries.ask import ask
from queries.cards import load_all


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
                part(say("This waits for you") if not of_all else say("This waits")),
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
        part(say("How it stands")),
        matrix(rows, cards, when),
        note(
            say(
                "Numbers are as they stood at the end of {month}. What is about people is shown "
                "roughly, and first when the four months are over.",
                month=month(when),
            )
        ),
    )
