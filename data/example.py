"""The example row of a template is known again, and never loaded without a word."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import polars as pl

from data import packed, parse
from data.contract import Column, Contract, fold
from data.example_row import example_of
from data.known import Known
from data.layout import LeftOut
from data.problems import Problem
from data.read import Reading

SHEETS: dict[str, dict[str, str]] = {
    "explanation": {"nb": "Forklaring", "nn": "Forklaring", "en": "Explanation"},
    "lists": {"nb": "Lister", "nn": "Lister", "en": "Lists"},
}
"""What a template's sheets without rows are called, by language."""

OWN_SHEETS = frozenset(name for words in SHEETS.values() for name in words.values())
"""The same names: nobody has to be told that these sheets are not read."""


def without_example(
    reading: Reading,
    held: Contract,
    known: Known,
    municipality: str | None = None,
    put_back: Collection[int] = (),
) -> Reading:
    """The reading without the template's own example row, which is said to be left out.

    A row is the example when every cell of it is: whoever has changed one has made it their own.
    Only what refers to other rows may differ, since a template is made with what the store holds.
    Where nothing else stands in the file it stays and is said, since somebody may be trying a
    template as it is; then the preview shows the row before anything is stored. What it refers to
    is then what the store holds, as in a template that the store itself gives: the municipality of
    the contracts' examples is known only where its own example was loaded.

    Args:
        known: What the store holds.
        municipality: Whose file it is, where that is said.
        put_back: Lines that are no example, whatever they hold.
    """
    lines = [line for line in _examples(reading, held) if line not in put_back]
    if not lines:
        return reading
    if len(lines) == reading.cells.height:
        lines, kept = lines[:-1], lines[-1]
        reading = _at_home(reading, held, known, municipality)
        said = Problem("example_row", line=kept, sheet=reading.sheet)
        reading = dataclasses.replace(reading, problems=(*reading.problems, said))
    keep = ~reading.lines.is_in(lines)
    left_out = (*reading.left_out, *(LeftOut(line, "example") for line in lines))
    return dataclasses.replace(
        reading,
        cells=reading.cells.filter(keep),
        lines=reading.lines.filter(keep),
        left_out=tuple(sorted(left_out, key=lambda one: one.line)),
    )


def is_alone(reading: Reading) -> bool:
    """Whether the template's own row is the only one."""
    return any(problem.code == "example_row" for problem in reading.problems)


def _at_home(reading: Reading, held: Contract, known: Known, municipality: str | None) -> Reading:
    """The example with what it refers to exchanged, where the store does not hold it."""
    there = example_of(held.kind, known, municipality)
    exchanged = [
        pl.col(heading).replace(held.example[name], there[name])
        for name, heading in _columns(reading, held).items()
        if held.example.get(name) and there[name] != held.example[name]
    ]
    return dataclasses.replace(reading, cells=reading.cells.with_columns(exchanged))


def _columns(reading: Reading, held: Contract) -> dict[str, str]:
    """Contract column → its heading in the file."""
    headings = {fold(heading): heading for heading in reading.columns}
    columns: dict[str, str] = {}
    for column in held.columns:
        for heading in column.headings:
            if fold(heading) in headings:
                columns.setdefault(column.name, headings[fold(heading)])
    return columns


def _examples(reading: Reading, held: Contract) -> list[int]:
    columns = _columns(reading, held)
    key = held.key[0]
    if key not in columns:
        return []
    is_key = packed.by_text(
        reading.cells[columns[key]], lambda text: text.str.strip_chars() == held.example[key]
    )
    may_be = reading.cells.with_columns(reading.lines.alias("")).filter(is_key)
    example = {name: held.example.get(name, "") for name in columns}
    return [
        int(row[""])
        for row in may_be.iter_rows(named=True)
        if all(
            _same(held.column(name), row[heading], example[name])
            for name, heading in columns.items()
            if held.column(name).refers_to is None
        )
    ]


def _same(column: Column, cell: str | None, example: str) -> bool:
    """Whether a cell says what the example says: a workbook writes dates and numbers otherwise."""
    cell = (cell or "").strip()
    if not cell or not example:
        return not cell and not example
    pair = pl.Series([cell, example])
    if column.type in ("date", "moment"):
        first, second = parse.dates(pair, "dmy")
    elif column.is_number:
        first, second = parse.numbers(pair)
    else:
        return cell.casefold() == example.casefold()
    return first is not None and first == second
