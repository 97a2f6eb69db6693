"""Numbers that a lock froze and that are another now, though no correction says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from queries import ask, moving
from queries.noted import NUMBERS

KEY = ["indicator", "commitment", *moving.KEY]
"""What identifies a row of `corrections` but for its month and version."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Unnoted:
    """A locked number that is another one, or is gone, without a word.

    Attributes:
        indicator: None for a commitment.
        earlier: The first release that shows it otherwise.
    """

    indicator: str | None
    commitment: str | None
    municipality_id: str
    grain: str
    period: dt.date
    part: str | None
    earlier: int


def unnoted(
    folder: Path, number: int, earlier: Iterable[int], about_nobody: Collection[str]
) -> list[Unnoted]:
    """What stood still in an earlier release, and is otherwise in this one without a correction.

    Args:
        earlier: The numbers of the releases before that still stand.
        about_nobody: The indicators that may be corrected; those about persons never change.
    """
    now = _numbers(folder, number, about_nobody)
    notes = _notes(folder, number)
    found: dict[tuple[Any, ...], Unnoted] = {}
    for before in earlier:
        was = _numbers(folder, before, about_nobody).filter(pl.col("frozen_in").is_not_null())
        beside = was.join(now, on=KEY, how="left", nulls_equal=True, suffix="_now")
        differs = pl.any_horizontal(
            pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in NUMBERS
        )
        for row in beside.filter(differs).iter_rows(named=True):
            key = tuple(row[name] for name in KEY)
            since = [note for note in notes.get(key, ()) if note["release"] > before]
            if not _lead(since, row):
                found.setdefault(key, Unnoted(**{name: row[name] for name in KEY}, earlier=before))
    return list(found.values())


def _lead(notes: list[Row], row: Row) -> bool:
    """Whether corrections lead from what was shown to what is."""
    return bool(notes) and all(
        notes[0][f"was_{name}"] == row[name] and notes[-1][f"now_{name}"] == row[f"{name}_now"]
        for name in NUMBERS
    )


def _numbers(folder: Path, number: int, about_nobody: Collection[str]) -> pl.DataFrame:
    """The numbers and commitments of a release in the shape that corrections are noted in."""
    columns = [*KEY, *NUMBERS, "frozen_in"]
    cells = ask.ask("cells", store=folder, release=number)
    cells = cells.filter(pl.col("indicator").is_in(list(about_nobody)))
    promises = ask.ask("commitments", store=folder, release=number)
    return pl.concat(
        [
            cells.with_columns(commitment=pl.lit(None, pl.String)).select(columns),
            promises.with_columns(
                indicator=pl.lit(None, pl.String),
                grain=pl.lit("month"),
                period="month",
                part=pl.lit(None, pl.String),
                numerator=pl.col("kept").cast(pl.Float64),
                denominator=pl.col("due").cast(pl.Float64),
                value=pl.lit(None, pl.Float64),
                delivered=pl.lit(None, pl.Int64),
            ).select(columns),
        ]
    )


def _notes(folder: Path, number: int) -> dict[tuple[Any, ...], list[Row]]:
    """The corrections that a release tells of, each with the release that brought it."""
    # One of an earlier version of the program corrected nothing.
    if not ask.has_table(folder, number, "corrections"):
        return {}
    versions = ask.ask("month_versions", store=folder, release=number)
    told = ask.ask("corrections", store=folder, release=number).join(
        versions.select("month", "version", "release"), on=["month", "version"]
    )
    notes: dict[tuple[Any, ...], list[Row]] = {}
    for row in told.sort("release").iter_rows(named=True):
        notes.setdefault(tuple(row[name] for name in KEY), []).append(row)
    return notes
