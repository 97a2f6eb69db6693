"""The band over a page of a locked month that was corrected: which version, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby

from pages.parts.kept import kept
from pages.parts.table import folded
from pages.text import corrections, plural
from pages.text.corrections import Row
from pages.text.markup import Markup, tag
from queries.ask import ask

MOST_VERSIONS = 2
"""Corrections that are told of one below the other; of more, the newest."""


@kept
def newest(month: dt.date) -> Row | None:
    """The newest version of a month that was corrected after it was locked; None where it was not.

    Args:
        month: Its first day.
    """
    found = ask("month_versions").filter(month=month).sort("version").to_dicts()
    return found[-1] if len(found) > 1 else None


def corrected(municipality: str, month: dt.date, names: Mapping[str, str]) -> Markup:
    """What changed in a month that was corrected, folded under the sentence that says so.

    Args:
        municipality: The chosen one, or "cooperation" for all of them.
        names: Of the municipalities, by number.
    """
    versions = (
        ask("month_versions")
        .filter(month=month)
        .rows_by_key("version", named=True, unique=True, include_key=True)
    )
    notes = ask("corrected", month=month, municipality=municipality).to_dicts()
    of = {number: list(mine) for number, mine in groupby(notes, key=lambda row: row["version"])}
    told = [
        _version(versions[number], of.get(number, ()), names, municipality)
        for number in sorted(versions, reverse=True)
        if number > 1
    ]
    earlier = plural("One earlier correction", "{Words} earlier corrections", len(told) - 1)
    # What is newest counts; the others would push the page down.
    shown = [*told[:1], folded(earlier, *told[1:])] if len(told) > MOST_VERSIONS else told
    return tag("div", shown, class_="fk-corrected", role="note")


def _version(
    version: Row, notes: Sequence[Row], names: Mapping[str, str], municipality: str
) -> Markup:
    said = corrections.headline(version, len(notes))
    if not notes:
        return tag("p", said)
    changed = corrections.lines(notes, names, municipality)
    return folded(said, tag("ul", [tag("li", line) for line in changed]))
