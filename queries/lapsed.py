"""What a rule suggested and no row bears out any more: closed, and said so, not gone.

A rule that stops holding on a day in the rows closes its suggestion by that day. A correction may
also leave no trace of what was suggested, as when a recommendation is counted afterwards; then the
release before is all that remembers it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from queries import ask


def with_lapsed(
    tables: Mapping[str, pl.DataFrame], folder: Path, previous: int, today: dt.date
) -> dict[str, pl.DataFrame]:
    """The tables of deviations and their turns, with what the release before alone remembers.

    Args:
        tables: "deviations" and "deviation_turns" as the store gives them now.
        previous: The release before; 0 for none, and one of an earlier version remembers nothing.
        today: When what had been suggested closed.
    """
    now, turns = tables["deviations"], tables["deviation_turns"]
    if previous == 0 or not ask.is_of_this_version(folder, previous):
        return {"deviations": now, "deviation_turns": turns}
    key = ["deviation_id"]
    # What the same rule says of the same row from another day is the same thing, told better: the
    # day it is looked at from moves when history is locked, or a date in the row is mended.
    same = ["rule", "municipality_id", "row_key"]
    again = now.group_by(same).agg(again_on=pl.col("since_on").min())
    is_over = (pl.col("state") == "closed") & (pl.col("until_on") <= pl.col("again_on"))
    gone = (
        ask.ask("deviations", store=folder, release=previous)
        .join(now, on=key, how="anti")
        .join(again, on=same, how="left")
        .filter(pl.col("again_on").is_null() | is_over)
        .drop("again_on")
    )
    is_open = pl.col("state") == "suggested"
    closing = gone.filter(is_open)
    lapsed = gone.with_columns(
        until_on=pl.when(is_open).then(today).otherwise("until_on"),
        holds=pl.lit(value=False),
        state=pl.lit("closed"),
        state_on=pl.when(is_open).then(today).otherwise("state_on"),
    )
    then = ask.ask("deviation_turns", store=folder, release=previous).join(gone, on=key, how="semi")
    is_last = pl.col("to_on").is_null() & pl.col("deviation_id").is_in(
        closing["deviation_id"].implode()
    )
    ended = then.with_columns(to_on=pl.when(is_last).then(today).otherwise("to_on"))
    last = then.filter(is_last).with_columns(
        turn=pl.col("turn") + 1,
        state=pl.lit("closed"),
        from_on=pl.lit(today),
        who_role=pl.lit(None, pl.String),
        reason=pl.lit(None, pl.String),
    )
    return {
        "deviations": _beside(now, lapsed).sort("deviation_id"),
        "deviation_turns": _beside(turns, ended, last).sort("deviation_id", "turn"),
    }


def _beside(first: pl.DataFrame, *others: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([first, *(other.select(first.columns).cast(first.schema) for other in others)])
