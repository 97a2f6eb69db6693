"""The rows below the headings, gathered into columns of text, with what does not fit remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import polars as pl

from data.layout import Record

_ROWS_AT_ONCE = 20_000
"""Rows kept as Python lists before they become columns; it bounds the memory of the slow way."""


class Body:
    """The rows below the headings, while they are gathered into columns."""

    def __init__(self, names: tuple[str, ...], delimiter: str | None = None) -> None:
        self.given = self.names = names
        self.delimiter = delimiter
        self.cells = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        self.lines = pl.Series("line", [], pl.Int64)
        self.ragged: list[int] = []
        self.swallowing: list[int] = []

    def take(self, rows: Iterator[Record]) -> None:
        """Gather rows; longer ones widen the table, and rows of another width are remembered."""
        width = len(self.names)
        cells: list[pl.DataFrame] = []
        lines: list[pl.Series] = []
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            widest = max(len(row) for _, row in batch)
            for line, row in batch:
                # Excel and others end rows with separators that no heading stands above.
                if len(row) != width and (len(row) < width or any(row[width:])) and any(row):
                    self.ragged.append(line)
                if any("\n" in cell or "\r" in cell for cell in row) and any(
                    self._swallows_rows(cell) for cell in row
                ):
                    self.swallowing.append(line)
            columns = [
                pl.Series(
                    str(number),
                    [row[number] or None if number < len(row) else None for _, row in batch],
                    pl.String,
                )
                for number in range(max(widest, width))
            ]
            cells.append(pl.DataFrame(columns))
            lines.append(pl.Series("line", [line for line, _ in batch], pl.Int64))
        if not cells:
            return
        self.lines = pl.concat(lines)
        table = pl.concat(cells, how="diagonal")
        extra = table.columns[width:]
        table = table.drop([name for name in extra if table[name].null_count() == table.height])
        self.names = named(self.names, table.width)
        self.cells = table.rename(dict(zip(table.columns, self.names, strict=True)))

    def _swallows_rows(self, cell: str) -> bool:
        """Whether lines inside a quoted cell look like rows, so that the quote was never closed."""
        if self.delimiter is None or self.delimiter not in cell:
            return False
        inside = re.split("\r\n|\r|\n", cell)[1:]
        width = len(self.given)
        like_rows = sum(1 for line in inside if line.count(self.delimiter) >= width - 1)
        # Of two columns a row has one separator, which any line of text may have too.
        return like_rows >= (1 if width > 2 else 3)


def named(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The names, and numbered ones for columns beyond the last heading."""
    more: list[str] = []
    for number in range(len(names) + 1, width + 1):
        name = f"#{number}"
        while name in names:
            name += "*"
        more.append(name)
    return (*names, *more)
