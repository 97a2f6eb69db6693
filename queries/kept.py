"""What locks froze is kept: the store remembers it, and a release that lost it is not built on."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import polars as pl

from data.store import RefusedError, Released
from queries import ask, sql

# What a number is and whose; not what is said about it, which a new version may say otherwise.
_CELL = (
    *("indicator", "municipality_id", "grain", "period", "part", "state"),
    *("numerator", "denominator", "value", "band", "frozen_in"),
)
_COMMITMENT = ("municipality_id", "month", "commitment", "state", "kept", "due", "frozen_in")


BY_COLUMN = "by column "
"""Before the hashes that are made column by column; those of earlier versions were made by row."""


def remembered(
    number: int, cells: pl.DataFrame, commitments: pl.DataFrame, like: str = BY_COLUMN
) -> Released:
    """What the store is to remember of a release: how much stood still in it, and a hash of that.

    Args:
        cells, commitments: Of the release; rows that still move are left out.
        like: A hash that this one is to be compared with.
    """
    still = [
        table.filter(pl.col("frozen_in").is_not_null()).select(columns)
        for columns, table in ((_CELL, cells), (_COMMITMENT, commitments))
    ]
    digest = _by_column(still) if like.startswith(BY_COLUMN) else _by_row(still)
    return Released(number, sum(table.height for table in still), digest)


def _by_column(tables: list[pl.DataFrame]) -> str:
    """A hash of the values themselves: no library's next version words them otherwise."""
    digest = hashlib.sha256()
    for table in tables:
        # The columns from the left tell the rows apart.
        ordered = table.sort(table.columns, nulls_last=True)
        for column in ordered.iter_columns():
            digest.update(column.is_null().to_numpy().tobytes())
            if column.dtype == pl.String:
                digest.update("\0".join(column.fill_null("").to_list()).encode())
            elif column.dtype == pl.Float64:
                digest.update(column.fill_null(0.0).to_numpy().astype("<f8").tobytes())
            else:
                whole = column.to_physical().cast(pl.Int64).fill_null(0)
                digest.update(whole.to_numpy().astype("<i8").tobytes())
    return BY_COLUMN + digest.hexdigest()


def _by_row(tables: list[pl.DataFrame]) -> str:
    """The same as earlier versions made it, which took ten times as long."""
    lines = sorted(repr(line) for table in tables for line in table.rows())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def of_release(folder: Path, number: int, like: str = BY_COLUMN) -> Released:
    """The same of a release that was made.

    Raises:
        NoReleaseError, sql.UnreadableError: Its file is not there, or is damaged.
    """
    file = ask.file_of(folder, number)
    return _of_file(folder, number, file.stat().st_mtime_ns if file.is_file() else 0, like)


@lru_cache(maxsize=4)
def _of_file(folder: Path, number: int, _changed: int, like: str) -> Released:
    """Of the file that was written at this time."""
    return remembered(
        number,
        ask.ask("cells", store=folder, release=number),
        ask.ask("commitments", store=folder, release=number),
        like,
    )


def refuse_lost(folder: Path, number: int, released: Released | None) -> None:
    """Refuse to build on a release that lacks what was frozen.

    A number about persons is released once (methods.md C5). Without the release that froze it a
    new one would begin again, and the two could be subtracted.

    Args:
        number: Of the release to build on; 0 for none.
        released: What the store remembers of its last release.

    Raises:
        RefusedError: "releases_lost".
    """
    # A newer one than the store knows was published by somebody who was cut off right after.
    if released is None or not released.frozen or number > released.number:
        return
    with noticed(folder, released):
        found = of_release(folder, number, released.frozen_hash) if number else None
    if found is None or found.frozen_hash != released.frozen_hash:
        raise _lost(folder, released)


@contextlib.contextmanager
def noticed(folder: Path, released: Released | None) -> Iterator[None]:
    """Inside, a release that is not there or cannot be read is refused as one that was lost.

    Raises:
        RefusedError: "releases_lost", where the store remembers that something was frozen.
    """
    try:
        yield
    except (ask.NoReleaseError, sql.UnreadableError) as error:
        if released is None or not released.frozen:
            raise
        raise _lost(folder, released) from error


def _lost(folder: Path, released: Released) -> RefusedError:
    return RefusedError("releases_lost", release=released.number, folder=str(folder / ask.RELEASES))
