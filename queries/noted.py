"""What changed in locked months from one release to the next, and the versions that this makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from queries import correcting, moving
from queries.correcting import Touched

NUMBERS = ("state", "numerator", "denominator", "value", "delivered")
"""What is shown of a number, so that a change of it is noted."""

Values = tuple[Any, ...]


def changes(
    found: Touched, cells: pl.DataFrame, commitments: pl.DataFrame, earlier: pl.DataFrame
) -> list[dict[str, Any]]:
    """What is shown otherwise of a locked month, as rows of `corrections` without a version.

    A number that stood still is noted whatever changed in it. One that was still to be settled is
    noted only where it was missing and came, or went: that it moves until then was said of it.

    Args:
        found: What is delivered otherwise than in the release before.
        cells, commitments: Of the release that is made.
        earlier: The commitments of the release before.
    """
    key = ["indicator", *moving.KEY]
    own_key = ["commitment", "municipality_id", "month"]
    bearing = found.bearing.filter(~pl.col("is_commitment")).rename({"name": "indicator"})
    promised = found.bearing.filter("is_commitment").rename({"name": "commitment"})
    asked = correcting.numbers_of(bearing)
    own = correcting.numbers_of(bearing.filter("is_own"))
    whose = correcting.WHOSE
    now = cells.join(asked, on=whose, how="semi")
    changed = _changed(now, found.cells, key, own.select(*whose, is_own=True), whose)
    changed = changed.with_columns(
        commitment=pl.lit(None, pl.String),
        month=pl.when(_is_locked(found, "period")).then("period").otherwise("frozen_in"),
    )
    promises = _changed(
        _as_numbers(commitments.join(promised, on=own_key, how="semi")),
        _as_numbers(earlier),
        own_key,
        promised.filter("is_own").select(*own_key, "is_own"),
        own_key,
    ).with_columns(
        indicator=pl.lit(None, pl.String),
        grain=pl.lit("month"),
        period="month",
        part=pl.lit(None, pl.String),
        month=pl.when(_is_locked(found, "month")).then("month").otherwise("frozen_in"),
    )
    columns = ["month", "indicator", "commitment", *moving.KEY]
    columns += [f"{when}_{name}" for when in ("was", "now") for name in NUMBERS]
    noted = pl.concat([changed.select(columns), promises.select(columns)])
    return noted.filter(_is_locked(found, "month")).to_dicts()


def _is_locked(found: Touched, column: str) -> pl.Expr:
    return pl.col(column).is_in(list(found.kept))


def _as_numbers(commitments: pl.DataFrame) -> pl.DataFrame:
    nothing = {"value": pl.lit(None, pl.Float64), "delivered": pl.lit(None, pl.Int64)}
    return commitments.with_columns(
        numerator=pl.col("kept").cast(pl.Float64),
        denominator=pl.col("due").cast(pl.Float64),
        **nothing,
    )


def _changed(
    now: pl.DataFrame,
    before: pl.DataFrame,
    key: Sequence[str],
    own: pl.DataFrame,
    own_key: Sequence[str],
) -> pl.DataFrame:
    """The rows that are shown otherwise now, with what was and what is under names of their own."""
    was = before.select(
        *key,
        *(pl.col(name).alias(f"was_{name}") for name in NUMBERS),
        was_frozen_in="frozen_in",
    )
    beside = now.with_columns(pl.col(name).alias(f"now_{name}") for name in NUMBERS)
    beside = beside.join(was, on=key, how="left", nulls_equal=True, maintain_order="left")
    beside = beside.join(own, on=own_key, how="left", maintain_order="left")
    differs = pl.any_horizontal(
        pl.col(f"was_{name}").ne_missing(pl.col(f"now_{name}")) for name in NUMBERS
    )
    is_new = pl.col("was_state").is_null() & pl.col("frozen_in").is_not_null()
    came_or_went = (pl.col("was_state") == "missing") != (pl.col("now_state") == "missing")
    is_late = pl.col("is_own").fill_null(value=False) & (is_new | came_or_went)
    return beside.filter(differs & (pl.col("was_frozen_in").is_not_null() | is_late))


# -- versions --------------------------------------------------------------------------------


def versions(
    months: Sequence[Mapping[str, Any]],
    earlier: Sequence[Mapping[str, Any]],
    noted: Sequence[Mapping[str, Any]],
    changed: Sequence[Mapping[str, Any]],
    *,
    number: int,
    at: dt.datetime | None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `month_versions` and of `corrections` of the release that is made.

    Args:
        months: The rows of its months.
        earlier, noted: The rows of both tables of the release before.
        changed: As `changes` gives it.
        number: Of the release.
        at: When what changed came; None where nothing changed.
    """
    known = {(row["month"], row["version"]): dict(row) for row in earlier}
    made = [
        known.pop((row["month"], 1)) if (row["month"], 1) in known else _first(row)
        for row in months
        if row["lock_release"] is not None
    ]
    made += known.values()
    notes = [dict(row) for row in noted]
    for month in sorted({row["month"] for row in changed}):
        mine = [dict(row) for row in changed if row["month"] == month]
        version = 1 + max(row["version"] for row in made if row["month"] == month)
        notes += [row | {"version": version} for row in mine]
        assert at is not None
        made.append(
            {
                "month": month,
                "version": version,
                "release": number,
                "made_at": at,
                "changes": len(mine),
                "same_as": _same_as([row for row in notes if row["month"] == month], version),
            }
        )
    made.sort(key=lambda row: (row["month"], row["version"]))
    return made, notes


def _first(month: Mapping[str, Any]) -> dict[str, Any]:
    """What a lock kept."""
    return {
        "month": month["month"],
        "version": 1,
        "release": month["lock_release"],
        "made_at": month["locked_at"],
        "changes": 0,
        "same_as": None,
    }


def _same_as(notes: Sequence[Mapping[str, Any]], version: int) -> int | None:
    """The earliest version of a month whose numbers its newest version has again.

    Args:
        notes: What changed in the month, the newest version's included.
    """
    for earlier in range(1, version):
        then: dict[Values, Values] = {}
        now: dict[Values, Values] = {}
        for row in sorted(notes, key=lambda row: row["version"]):
            if row["version"] > earlier:
                key = tuple(row[name] for name in ("indicator", "commitment", *moving.KEY))
                then.setdefault(key, tuple(row[f"was_{name}"] for name in NUMBERS))
                now[key] = tuple(row[f"now_{name}"] for name in NUMBERS)
        if then == now:
            return earlier
    return None
