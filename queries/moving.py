"""What can still move: the months of an indicator in which not every number stands still.

A number that a lock froze is shown again as it was, so nothing of its period is counted anew. Of
ten years that leaves the last months, and those for which something is still to be delivered.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from queries import truth
from queries.cards import Card
from queries.disclosure import COOPERATION
from queries.truth import Measured

_TYPES = {
    "municipality_id": pl.String,
    "grain": pl.String,
    "period": pl.Date,
    "part": pl.String,
}

KEY = list(_TYPES)
"""What identifies a number of one indicator."""


def still_moving(
    loaded: Mapping[str, Card], measured: Mapping[str, Measured], still: pl.DataFrame
) -> dict[str, Measured]:
    """The rows of the months in which some number of their indicator does not stand still.

    Args:
        measured: By indicator.
        still: The rows of the release before that stand still, by indicator and KEY.
    """
    asked = {name: one for name, one in measured.items() if not one.counted.is_empty()}
    if not asked:
        return dict(measured)
    due = pl.concat(
        [_due(loaded, asked)]
        + [
            _due_in_tertials(loaded[name], one).select(pl.lit(name).alias("indicator"), *KEY)
            for name, one in asked.items()
            if loaded[name].privacy != "none"
        ]
    )
    moving = due.join(still, on=["indicator", *KEY], how="anti", nulls_equal=True)
    periods = {
        str(name): found["period"].unique()
        for (name,), found in moving.partition_by("indicator", as_dict=True).items()
    }
    none = pl.Series("period", [], pl.Date)
    months = {
        name: _counted_with(loaded[name], one, periods.get(name, none))
        for name, one in asked.items()
    }
    found = truth.within([(one, months[name]) for name, one in asked.items()])
    return dict(measured) | dict(zip(asked, found, strict=True))


def _counted_with(card: Card, measured: Measured, periods: pl.Series) -> pl.Series:
    """The months that are counted anew where a number of these moves."""
    if card.privacy == "none" or periods.is_empty():
        return periods
    # Persons and answers of a tertial are audited together.
    tertials = pl.DataFrame({"period": periods}).select(tertial_of("period"))["period"]
    months = measured.counted.filter(tertial_of("period").is_in(tertials.implode()))["period"]
    return months.unique()


def _due(loaded: Mapping[str, Card], measured: Mapping[str, Measured]) -> pl.DataFrame:
    """What identifies the numbers that are not about persons: every row, and their sums."""
    exact = [name for name in measured if loaded[name].privacy == "none"]
    due = pl.concat(
        [
            pl.DataFrame(schema={"indicator": pl.String, **_TYPES}),
            *(
                measured[name].counted.select(pl.lit(name).alias("indicator"), *KEY)
                for name in exact
            ),
        ]
    )
    summed = [name for name in exact if loaded[name].combine != "none"]
    sums = due.filter(pl.col("indicator").is_in(summed))
    return pl.concat([due, sums.with_columns(municipality_id=pl.lit(COOPERATION)).unique()])


def _due_in_tertials(card: Card, measured: Measured) -> pl.DataFrame:
    """The same of persons and answers: by month, by tertial, and by line of a breakdown."""
    counted = measured.counted
    first, last = counted["period"].min(), counted["period"].max()
    months = counted.select("period").unique()
    tertials = months.select(tertial_of("period")).unique().filter(pl.col("period") >= first)
    together = {"municipality_id": pl.lit(COOPERATION), "part": pl.lit(None, pl.String)}
    whole = tertials if card.is_by_tertial else months
    grain = pl.lit("tertial" if card.is_by_tertial else "month")
    due = [whole.with_columns(**together, grain=grain)]
    if not card.is_cooperation_only:
        members = measured.known.filter(pl.col("state") != "not_member").join(months, on="period")
        own = members.select("municipality_id", tertial_of("period")).unique()
        own = own.join(tertials, on="period")
        due.append(own.with_columns(part=together["part"], grain=pl.lit("tertial")))
    closed = pl.col("period").dt.offset_by("3mo") <= last
    parts = pl.DataFrame({"part": measured.parts}, schema={"part": pl.String})
    lines = tertials.filter(closed).join(parts, how="cross")
    due.append(lines.with_columns(municipality_id=pl.lit(COOPERATION), grain=pl.lit("tertial")))
    return pl.concat([one.select(KEY) for one in due])


def tertial_of(column: str) -> pl.Expr:
    """The first day of the tertial; `disclosure.tertial_of` for a column."""
    period = pl.col(column)
    first = (period.dt.month().cast(pl.Int32) - 1) // 4 * 4 + 1
    return pl.date(period.dt.year(), first, 1).alias(column)
