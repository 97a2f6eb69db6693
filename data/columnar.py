"""Big clean text files become columns at the speed of polars, once they are proved to be clean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

LEAST_BYTES = 1_000_000
"""Below this the csv module takes less than a second, and one way through is easier to trust."""

# The marks of one chunk take a few times its size; so a chunk is small beside a file that matters.
_CHUNK_BYTES = 4_000_000

_NEWLINE = 10
_RETURN = 13


@dataclass(frozen=True)
class _Shape:
    """Where the rows of a well-formed text are: their number, and the line each begins on."""

    rows: int
    lines: npt.NDArray[np.int64]


def table(
    raw: bytes,
    begin: int,
    names: tuple[str, ...],
    delimiter: str,
    quote: str | None,
    first_line: int,
) -> tuple[pl.DataFrame, pl.Series] | None:
    """The cells of a body without headings, and their lines; None unless it is surely clean.

    Clean means: UTF-8, LF or CRLF, every row with as many cells as there are names, every quotation
    mark at the edge of a cell or doubled inside one. This is proved first, by counting marks, so
    that polars never meets a row that it would pad, cut or misread without a word.

    Args:
        raw: The whole file, which is looked at where it lies: a copy would be as big again.
        begin: Where in it the body begins.
        first_line: The line of the file on which the body begins.
    """
    end = len(raw)
    while end > begin and raw[end - 1] in (_NEWLINE, _RETURN):
        end -= 1
    shape = _shape(raw, begin, end, len(names), delimiter, quote)
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
            schema=dict.fromkeys(names, pl.String),
            separator=delimiter,
            quote_char=quote if quote and quote.encode() in raw else None,
            infer_schema=False,
            extra_columns="raise",
            missing_columns="raise",
        )
    except pl.exceptions.PolarsError:
        return None
    if cells.shape != (shape.rows, len(names)):
        return None
    # One column after the other, so that no more than one is there twice.
    columns = [_whole(cells.drop_in_place(name)) for name in names]
    return pl.DataFrame(columns), pl.Series("line", shape.lines + first_line)


def _whole(cells: pl.Series) -> pl.Series:
    """A column in one piece, null where it is empty: pieces are copied at every later step."""
    is_empty = cells == ""
    return (cells.set(is_empty, None) if is_empty.any() else cells).rechunk()


def _shape(
    raw: bytes, begin: int, end: int, width: int, delimiter: str, quote: str | None
) -> _Shape | None:
    """What a well-formed body of this width looks like; None when it is not one.

    A byte is inside quotes when an odd number of quotation marks stand before it; so delimiters
    and line ends that count are those outside, and no state machine is needed.
    """
    if begin == end or width < 2:
        return None
    if raw.count(b"\r", begin, end) != raw.count(b"\r\n", begin, end):
        return None
    if not quote or raw.find(quote.encode(), begin, end) < 0:
        # Without quotes it is enough to count: polars refuses a row that is too long, so when the
        # sum is right, none is too short either.
        rows = raw.count(b"\n", begin, end) + 1
        is_even = raw.count(delimiter.encode(), begin, end) == (width - 1) * rows
        return _Shape(rows, np.arange(rows, dtype=np.int64)) if is_even else None
    data = np.frombuffer(raw, np.uint8)[begin:end]
    sign, mark = ord(delimiter), ord(quote)
    if not _marks_at_edges(data, mark, sign):
        return None
    cells_before: list[npt.NDArray[np.int64]] = []
    line_starts: list[npt.NDArray[np.int64]] = []
    cells = marks = lines = 0
    for start in range(0, data.size, _CHUNK_BYTES):
        chunk = data[start : start + _CHUNK_BYTES]
        seen = np.cumsum(chunk == mark, dtype=np.int64) + marks
        marks = int(seen[-1])
        outside = (seen & 1) == 0
        newlines, delimiters = chunk == _NEWLINE, (chunk == sign) & outside
        at = np.flatnonzero(newlines & outside)
        cells_before.append(np.searchsorted(np.flatnonzero(delimiters), at) + cells)
        line_starts.append(np.searchsorted(np.flatnonzero(newlines), at) + lines + 1)
        cells += int(np.count_nonzero(delimiters))
        lines += int(np.count_nonzero(newlines))
    if marks % 2:
        return None
    ends_of_rows = np.concatenate([*cells_before, np.array([cells])])
    if (np.diff(ends_of_rows, prepend=0) != width - 1).any():
        return None
    starts = np.concatenate([np.array([0]), *line_starts]).astype(np.int64)
    return _Shape(starts.size, starts)


def _marks_at_edges(data: npt.NDArray[np.uint8], mark: int, sign: int) -> bool:
    """Whether each quotation mark opens a cell, closes one, or is one of a doubled pair."""
    at = np.flatnonzero(data == mark)
    if at.size % 2:
        return False
    opening, closing = at[0::2], at[1::2]
    before = data[np.maximum(opening - 1, 0)]
    starts_cell = (opening == 0) | np.isin(before, (sign, _NEWLINE, mark))
    after = data[np.minimum(closing + 1, data.size - 1)]
    ends_cell = (closing == data.size - 1) | np.isin(after, (sign, _NEWLINE, _RETURN, mark))
    return bool(starts_cell.all() and ends_cell.all())
