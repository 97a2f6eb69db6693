"""`forankring read`: how a file is read, before anything is judged about its content."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pages.terminal import arguments as shared
from pages.terminal import choices, output
from pages.terminal.parser import Parser
from pages.text import later, plural, say

if TYPE_CHECKING:
    from data.problems import Problem
    from data.read import Reading


def add_arguments(parser: Parser) -> None:
    """The file, the choices, and where the cells are written."""
    parser.explain(
        say(
            "Shows how a file is read: its encoding, its separator, its headings, and what is no"
            " table row. Nothing is stored, and what the cells mean is judged by check."
        ),
        ["read tiltak_2026-10.csv", "read svar.xlsx --sheet Svar --json --cells celler.csv"],
        keys={
            "encoding": say("as utf-8, windows-1252, utf-16-le; null for a workbook"),
            "delimiter": say("the sign between cells; null for a workbook"),
            "quote": say("the sign around cells; null where there is none"),
            "sheet": say("the sheet of a workbook; null for a text file"),
            "heading_row": say("the line of the headings, from 1; null when there are none"),
            "columns": say("the headings, with numbers where two were the same"),
            "rows": say("how many rows were read"),
            "left_out": say("lines that are no rows, each with line and why"),
            "problems": say("each with code, line, column, found and expected"),
        },
    )
    choices.add_choices(parser)
    parser.add_argument(
        "--cells",
        type=Path,
        metavar=say("OUT.csv"),
        help=say("writes the cells as they were understood, as UTF-8 with comma and headings"),
    )
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read, and print what was understood, without what is somebody's.

    1 when the file cannot be read surely; with --cells only when no cells could be written. Those
    of an empty file are none, which is sure.
    """
    from data.read import read
    from data.traces import without_hits

    shared.refuse_no_place(arguments.cells)
    limits = choices.limits()
    reading = read(
        choices.bytes_of(arguments.file, limits.bytes),
        choices.name_of(arguments.file),
        choices=choices.chosen(arguments),
        limits=limits,
    )
    if arguments.cells is not None:
        write_cells(reading, arguments.cells)
    # The cells are asked for, and come as they are; what is printed here is kept by terminals.
    shown = without_hits(reading)
    if arguments.json:
        output.show_json(understood(shown))
    else:
        output.show(text(shown))
    is_empty = [problem.code for problem in reading.problems] == ["empty"]
    is_done = not reading.is_blocked
    if arguments.cells is not None:
        is_done = bool(reading.columns) or is_empty
    return 0 if is_done else 1


def understood(reading: Reading) -> dict[str, object]:
    """What was understood, for machines."""
    return {
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "quote": reading.quote,
        "sheet": reading.sheet,
        "heading_row": reading.heading_row,
        "columns": list(reading.columns),
        "rows": reading.cells.height,
        "left_out": [{"line": one.line, "why": one.why} for one in reading.left_out],
        "problems": [problem_facts(problem) for problem in reading.problems],
    }


def problem_facts(problem: Problem) -> dict[str, object]:
    """A problem, for machines."""
    return {
        "code": problem.code,
        "line": problem.line,
        "column": problem.column,
        "found": problem.found,
        "expected": problem.expected,
    }


def write_cells(reading: Reading, path: Path) -> None:
    """Write the cells as they were read: nothing is neutralised, since nothing is judged yet.

    A file without headings gives cells without: the numbers that stand for them are not its own.
    """
    import polars as pl

    if not reading.columns:
        path.write_bytes(b"")
        return
    cells = reading.cells
    if cells.width == 1:
        # A row that is one empty cell would be an empty line, which readers skip.
        cells = cells.select(pl.all().fill_null(""))
    has_headings = reading.heading_row is not None
    cells.write_csv(
        path, include_header=has_headings, quote_style="necessary", line_terminator="\n"
    )


def text(reading: Reading) -> str:
    """What was understood, in words; no cell is shown, since it may be somebody's."""
    from pages.terminal import receipts
    from pages.text import problems

    lines = how_read(reading)
    if reading.columns:
        lines.append(
            plural(
                "{n} column: {columns}",
                "{n} columns: {columns}",
                len(reading.columns),
                columns=", ".join(reading.columns),
            )
        )
        lines.append(plural("{n} row", "{n} rows", reading.cells.height))
    lines += receipts.left_out(reading.left_out)
    lines += [problems.sentence(problem) for problem in reading.problems]
    return "\n".join(lines)


_SIGNS = {
    ";": later("semicolon"),
    ",": later("comma"),
    "\t": later("tab"),
    "|": later("vertical bar"),
}


def how_read(reading: Reading) -> list[str]:
    """Encoding, separator, sheet and heading row, a line for each that there is."""
    lines = [say("File: {name}", name=reading.name)]
    if reading.encoding is not None:
        lines.append(say("Encoding: {name}", name=reading.encoding))
    if reading.delimiter is not None:
        sign = _SIGNS.get(reading.delimiter)
        lines.append(say("Separator: {sign}", sign=say(sign) if sign else reading.delimiter))
    if reading.sheet is not None:
        lines.append(say("Sheet: {name}", name=reading.sheet))
    if reading.heading_row is not None:
        lines.append(say("Headings: line {line}", line=reading.heading_row))
    return lines
