"""How the data quality is worded: four small measures, each with its number and what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.text import later, number, plural, say

Row = Mapping[str, Any]
"""One row of the release's table `data_quality`."""

TITLES = {
    "rows_refused": later("Rows refused"),
    "days_to_delivery": later("Days to complete delivery"),
    "late_cells": later("Came too late"),
    "guard_hits": later("Personal data stopped"),
}
"""The measures in the order in which they stand."""

OF_ALL = ("rows_refused", "guard_hits")
"""Those that are known for all municipalities together only."""

COUNTED = {
    "rows_refused": later(
        "Rows of files that were refused, and rows left to be mended, of all rows that were "
        "uploaded in the month. Files with answers are left out, for their rows are people. It is "
        "known for all municipalities together only."
    ),
    "days_to_delivery": later(
        "Days from the end of the month until everything that is delivered monthly had come. "
        "Months that were loaded as history are left out."
    ),
    "late_cells": later(
        "Monthly numbers about people for which a file came, or was taken back, after they had "
        "been shown. They are shown once and are not changed, so they lack what came."
    ),
    "guard_hits": later(
        "Cells and headings with personal data that stopped a file in the month. "
        "Only how many is kept: not where, and never what stood there."
    ),
}
"""What each counts."""


def shown_text(row: Row) -> str:
    """The number as people read it: "3 av 412 rader", "12 dager", "ikke komplett"."""
    part, whole = row["numerator"], row["denominator"]
    if row["measure"] == "rows_refused":
        if not whole:
            return say("no files")
        return plural("{part} of {n} row", "{part} of {n} rows", whole, part=number(part))
    if row["measure"] == "late_cells":
        if not whole:
            return say("no files for such numbers")
        return plural("{part} of {n} number", "{part} of {n} numbers", whole, part=number(part))
    if row["measure"] == "guard_hits":
        return (
            plural("{n} cell or heading", "{n} cells and headings", part)
            if part
            else say("nothing found")
        )
    return say("not complete") if part is None else plural("{n} day", "{n} days", part)
