"""What can still move: the months of an indicator in which not every number stands still.

A number that a lock froze is shown again as it was, so nothing of its period is counted anew. Of
ten years that leaves the last months, and those for which something is still to be delivered.
"""

from __future__ import annotations

import polars as pl

from queries.cards import Card
from queries.disclosure import COOPERATION
from queries.truth import Measured

KEY = ["municipality_id", "grain", "period", "part"]
"""What identifies a number of one indicator."""


def still_moving(card: Card, measured: Measured, still: pl.DataFrame) -> Measured:
    """The rows of the months in which some number of the indicator does not stand still.

    Args:
        still: The indicator's rows of the release before that stand still, by KEY.
    """
    if measured.counted.is_empty():
        return measured
    due = _due(card, measured) if card.privacy == "none" else _due_in_tertials(card, measured)
    periods = _without(due, still)["period"].unique()
    if card.privacy == "none":
        return measured.within(periods)
    # Persons and answers of a tertial are audited together.
    tertials = pl.DataFrame({"period": periods}).select(tertial_of("period"))["period"]
    months = measured.counted.filter(tertial_of("period").is_in(tertials.implode()))["period"]
    return measured.within(months.unique())


def _due(card: Card, measured: Measured) -> pl.DataFrame:
    """What identifies the numbers that are not about persons: every row, and their sums."""
    due = measured.counted.select(KEY)
    if card.combine == "none":
        return due
    return pl.concat([due, due.with_columns(municipality_id=pl.lit(COOPERATION)).unique()])


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


def _without(due: pl.DataFrame, still: pl.DataFrame) -> pl.DataFrame:
    return due.join(still, on=KEY, how="anti", nulls_equal=True)
