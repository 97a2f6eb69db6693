"""What stands below a value: what it rests on, which period it is, who lacks in it, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from data import settings
from pages.text import cells, month, say
from queries.disclosure import COOPERATION
from queries.shown_from import appearance

if TYPE_CHECKING:
    from queries.cards import Card

Row = Mapping[str, Any]
"""One row of asked/matrix.sql."""


def below(row: Row, card: Card) -> list[str]:
    """The quiet words of a row of the matrix, in their order; none where the value says it all."""
    said = [cells.beside(row, card)]
    if row["state"] == "withheld":
        said.append(cells.reason_text(row))
    if row["is_earlier"] and row["shown"] != "none":
        said.append(cells.short_period(row["period"], row["grain"]))
    lacking = row["delivered"] is not None and row["delivered"] < (row["members"] or 0)
    if lacking and row["shown"] != "none":
        said.append(_delivered(row))
    if row["awaited_period"] is not None:
        said.append(_awaited(row, card))
    return [text for text in said if text]


def _delivered(row: Row) -> str:
    things = {"n": row["delivered"], "of": row["members"]}
    if row["municipality_id"] == COOPERATION:
        return say("{n} of {of} municipalities", **things)
    return say("{n} of {of} months delivered", **things)


def _awaited(row: Row, card: Card) -> str:
    appears = appearance(
        {"period": row["awaited_period"], "grain": row["grain"]},
        matures_after_days=card.matures_after_days,
        lock_day=settings.load().lock_day,
        today=row["today"],
    )
    period = cells.short_period(row["awaited_period"], row["grain"]).rpartition(" ")[0]
    if "shows_at_lock_of" in appears:
        locked = month(appears["shows_at_lock_of"])
        return say("{period} is shown once {month} is locked", period=period, month=locked)
    return say(
        "{period} is shown in {month} at the earliest",
        period=period,
        month=month(appears["shows_from"]),
    )
