"""What has not changed since the release before: months whose numbers are shown again as they were.

Most of what does not stand still is history that is not due, or that nobody delivered. Where all
that a month's numbers are made of is what the release before shows of it, the numbers are too.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from queries.cards import Card
from queries.combine import HAS_NUMBER
from queries.disclosure import COOPERATION
from queries.moving import KEY
from queries.truth import Measured

OPEN = ("not_due", "missing", "provisional")
"""States in which no lock makes a number stand still: it is shown again whatever was locked."""

_MONTH = ["indicator", "period"]
_KEY = ["indicator", *KEY]
_MEMBERS = ["indicator", "municipality_id", "period"]


def carried(
    measured: Mapping[str, Measured], loaded: Mapping[str, Card], before: pl.DataFrame
) -> pl.DataFrame:
    """The rows of the release before that are the same now, though they do not stand still.

    Only of what is not about persons, and only of whole months of an indicator. A number that is
    shown exactly is the same where its own row and its state are; one of all members together,
    where the rows and the states of all of them are.

    Args:
        measured: What is counted now.
        before: The rows of the release before, made by this very program.
    """
    asked = {
        name: one
        for name, one in measured.items()
        if loaded[name].privacy == "none" and set(one.counted["grain"]) == {"month"}
    }
    if before.is_empty() or not asked:
        return before.clear()
    counted = pl.concat(
        [one.counted.with_columns(indicator=pl.lit(name)) for name, one in asked.items()],
        how="vertical_relaxed",
    )
    known = pl.concat(
        [one.known.with_columns(indicator=pl.lit(name)) for name, one in asked.items()]
    )
    members = known.filter(pl.col("state") != "not_member")
    of_all = members.group_by(_MONTH).agg(members_now=pl.len().cast(pl.Int64))
    was = before.filter(pl.col("indicator").is_in(list(asked))).select(
        *_KEY,
        "members",
        is_still=pl.col("frozen_in").is_not_null(),
        was_state="state",
        was_updated_on="updated_on",
        was_numerator="numerator",
        was_denominator="denominator",
    )
    is_together = pl.col("municipality_id") == COOPERATION
    live = [name for name in asked if loaded[name].is_live]
    rows = (
        _due(counted, [name for name in asked if loaded[name].combine != "none"])
        .join(was, on=_KEY, how="left", nulls_equal=True)
        .join(known, on=_MEMBERS, how="left")
        .join(of_all, on=_MONTH, how="left")
        .with_columns(
            is_together=is_together,
            state=pl.when(is_together)
            .then("was_state")
            .otherwise(pl.col("state").fill_null("not_member")),
            has_member=~is_together & (pl.col("state") != "not_member"),
            is_open=pl.col("was_state").is_in(OPEN) | pl.col("indicator").is_in(live),
        )
    )
    has_number = pl.col("state").is_in(HAS_NUMBER) & pl.col("is_counted")
    same_number = pl.col("numerator").eq_missing(pl.col("was_numerator")) & pl.col(
        "denominator"
    ).eq_missing(pl.col("was_denominator"))
    is_same = pl.col("is_open") & (~has_number | same_number)
    is_same_own = (
        is_same
        & (pl.col("state") == pl.col("was_state"))
        & pl.col("updated_on").eq_missing(pl.col("was_updated_on"))
    )
    is_same_together = is_same & (pl.col("members") == pl.col("members_now").fill_null(0))
    # What stands still may be counted otherwise now. Only of who is no member that is nothing.
    is_nobody = (pl.col("state") == "not_member") & (pl.col("was_state") == "not_member")
    fits = (
        pl.when(pl.col("is_still"))
        .then(pl.col("is_together") | is_nobody)
        .when(pl.col("is_together"))
        .then(is_same_together)
        .otherwise(is_same_own)
        .fill_null(value=False)
    )
    told = (
        rows.with_columns(fits=fits)
        .group_by(_MONTH)
        .agg(
            pl.col("fits").all(),
            places=pl.col("municipality_id").filter("has_member").n_unique(),
            members_now=pl.col("members_now").first().fill_null(0),
        )
        .filter(pl.col("fits") & (pl.col("places") == pl.col("members_now")))
    )
    # A number that is there no more was a point of its series: what is said of later ones moves.
    moving = was.filter(~pl.col("is_still"))
    gone = moving.join(rows, on=_KEY, how="anti", nulls_equal=True)["indicator"].unique()
    same = rows.filter(~pl.col("is_still") & ~pl.col("indicator").is_in(gone.implode()))
    same = same.join(told, on=_MONTH, how="semi")
    return before.join(same, on=_KEY, how="semi", nulls_equal=True)


def _due(counted: pl.DataFrame, summed: list[str]) -> pl.DataFrame:
    """Every number that is due: those that were counted, and the sums of some indicators' rows."""
    numbers = {name: pl.col(name).cast(pl.Float64) for name in ("numerator", "denominator")}
    due = counted.select(*_KEY, **numbers, is_counted=pl.lit(value=True))
    sums = due.filter(pl.col("indicator").is_in(summed)).select(
        pl.lit(COOPERATION).alias(name) if name == "municipality_id" else name for name in _KEY
    )
    nothing = pl.lit(None, pl.Float64)
    return pl.concat(
        [
            due,
            sums.unique().with_columns(
                numerator=nothing, denominator=nothing, is_counted=pl.lit(value=False)
            ),
        ]
    )
