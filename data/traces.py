"""Nothing that is shown or kept of a reading, beside its cells, has a trace of somebody."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from data import contract
from data.layout import LeftOut
from data.personal import holds_personal_data, kinds_of
from data.problems import Problem, at_lines
from data.read import Reading


@dataclass(frozen=True)
class Named:
    """What columns and sheets are called where people see it.

    Attributes:
        columns: Every heading, by its number ("#3") where it holds personal data.
        sheets: Only the sheets whose names hold personal data, by their numbers.
    """

    columns: Mapping[str, str]
    sheets: Mapping[str, str]

    def sheet(self, name: str | None) -> str | None:
        """What a sheet is called."""
        return None if name is None else self.sheets.get(name, name)


def names_shown(reading: Reading) -> Named:
    """What the columns and sheets of a reading are called where people see it."""
    columns: dict[str, str] = {}
    for number, heading in enumerate(reading.columns, start=1):
        shown = heading
        if holds_personal_data(heading):
            shown = f"#{number}"
            while shown in reading.columns:  # a column without a heading is called so already
                shown = f"#{shown}"
        columns[heading] = shown
    sheets = {
        sheet.name: f"#{number}"
        for number, sheet in enumerate(reading.sheets, start=1)
        if holds_personal_data(sheet.name)
    }
    return Named(columns, sheets)


def without_hits(reading: Reading, keep: Collection[str] | None = None) -> Reading:
    """The reading with nothing personal left in any text that it carries along beside its cells.

    Args:
        reading: Its cells may be fewer columns than its headings.
        keep: The headings that go on; all of them by default.
    """
    named = names_shown(reading)
    headings = [name for name in reading.columns if keep is None or name in keep]
    names = tuple(named.columns[heading] for heading in headings)
    texts = dict(zip(reading.columns, reading.texts, strict=False))
    cells = reading.cells
    if keep is None:
        cells = cells.rename({old: new for old, new in named.columns.items() if old != new})
    return dataclasses.replace(
        reading,
        name=file_name(reading.name),
        sheet=named.sheet(reading.sheet),
        sheets=tuple(
            dataclasses.replace(one, name=named.sheets.get(one.name, one.name))
            for one in reading.sheets
        ),
        columns=names,
        texts=tuple(
            "" if holds_personal_data(texts.get(heading, "")) else texts.get(heading, "")
            for heading in headings
            if reading.texts
        ),
        cells=cells,
        left_out=tuple(
            LeftOut(one.line, one.why) if holds_personal_data(one.text) else one
            for one in reading.left_out
        ),
        other_sheets=(),
        problems=tuple(without_traces(problem, named) for problem in reading.problems),
    )


def file_name(name: str) -> str:
    """A file's name for the ledger: without personal data, else only its ending."""
    if not holds_personal_data(name):
        return name
    ending = name[name.rfind(".") :] if "." in name else ""
    return "" if holds_personal_data(ending) else f"…{ending}"


WITHHELD = "…"
"""Stands for a text that holds personal data, among others that hold none."""


def without_traces(problem: Problem, named: Named | None = None) -> Problem:
    """The problem without any text in it that holds personal data.

    The last net: what a message quotes comes from cells and headings, and those that are dropped or
    refused may be quoted by somebody who did not know. A value that is refused for another reason
    is then refused for being somebody's, so that a sentence says what is wrong with it.

    Args:
        named: What columns and sheets with such names are called instead.
    """
    names = {} if named is None else {**named.columns, **named.sheets}
    phones = not _may_be_an_id(problem)

    def shown(text: str | None) -> str | None:
        if text is None or not holds_personal_data(text, phones=phones):
            return text
        parts = [names.get(part, part) for part in text.split("; ")]
        safe = "; ".join(
            WITHHELD if holds_personal_data(part, phones=phones) else part for part in parts
        )
        return WITHHELD if holds_personal_data(safe, phones=phones) else safe

    fields = ("column", "found", "expected", "nearest", "sheet", "file")
    texts: dict[str, Any] = {name: shown(getattr(problem, name)) for name in fields}
    kinds = kinds_of(problem.found or "", phones=phones)
    if kinds and texts["found"] == WITHHELD and problem.blocking and problem.lines:
        place = {"column": texts["column"], "sheet": texts["sheet"]}
        return at_lines(kinds[0], problem.lines, **place)
    return dataclasses.replace(problem, **texts)


def _may_be_an_id(problem: Problem) -> bool:
    """Whether a problem quotes a key or a reference, which eight digits may be."""
    if problem.kind is None or problem.field is None:
        return False
    held = contract.load(problem.kind)
    if problem.field not in held.column_names:
        return False
    return problem.field in held.key or held.column(problem.field).refers_to is not None
