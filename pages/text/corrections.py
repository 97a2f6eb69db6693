"""What was corrected in a locked month, in words: what it was, and what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from data.settings import OSLO
from pages.text import cells, date, day_and_month, in_words, language, plural, say
from queries import cards, disclosure
from queries.cards import Card
from queries.cell import Cell, as_row
from queries.combine import HAS_NUMBER
from queries.commitments import load_commitments
from queries.disclosure import COOPERATION, Shown

Row = Mapping[str, Any]


def headline(version: Row, changes: int) -> str:
    """That a month was corrected: "Rettet etter låsing: versjon 2 fra 14. november, tre tall …".

    Args:
        version: A row of `month_versions`.
        changes: How many of the numbers changed that are told of here.
    """
    facts = {"version": version["version"], "day": _day(version["made_at"], version["month"])}
    if version["same_as"] is not None:
        return say(
            "Corrected after locking: version {version} of {day}, again with the numbers of version"
            " {same}",
            **facts,
            same=version["same_as"],
        )
    if not changes:
        return say(
            "Corrected after locking: version {version} of {day}, nothing changed here", **facts
        )
    return plural(
        "Corrected after locking: version {version} of {day}, one number changed",
        "Corrected after locking: version {version} of {day}, {words} numbers changed",
        changes,
        **facts,
        words=in_words(changes),
    )


def _day(moment: dt.datetime, month: dt.date) -> str:
    """The day on Norway's clock, with its year where that is another one than the month's."""
    day = moment.replace(tzinfo=dt.UTC).astimezone(OSLO).date()
    return date(day) if day.year != month.year else day_and_month(day)


def lines(notes: Sequence[Row], names: Mapping[str, str], municipality: str) -> list[str]:
    """Each number that changed as a line: "Åpne tiltak, Ringebu: 1 åpent tiltak → 2 åpne tiltak".

    Args:
        notes: As asked/corrected.sql gives them.
        names: Of the municipalities, by number.
        municipality: Whose page it is; the place is named only on the page of all of them.
    """
    return [_line(note, names, municipality) for note in notes]


def _line(note: Row, names: Mapping[str, str], municipality: str) -> str:
    what = title(note)
    if municipality == COOPERATION:
        whose = note["municipality_id"]
        place = say("the cooperation") if whose == COOPERATION else names.get(whose, whose)
        what = f"{what}, {place}"
    was, now = (said(note, when) for when in ("was", "now"))
    if was == now and note["now_delivered"] is not None:
        was, now = (
            plural(
                "{value} from one municipality",
                "{value} from {n} municipalities",
                note[f"{when}_delivered"] or 0,
                value=value,
            )
            for when, value in (("was", was), ("now", now))
        )
    return say("{what}: {was} → {now}", what=what, was=was, now=now)


def title(note: Row) -> str:
    """What the number is called, with its line of a breakdown and its tertial where it has them."""
    if note["commitment"] is not None:
        return cells.words(load_commitments()[note["commitment"]], "name")
    card = cards.load_all()[note["indicator"]]
    told = cells.words(card, "title")
    if note["part"] is not None:
        part = card.parts.get(note["part"])
        told = f"{told}, {note['part'] if part is None else part.text[language()]}"
    if note["grain"] != "month":
        told = f"{told}, {cells.period_text(note)}"
    return told


def said(note: Row, when: str) -> str:
    """What is shown of it before ("was") or after ("now"): "2 av 3 tiltak", "mangler"."""
    state = note[f"{when}_state"]
    if state is None:
        return say("not there")
    numerator, denominator = note[f"{when}_numerator"], note[f"{when}_denominator"]
    if note["commitment"] is not None:
        told = {"state": state, "kept": numerator, "due": denominator}
        count = cells.commitment_count(told)
        return f"{cells.commitment_word(told)}, {count}" if count else cells.commitment_word(told)
    card = cards.load_all()[note["indicator"]]
    return cells.shown_text(_cell(note, card, state, numerator, denominator), card)


def _cell(
    note: Row, card: Card, state: str, numerator: float | None, denominator: float | None
) -> Row:
    """The cell as the release had it: what is not about persons is shown as it is counted."""
    shown = Shown(reason=state)
    if state in HAS_NUMBER:
        shown = disclosure.exact(numerator, denominator, card.unit_of(note["part"]))
    key = (note["indicator"], note["municipality_id"], note["grain"], note["period"], note["part"])
    return as_row(Cell(*key, state, shown))
