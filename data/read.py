"""Bytes become a table of text cells, with everything that was understood and all that was not."""

from __future__ import annotations

from data import filetype, sheets, text_file
from data.layout import LeftOut
from data.problems import Problem
from data.reading import AS_JUDGED, USUAL, Choices, Limits, Reading
from data.workbook import SheetSeen

__all__ = [
    "AS_JUDGED",
    "USUAL",
    "Choices",
    "LeftOut",
    "Limits",
    "Reading",
    "SheetSeen",
    "read",
    "readings",
]


def read(raw: bytes, name: str, *, choices: Choices = AS_JUDGED, limits: Limits = USUAL) -> Reading:
    """The table in a file; of a workbook the chosen sheet, or the first that holds a table.

    Never raises for a bad file: what is wrong with it is in `problems`. Several sheets with tables
    and no choice are a problem "several_sheets", which asks.
    """
    found = readings(raw, name, choices=choices, limits=limits)
    if len(found) == 1:
        return found[0]
    first = found[0]
    names = "; ".join(reading.sheet or "" for reading in found)
    asked = Problem("several_sheets", expected=names, sheet=first.sheet)
    return first.saying(asked)


def readings(
    raw: bytes, name: str, *, choices: Choices = AS_JUDGED, limits: Limits = USUAL
) -> tuple[Reading, ...]:
    """Every table in a file that could be meant: one of a text file, of a workbook one per sheet.

    Hidden sheets are named in `sheets` and never read as the table unless they are chosen.
    """
    if len(raw) > limits.bytes:
        found, expected = _megabytes(len(raw)), _megabytes(limits.bytes)
        return (Reading(name, problems=(Problem("too_big", found=found, expected=expected),)),)
    refused = filetype.refusal(raw)
    if refused is not None:
        return (Reading(name, problems=(refused,)),)
    if filetype.is_workbook(raw):
        return tuple(sheets.readings(raw, name, choices, limits))
    return (text_file.reading(raw, name, choices, limits),)


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}".removesuffix(".0")
