"""Which row is the heading, what stands above it, and which rows are no answers: judged, marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from data import packed, parse
from data.contract import fold

TOP_ROWS = 30
"""A heading further down than this is not looked for: title blocks are a few lines."""

Why = Literal[
    "separator_line",
    "title_row",
    "heading_row",
    "repeated_heading",
    "sum_row",
    "source_row",
    "blank_row",
    "example",
    "chosen",
]


@dataclass(frozen=True)
class LeftOut:
    """A row that is not among the cells, and why; its text is shown so that it can be put back."""

    line: int
    why: Why
    text: str = field(default="", repr=False)


Record = tuple[int, Sequence[str]]
"""The line a record begins on, and its cells."""


@dataclass(frozen=True)
class Headings:
    """What the first rows of a table say.

    Attributes:
        line: The line of the heading row; None when the file has none.
        names: One name per column, made unique: "Other", "Other (2)", "#3" where it was empty.
        texts: What a second heading row says of each column (question texts), else empty.
        skip: How many records stand above the first row of values.
        duplicates, empty: Names that were numbered.
        first_line: The line of the first row that may be headings.
        looks_like_values: That row holds numbers or dates, so it is doubted; where the rows below
            hold them in the same columns, it is read as values.
    """

    line: int | None
    names: tuple[str, ...]
    texts: tuple[str, ...]
    skip: int
    left_out: tuple[LeftOut, ...]
    duplicates: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    first_line: int | None = None
    looks_like_values: bool = False


_NUMBER_OR_DATE = re.compile(f"{parse.NUMBER}|{parse.MOMENT.pattern}")
_YEAR = re.compile(r"(19|20)\d\d")


def headings(top: Sequence[Record], chosen_line: int | None = None) -> Headings | None:
    """The headings of a table from its first records; None when no row can be a heading.

    Args:
        top: The first records of the file, as many as are at hand; TOP_ROWS and some rows of
            values below them are enough.
        chosen_line: The line the uploader says; 0 says that there is no heading row.
    """
    width = _usual_width(top)
    if chosen_line == 0:
        return Headings(None, _numbered(width), (), 0, ())
    index = _heading_index(top, width, chosen_line)
    if index is None:
        return None
    line, cells = top[index]
    above = [LeftOut(n, _why_above(row), _text(row)) for n, row in top[:index] if any(row)]
    is_doubted = chosen_line is None and not _looks_like_heading(cells, len(cells))
    if is_doubted and _is_like_those_below(cells, [row for _, row in top[index + 1 :]]):
        # Read as values none is lost, whatever the answer to the question will be.
        names = _numbered(max(width, len(cells)))
        return Headings(
            None, names, (), index, tuple(above), first_line=line, looks_like_values=True
        )
    more = _more_heading_rows(top, index)
    texts: tuple[str, ...] = ()
    if more:
        second = tuple(top[index + 1][1])
        # SurveyMonkey's two rows are one; the first row of other tools is codes and stays.
        is_one = fold(cells[0]) in _SURVEYMONKEY
        cells = _merged(cells, second) if is_one else cells
        texts = tuple(cells) if is_one else second
    below = [LeftOut(n, "heading_row", _text(row)) for n, row in top[index + 1 : index + 1 + more]]
    while len(cells) > width > 1 and not cells[-1].strip():
        cells = cells[:-1]
    names, duplicates, empty = _unique(cells)
    return Headings(
        line,
        names,
        texts,
        index + 1 + more,
        (*above, *below),
        duplicates,
        empty,
        first_line=line,
        looks_like_values=is_doubted,
    )


def _is_like_those_below(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row has numbers and dates where the rows below it have them, and nowhere text."""
    typed = _columns_of_values(_even(below, len(row)))
    return bool(typed) and all(
        not row[number].strip() or _is_value(row[number]) for number in typed
    )


def _columns_of_values(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold nothing but numbers and dates."""
    return [
        number
        for number, cells in enumerate(zip(*rows, strict=True))
        if any(cells) and all(_is_value(cell) for cell in cells if cell.strip())
    ]


def _even(rows: Sequence[Sequence[str]], width: int) -> list[Sequence[str]]:
    return [row for row in rows[:_ROWS_BELOW] if len(row) == width]


def _is_value(cell: str) -> bool:
    return bool(_NUMBER_OR_DATE.fullmatch(cell.strip()))


_ROWS_BELOW = 20
"""Rows that show what a column holds."""


def _numbered(width: int) -> tuple[str, ...]:
    return tuple(f"#{number}" for number in range(1, width + 1))


def _usual_width(top: Sequence[Record]) -> int:
    widths = Counter(len(row) for _, row in top if _filled(row) > 1)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 1


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _looks_like_heading(row: Sequence[str], width: int) -> bool:
    # Six of ten, since exports leave the heading of a column or two empty, and titles do not fill
    # half of a row.
    if _filled(row) < max(1, 0.6 * width):
        return False
    return not any(
        _NUMBER_OR_DATE.fullmatch(cell.strip()) and not _YEAR.fullmatch(cell.strip())
        for cell in row
        if cell.strip()
    )


def _heading_index(top: Sequence[Record], width: int, chosen_line: int | None) -> int | None:
    if chosen_line is not None:
        return next((i for i, (line, _) in enumerate(top) if line == chosen_line), None)
    rows = [row for _, row in top[:TOP_ROWS]]
    for index, row in enumerate(rows):
        if _looks_like_heading(row, width) and (width == 1 or _filled(row) > 1):
            return index
    return next((i for i, row in enumerate(rows) if _filled(row) >= 0.6 * width), None)


# SurveyMonkey writes what kind of answer a column holds, or its option, below the question.
_SURVEYMONKEY = frozenset({"respondentid", "respondentenid"})
_SURVEYMONKEY_ONLY = frozenset({"response", "openendedresponse", "svar", "respons"})
_QUALTRICS = frozenset({"responseid", "v1", "startdate"})


def _more_heading_rows(top: Sequence[Record], index: int) -> int:
    """How many rows below the heading still belong to it: one of SurveyMonkey, two of Qualtrics."""
    heading = top[index][1]
    below = [row for _, row in top[index + 1 : index + 3]]
    for count, row in enumerate(below, start=1):
        if row and re.match(r"""\{['"]ImportId['"]:""", row[0]):
            return count
    if not below or not heading:
        return 0
    first, second = fold(heading[0]), below[0]
    if first in _SURVEYMONKEY and second and not second[0].strip() and _filled(second):
        return 1
    if first in _QUALTRICS and second and fold(second[0]) in {"responseid", "startdate"}:
        return 1
    return _headings_by_what_is_below([row for _, row in top[index + 1 :]], len(heading))


def _headings_by_what_is_below(below: Sequence[Sequence[str]], width: int) -> int:
    """How many rows, two at most, say something else in every column than the values below do.

    Where all the rows below have numbers or dates in two columns or more, a row with texts in all
    of them is a heading: units, question texts, or the headings once more.
    """
    for count in (2, 1):
        values = _even(below[count:], width)
        typed = _columns_of_values(values)
        if len(values) < _ENOUGH_ROWS or len(typed) < _ENOUGH_COLUMNS:
            continue
        seen = [frozenset(cells) - {""} for cells in zip(*values, strict=True)]
        if all(len(row) == width and _is_none_of(row, typed, seen) for row in below[:count]):
            return count
    return 0


def _is_none_of(row: Sequence[str], typed: Sequence[int], seen: Sequence[frozenset[str]]) -> bool:
    """Whether a row has texts where values stand, and no text that stands below in its column."""
    return all(row[number].strip() and not _is_value(row[number]) for number in typed) and not any(
        cell in below for cell, below in zip(row, seen, strict=True)
    )


_ENOUGH_ROWS = 3
_ENOUGH_COLUMNS = 2
"""One value that is unknown is a text among numbers too; a row of them is none of the values."""


def _merged(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """SurveyMonkey's two rows as one."""
    names: list[str] = []
    question = ""
    for number, cell in enumerate(first):
        question = cell.strip() or question
        option = second[number].strip() if number < len(second) else ""
        alone = not option or fold(option) in _SURVEYMONKEY_ONLY
        names.append(question if alone else f"{question}: {option}")
    return tuple(names)


def second_table(records: Iterable[Record], width: int) -> int | None:
    """The line on which another table begins: headings and rows of another width, to the end.

    Args:
        width: How many cells most rows of the file have.
    """
    first: Record | None = None
    count = 0
    for line, row in records:
        if len(row) == width or len(row) == 1:
            # Blank rows stand between tables, and within them.
            if any(row):
                first = None
        elif first is not None and len(row) == len(first[1]):
            count += 1
        elif row:
            first, count = (line, row), 0
    # Two rows below it: one may be a note that is cut by the same sign.
    is_table = first is not None and count >= 2 and _looks_like_heading(first[1], len(first[1]))
    return first[0] if is_table and first is not None else None


def _why_above(row: Sequence[str]) -> Why:
    return "source_row" if _SOURCE.match(_text(row)) else "title_row"


def _text(row: Sequence[str]) -> str:
    return " · ".join(cell.strip() for cell in row if cell.strip())


def _unique(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names that are all different, which of them were numbered, and which were empty."""
    stripped = [re.sub(r"\s+", " ", cell).strip() for cell in cells]
    taken = set(stripped)
    seen: Counter[str] = Counter()
    names: list[str] = []
    duplicates: list[str] = []
    empty: list[str] = []
    for number, name in enumerate(stripped, start=1):
        if not name:
            name = _free(f"#{number}", taken)
            empty.append(name)
        elif seen[name]:
            duplicates.append(name)
            seen[name] += 1
            name = _free(f"{name} ({seen[name]})", taken)
        else:
            seen[name] = 1
        if name.startswith("^") and name.endswith("$"):
            # Polars would read the name as a pattern, and find other columns by it, or none.
            name += " "
        taken.add(name)
        names.append(name)
    return tuple(names), tuple(dict.fromkeys(duplicates)), tuple(empty)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "*"
    return name


_SUM_WORDS = frozenset(
    {
        "sum", "sumtotal", "total", "totalt", "totalsum", "ialt", "delsum", "subtotal",
        "grandtotal", "snitt", "gjennomsnitt", "average", "mean",
    }
)  # fmt: skip
_SOURCE = re.compile(
    r"\s*(kilde|kjelde|source|note|merknad|fotnote|eksportert|exported|utskrift|generated)\b\s*:?",
    re.IGNORECASE,
)


def rows_that_are_no_values(cells: pl.DataFrame, lines: pl.Series) -> tuple[LeftOut, ...]:
    """Blank rows, sums, sources and repeated headings among the rows of a table.

    A sum is a row whose first filled cell is a sum word and whose others are numbers or empty; a
    source is a row with one filled cell that begins with a word for source. Anything less clear
    stays a row of values.
    """
    if cells.width == 0 or cells.height == 0:
        return ()
    # What can only be found by looking at a whole row is looked for where the first cell is empty,
    # is the heading, or begins like a sum or a source: seldom more than a few rows.
    start = r"(?i)^\s*(sum|tot|i alt|del|sub|grand|snitt|gjenn|aver|mean|kilde|kjelde|source|note"
    start += r"|merk|fotn|eksp|expo|utsk|gene)"
    leading = cells.to_series(0)
    heading = cells.columns[0]
    may_be = packed.by_text(leading, lambda text: text.str.contains(start) | (text == heading))
    at = may_be.fill_null(True).arg_true()
    starts = pl.col("first").str.contains(start) | (pl.col("first") == cells.columns[0])
    suspects = (
        cells[at]
        .cast(pl.String)
        .select(
            at.alias("row"),
            pl.sum_horizontal(pl.all().is_not_null().cast(pl.Int32)).alias("filled"),
            pl.coalesce(pl.all()).alias("first"),
            lines[at].alias("line"),
        )
        .filter((pl.col("filled") == 0) | starts)
    )
    found: list[LeftOut] = []
    for index, count, text, line in suspects.iter_rows():
        row = [cell or "" for cell in cells.row(index)]
        why = _why_no_value(row, count, text or "", cells.columns)
        if why is not None:
            found.append(LeftOut(line, why, _text(row)))
    return tuple(found)


def _why_no_value(row: Sequence[str], filled: int, first: str, names: Sequence[str]) -> Why | None:
    if filled == 0:
        return "blank_row"
    if [cell.strip() for cell in row] == list(names):
        return "repeated_heading"
    if len(row) > 1 and filled == 1 and _SOURCE.match(first):
        return "source_row"
    rest = [cell.strip() for cell in row if cell.strip()][1:]
    numbers = all(re.fullmatch(parse.NUMBER, cell) for cell in rest)
    if len(row) > 1 and fold(first) in _SUM_WORDS and numbers:
        return "sum_row"
    return None
