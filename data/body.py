"""The rows below the headings, gathered into columns of text, with what does not fit remembered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import polars as pl

from data.layout import Record
from data.mend import swallows_rows

_ROWS_AT_ONCE = 20_000
"""Rows kept as Python lists before they become columns; it bounds the memory of the slow way."""


class Body:
    """The rows below the headings, while they are gathered into columns.

    Gathering stops at a row with more cells than `most`, which is named by how many names it needs.
    """

    def __init__(
        self, names: tuple[str, ...], delimiter: str | None = None, most: int = 100_000
    ) -> None:
        self.given = self.names = names
        self.delimiter, self.most = delimiter, most
        self.cells = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
        self.lines = pl.Series("line", [], pl.Int32)
        self.ragged: list[int] = []
        self.swallowing: list[int] = []
        self.mended: list[int] = []
        self.second_table: int | None = None

    def take(self, rows: Iterator[Record]) -> None:
        """Gather rows; longer ones widen the table, and rows of another width are remembered."""
        width = len(self.names)
        cells: list[pl.DataFrame] = []
        lines: list[pl.Series] = []
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            for line, row in batch:
                # Excel ends rows with separators that no heading stands above. Only one may as well
                # be a separator in the middle of the row, beside a last cell that is empty.
                is_padded = len(row) > width + 1 and not any(row[width:])
                if len(row) != width and not is_padded and any(row):
                    self.ragged.append(line)
                if (
                    self.delimiter is not None
                    and any("\n" in cell or "\r" in cell for cell in row)
                    and any(swallows_rows(cell, self.delimiter, len(self.given)) for cell in row)
                ):
                    self.swallowing.append(line)
            widest = max(width, max(len(row) for _, row in batch))
            if widest > self.most:
                self.names = named(self.names, widest)
                return
            columns = [
                pl.Series(
                    str(number),
                    [row[number] or None if number < len(row) else None for _, row in batch],
                    pl.String,
                )
                for number in range(widest)
            ]
            cells.append(pl.DataFrame(columns))
            lines.append(pl.Series("line", [line for line, _ in batch], pl.Int32))
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
