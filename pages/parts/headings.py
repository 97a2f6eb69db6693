"""The finding at the top of a page about one theme, from its released cells and what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pages.parts.findings import HAS_NUMBER, Row, in_use, mostly_missing, news
from pages.parts.pickers import COOPERATION
from pages.parts.places import place_name, sentence
from pages.parts.waiting import leads
from pages.text import cells, month, plural, say
from queries.ask import ask
from queries.cards import load_all


def page_heading(
    where: str,
    day: dt.date,
    page: str,
    things: tuple[str, ...],
    unchanged: str,
    unknown: str,
) -> str:
    """What there is to know on a page, in one or two sentences.

    Args:
        page: The cards of this page are looked at for what has changed.
        things: What of asked/waiting.sql is told here.
        unchanged: The sentence where nothing changed for certain, with {place} and {month}.
        unknown: The sentence where there are too few months to say, with {place} and {month}.
    """
    cards, place = load_all(), place_name(where)
    matrix = ask("matrix", municipality=where, month=day)
    rows = [row for row in matrix.to_dicts() if cards[row["indicator"]].page == page]
    when = month(day)
    if rows and all(row["state"] == "not_member" for row in rows):
        return sentence(say("{place} was not yet a member in {month}.", place=place, month=when))
    if not any(row["state"] in HAS_NUMBER for row in rows):
        return say("There are no numbers here for {place} in {month}.", place=place, month=when)
    waits = ask("waiting", municipality=where, month=day)
    waiting = [row for row in waits.to_dicts() if row["thing"] in things]
    found = news(rows)
    is_known = any(row["signal"] == "no_change" for row in rows)
    if found:
        first = cells.finding(found[0], cards[found[0]["indicator"]], place)
    else:
        first = mostly_missing(rows, place, day) or say(
            unchanged if is_known else unknown, place=place, month=when
        )
    second = leads(waiting, of_all=where == COOPERATION)[:1]
    if not found and is_known and not mostly_missing(rows, place, day):
        second = [*_missing(rows), *second]
    return " ".join([sentence(first), *second])


def _missing(rows: Sequence[Row]) -> list[str]:
    """How many numbers are missing: that nothing changed is said of the others alone."""
    counted = in_use(rows)
    missing = sum(row["state"] == "missing" for row in counted)
    if not missing:
        return []
    return [
        plural(
            "{n} of {of} numbers is missing.",
            "{n} of {of} numbers are missing.",
            missing,
            of=len(counted),
        )
    ]


def is_delivered(where: str, when: dt.date, indicator: str) -> bool:
    """Whether what an indicator reads was delivered, so that an empty list means none."""
    matrix = ask("matrix", municipality=where, month=when).to_dicts()
    return any(row["indicator"] == indicator and row["state"] != "missing" for row in matrix)
