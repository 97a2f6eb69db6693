"""How a text file separates its cells: judged by which reading makes a table, asked when two do."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from data import parse
from data.problems import Problem

DELIMITERS = (";", ",", "\t", "|")

SAMPLE_CHARACTERS = 200_000
"""Enough for the headings of the widest export and hundreds of rows below them."""

SAMPLE_ROWS = 400
SAMPLE_CELLS = 5_000

# The csv module refuses cells above 128 K characters by raising; what is too long is judged in
# read.py, with a sentence, so the module's own limit is set out of the way.
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Dialect:
    """How cells are separated and quoted.

    Attributes:
        quote: The quotation mark, None where quotation marks are ordinary letters.
        escape: A sign that makes the next one ordinary, where quotes are not doubled.
        skips_spaces: Whether a space follows each delimiter and is no part of the cell.
    """

    delimiter: str
    quote: str | None = '"'
    escape: str | None = None
    skips_spaces: bool = False

    def for_csv(self) -> dict[str, Any]:
        """The same in the words of the csv module."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "escapechar": self.escape,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "doublequote": True,
            "skipinitialspace": self.skips_spaces,
        }


@dataclass(frozen=True)
class Judged:
    """The dialect a file was read in, what else it might have been, and the lines before it."""

    dialect: Dialect
    problems: tuple[Problem, ...] = ()
    is_one_column: bool = False


def records(text: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """The records of a text with the line each begins on; line ends may be CR, LF, CRLF, mixed."""
    lines = io.StringIO(unescaped(text, dialect), newline="")
    reader = csv.reader(lines, **dialect.for_csv())
    begins = 1
    for record in reader:
        yield begins, record
        begins = reader.line_num + 1


def unescaped(text: str, dialect: Dialect) -> str:
    """The text with each escape sign doubled that makes nothing ordinary, so that it is kept.

    The csv module drops every escape sign, those of C:\\temp and of don\\'t too.
    """
    escape = dialect.escape
    if not escape:
        return text
    sign = re.escape(escape)
    needed = f"{sign}[{re.escape(dialect.quote or '')}{sign}{re.escape(dialect.delimiter)}\r\n]"
    return re.sub(f"({needed})|{sign}", lambda found: str(found.group(1) or escape * 2), text)


def separator_line(text: str) -> str | None:
    """The separator that a first line `sep=;` names, which Excel writes and obeys."""
    match = re.match(r'"?sep=(.)"?[ \t]*(\r\n|\r|\n|$)', text, re.IGNORECASE)
    return match.group(1) if match else None


def judge(text: str, chosen: str | None = None) -> Judged:
    """The dialect in which the text makes the best table.

    Args:
        text: The file without a `sep=` line.
        chosen: A delimiter that the uploader or a `sep=` line names; only the quotes are judged.
    """
    sample = _sample(text)
    delimiters = (chosen,) if chosen else DELIMITERS
    scored = sorted(
        (
            (_score(sample, dialect), -order, dialect)
            for order, dialect in enumerate(_candidates(sample, delimiters))
        ),
        key=lambda scored: scored[:2],
        reverse=True,
    )
    best, _, dialect = scored[0]
    if best == 0:
        return Judged(Dialect(chosen or ";"), is_one_column=True)
    for other, _, rival in scored[1:]:
        if rival.delimiter != dialect.delimiter:
            # Within a tenth of each other, measured on the files in tests/data: the worst clear
            # case there, decimal commas in a file with semicolons, lies at less than two thirds.
            if other > 0.9 * best:
                both = f"{dialect.delimiter} {rival.delimiter}"
                return Judged(
                    dialect,
                    (Problem("unsure_delimiter", found=dialect.delimiter, expected=both),),
                )
            break
    return Judged(dialect)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    cut = text[:SAMPLE_CHARACTERS]
    return cut[: max(cut.rfind("\n"), cut.rfind("\r")) + 1] or cut


def _candidates(sample: str, delimiters: tuple[str, ...]) -> Iterator[Dialect]:
    single_quoted = re.search(r"(?:^|[;,\t|])'[^'\r\n]*'(?=[;,\t|\r\n]|$)", sample, re.MULTILINE)
    for delimiter in delimiters:
        yield Dialect(delimiter)
        if _has_spaces(sample, delimiter):
            yield Dialect(delimiter, skips_spaces=True)
        if '\\"' in sample:
            yield Dialect(delimiter, escape="\\")
        if single_quoted:
            yield Dialect(delimiter, quote="'")


def _has_spaces(sample: str, delimiter: str) -> bool:
    """Whether a space follows nearly every delimiter: in language, commas stand thinner."""
    return sample.count(f"{delimiter} ") > 0.8 * sample.count(delimiter) > 0


_VALUE = re.compile(f"{parse.NUMBER}|{parse.MOMENT.pattern}")


def _score(sample: str, dialect: Dialect) -> float:
    """How much of a table this reading is: even rows × cells that look like cells.

    After the idea of van den Burg, Nazábal and Sutton (2019), "Wrangling messy CSV files by
    detecting row and type patterns": row pattern times type pattern.
    """
    if dialect.delimiter not in sample:
        return 0.0
    try:
        rows = [row for _, row in islice(records(sample, dialect), SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return 0.0
    if not rows:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width, even = max(widths.items(), key=lambda counted: (counted[1] * (counted[0] > 1), counted))
    if width < 2:
        return 0.0
    wide = [row for row in rows if len(row) == width]
    cells = [cell for row in wide[: max(20, SAMPLE_CELLS // width)] for cell in row]
    clean = sum(_cleanness(cell, dialect) for cell in cells) / len(cells)
    # More columns are better, but only a little: two real ones beat three that a comma made.
    return (even / len(rows)) * clean * width / (width + 1)


def _cleanness(cell: str, dialect: Dialect) -> float:
    if not cell:
        return 1.0
    if cell[0] == " ":
        return 0.5 * _cleanness(cell.lstrip(), dialect)
    if _VALUE.fullmatch(cell.strip()):
        return 1.0
    # A quotation mark at the edge of a cell was meant to quote: this reading missed it.
    if cell[0] in "\"'" or cell[-1] == '"' or cell.endswith(("\\", '\\"')):
        return 0.1
    others = [sign for sign in DELIMITERS if sign != dialect.delimiter and sign in cell]
    if not others:
        return 0.95
    # "A;B" in one cell is either two choices of one answer or two cells: little is said by it.
    # A comma followed by a space is only language.
    return 0.9 if others == [","] and ", " in cell else 0.5
