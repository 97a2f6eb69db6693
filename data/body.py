"""The rows below the headings, gathered into columns of text, with what does not fit remembered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import polars as pl

from data.layout import Record

_ROWS_AT_ONCE = 20_000
"""Rows kept as Python lists before they become columns; it bounds the memory of the slow way."""


class Body:
    """The rows below the headings, while they are gathered into columns."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.cells = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        self.lines = pl.Series("line", [], pl.Int64)
        self.ragged: list[int] = []
        self.long_quotes: list[int] = []

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
                if len(row) > 0 and any(cell.count("\n") > 2 for cell in row if len(cell) > 200):
                    self.long_quotes.append(line)
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


def named(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The names, and numbered ones for columns beyond the last heading."""
    more: list[str] = []
    for number in range(len(names) + 1, width + 1):
        name = f"#{number}"
        while name in names:
            name += "*"
        more.append(name)
    return (*names, *more)
