"""What a chart shows, in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pages.text import cells, date, later, month, plural, say

if TYPE_CHECKING:
    from queries.cards import Card

Row = Mapping[str, Any]


def described(rows: Sequence[Row], card: Card, decisions: Sequence[Row] = ()) -> str:
    """The description of a monthly series: its span, newest, lowest, highest, gaps and events.

    Args:
        rows: Cells of one indicator and one municipality, one per month, in order; at least one.
        decisions: What is marked on the chart, with `decided_on`.
    """
    said = [
        say(
            "{months} months from {first} to {last}.",
            months=len(rows),
            first=month(rows[0]["period"]),
            last=month(rows[-1]["period"]),
        ),
        say("Newest: {value}.", value=cells.shown_text(rows[-1], card)),
    ]
    known = [row for row in rows if row["value"] is not None]
    if len(known) > 1:
        lowest, highest = min(known, key=_value), max(known, key=_value)
        said += [
            _when(later("Lowest: {value} in {month}."), lowest, card),
            _when(later("Highest: {value} in {month}."), highest, card),
        ]
    ranges = sum(row["shown"] == "band" for row in rows)
    if ranges:
        said.append(
            plural("{n} month is shown as a range.", "{n} months are shown as ranges.", ranges)
        )
    hidden = sum(row["shown"] == "none" for row in rows)
    if hidden:
        said.append(plural("{n} month without a number.", "{n} months without a number.", hidden))
    if card.target is not None:
        said.append(say("Target: {target}.", target=cells.target_text(card)))
    middle = cells.middle_value(rows[-1], card)
    if middle:
        said.append(say("The middle of the first months: {value}.", value=middle))
    said += [say("Decision on {date}.", date=date(row["decided_on"])) for row in decisions]
    return " ".join(said)


def _value(row: Row) -> float:
    return float(row["value"])


def _when(message: str, row: Row, card: Card) -> str:
    return say(message, value=cells.shown_text(row, card), month=month(row["period"]))
