"""Where the rows of a text with quotation marks begin, proved by counting marks piece by piece."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

# The marks of one piece take a few times its size; so a piece is small beside a file that matters.
_PIECE_BYTES = 1_000_000

_NEWLINE = 10
_RETURN = 13

Bytes = npt.NDArray[np.uint8]


def lines(body: memoryview, width: int, delimiter: str, quote: str) -> pl.Series | None:
    """The line each row begins on, from 0 (Int32); None when the body is not well formed.

    A byte is inside quotes when an odd number of quotation marks stand before it; so delimiters
    and line ends that count are those outside, and no state machine is needed.

    Args:
        width: How many cells each row has.
    """
    data = np.frombuffer(body, np.uint8)
    sign, mark = ord(delimiter), ord(quote)
    cells_before: list[npt.NDArray[np.int64]] = []
    line_starts: list[npt.NDArray[np.int64]] = []
    cells = marks = count = 0
    for start in range(0, data.size, _PIECE_BYTES):
        piece = data[start : start + _PIECE_BYTES]
        is_mark = piece == mark
        if not _marks_at_edges(data, start + np.flatnonzero(is_mark), marks, mark, sign):
            return None
        seen = np.cumsum(is_mark, dtype=np.int32) + marks % 2
        marks += int(np.count_nonzero(is_mark))
        outside = (seen & 1) == 0
        newlines, delimiters = piece == _NEWLINE, (piece == sign) & outside
        at = np.flatnonzero(newlines & outside)
        cells_before.append(np.searchsorted(np.flatnonzero(delimiters), at) + cells)
        line_starts.append(np.searchsorted(np.flatnonzero(newlines), at) + count + 1)
        cells += int(np.count_nonzero(delimiters))
        count += int(np.count_nonzero(newlines))
    if marks % 2:
        return None
    ends_of_rows = np.concatenate([*cells_before, np.array([cells])])
    if (np.diff(ends_of_rows, prepend=0) != width - 1).any():
        return None
    starts = np.concatenate([np.array([0]), *line_starts]).astype(np.int32)
    return pl.Series("line", starts)


def _marks_at_edges(
    data: Bytes, at: npt.NDArray[np.int64], before: int, mark: int, sign: int
) -> bool:
    """Whether each quotation mark opens a cell, closes one, or is one of a doubled pair.

    Args:
        at: Where in the data the marks of one piece are.
        before: How many marks stand before the piece: every second one opens.
    """
    opening, closing = at[before % 2 :: 2], at[1 - before % 2 :: 2]
    left = data[np.maximum(opening - 1, 0)]
    starts_cell = (opening == 0) | np.isin(left, (sign, _NEWLINE, mark))
    right = data[np.minimum(closing + 1, data.size - 1)]
    ends_cell = (closing == data.size - 1) | np.isin(right, (sign, _NEWLINE, _RETURN, mark))
    return bool(starts_cell.all() and ends_cell.all())
