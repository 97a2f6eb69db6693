"""A column that repeats few texts is kept by number, and worked on by its different texts."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import polars.selectors as cs

_REPEATS = 2
"""A column is packed where each different cell of its beginning stands there so many times: less
saves nothing, since the texts and their numbers are kept beside the cells."""


def form(beginning: pl.Series) -> pl.DataType:
    """How a column is best kept whose first cells are these."""
    if beginning.n_unique() * _REPEATS > beginning.len():
        return pl.String()
    # Texts of its own: those that are shared by name would be kept when the column has gone.
    return pl.Categorical(pl.Categories.random())


def is_packed(cells: pl.Series) -> bool:
    """Whether cells are kept by number."""
    return isinstance(cells.dtype, pl.Categorical)


def plain(cells: pl.Series) -> pl.Series:
    """The cells as String, each with its own text: four times as much memory where they repeat."""
    return cells.cast(pl.String)


def plain_table(cells: pl.DataFrame) -> pl.DataFrame:
    """The same of every column of a table."""
    return cells.with_columns(cs.categorical().cast(pl.String))


def different(cells: pl.Series) -> pl.Series:
    """The texts of packed cells, each once, without null; other cells as they are."""
    return plain(_once(cells)) if is_packed(cells) else cells


def by_text(cells: pl.Series, read: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """What is read from each cell, at the cost of the different ones where they are packed.

    Packed cells stay so where they are read as texts; they are the same where nothing is changed.

    Args:
        read: Looks at each cell alone; null is read as null.
    """
    if not is_packed(cells):
        return read(cells)
    once = _once(cells)
    texts = plain(once)
    made = read(texts)
    if made.dtype == pl.String:
        if made.equals(texts):
            return cells
        made = made.cast(pl.Categorical(pl.Categories.random()))
    numbers, count = once.to_physical(), cells.to_physical().max()
    if not isinstance(count, int):
        return made.clear().extend_constant(None, cells.len()).alias(cells.name)
    at = pl.Series([None], dtype=pl.UInt32).new_from_index(0, count + 1)
    at = at.scatter(numbers, pl.int_range(numbers.len(), dtype=pl.UInt32, eager=True))
    return made.gather(at).gather(cells.to_physical()).alias(cells.name)


def _once(cells: pl.Series) -> pl.Series:
    """Each different cell once, in the order they come in, without null."""
    return cells.gather(cells.to_physical().arg_unique()).drop_nulls()
