"""What the heads have said about the locked month, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pages.parts.notes import note
from pages.text import date, in_quotes, later, listed, month, say
from pages.text.markup import Markup

Row = Mapping[str, Any]
"""One row of asked/attested.sql."""

STATEMENTS = {
    "seen": later("seen"),
    "follows_up": later("follows up"),
    "asks_for": later("asks for"),
}
"""What a head can say of a month."""


def attested(rows: Sequence[Row], *, of_all: bool, when: dt.date) -> Markup | None:
    """Who has attested the month, and with what words; None where nobody has."""
    if not rows:
        return None
    if of_all:
        names = listed([row["name"] for row in rows])
        return note(
            say("{month} is attested by {names}.", month=_capital(month(when)), names=names)
        )
    (row,) = rows
    said = say(STATEMENTS[row["statement"]])
    words = say(
        "The head attested {month} on {date}: {statement}.",
        month=month(when),
        date=date(row["attested_on"]),
        statement=f"{said} {in_quotes(row['text'])}" if row["text"] else said,
    )
    return note(words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
