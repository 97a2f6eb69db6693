"""Big clean text files become columns at the speed of polars, once they are proved to be clean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data import packed

LEAST_BYTES = 1_000_000
"""Below this the csv module takes less than a second, and one way through is easier to trust."""

_NEWLINE = 10
_RETURN = 13


@dataclass(frozen=True)
class _Shape:
    """Where the rows of a well-formed text are.

    Attributes:
        lines: The line each begins on, counted from 0 (Int32); None where each is one line.
    """

    rows: int
    lines: pl.Series | None = None


def table(
    raw: bytes,
    begin: int,
    forms: Mapping[str, pl.DataType],
    delimiter: str,
    quote: str | None,
    first_line: int,
) -> tuple[pl.DataFrame, pl.Series] | None:
    """The cells of a body without headings, and their lines; None unless it is surely clean.

    Clean means: UTF-8, LF or CRLF, every row with as many cells as there are columns, every
    quotation mark at the edge of a cell or doubled inside one. This is proved first, by counting
    marks, so that polars never meets a row that it would pad, cut or misread without a word.

    Args:
        raw: The whole file, which is looked at where it lies: a copy would be as big again.
        begin: Where in it the body begins.
        forms: By heading, how each column is kept; see `packed.form`.
        first_line: The line of the file on which the body begins.
    """
    end = len(raw)
    while end > begin and raw[end - 1] in (_NEWLINE, _RETURN):
        end -= 1
    shape = _shape(raw, begin, end, len(forms), delimiter, quote)
    if shape is None:
        return None
    skipped = first_line - 1
    if len(raw) - end > len("\r\n") or raw.count(b"\n", 0, begin) != skipped or not skipped:
        # Blank lines at the end would be rows to polars, and a mark at the beginning a letter.
        raw, skipped = raw[begin:end], 0
    try:
        cells = pl.read_csv(
            raw,
            has_header=False,
            skip_lines=skipped,
            schema=dict(forms),
            separator=delimiter,
            quote_char=quote if quote and quote.encode() in raw else None,
            infer_schema=False,
            extra_columns="raise",
            missing_columns="raise",
        )
    except pl.exceptions.PolarsError:
        return None
    if cells.shape != (shape.rows, len(forms)):
        return None
    # One column after the other, so that no more than one is there twice.
    columns = [_whole(cells.drop_in_place(name)) for name in forms]
    if shape.lines is not None:
        return pl.DataFrame(columns), (shape.lines + first_line).alias("line")
    lines = pl.int_range(first_line, first_line + shape.rows, eager=True, dtype=pl.Int32)
    return pl.DataFrame(columns), lines.alias("line")


def _whole(cells: pl.Series) -> pl.Series:
    """A column in one piece, null where it is empty: pieces are copied at every later step."""
    if cells.is_in([""]).any():
        cells = packed.by_text(cells, lambda text: text.set(text == "", None))
    return cells.rechunk()


def _shape(
    raw: bytes, begin: int, end: int, width: int, delimiter: str, quote: str | None
) -> _Shape | None:
    """What a well-formed body of this width looks like; None when it is not one."""
    if begin == end or width < 2:
        return None
    if raw.count(b"\r", begin, end) != raw.count(b"\r\n", begin, end):
        return None
    if not quote or raw.find(quote.encode(), begin, end) < 0:
        # Without quotes it is enough to count: polars refuses a row that is too long, so when the
        # sum is right, none is too short either.
        rows = raw.count(b"\n", begin, end) + 1
        is_even = raw.count(delimiter.encode(), begin, end) == (width - 1) * rows
        return _Shape(rows) if is_even else None
    # numpy is 10 MB of memory and a tenth of a second, for files with quotation marks alone.
    from data import quoted

    lines = quoted.lines(memoryview(raw)[begin:end], width, delimiter, quote)
    return None if lines is None else _Shape(lines.len(), lines)
