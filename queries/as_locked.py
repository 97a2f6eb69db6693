"""What was known of actions when a month was locked, for a locked month that is corrected.

A row tells only of its last change. Where that came after the month, what was known when the month
was locked is what is told of the month again (indicators.md 2, "Dates decide").
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data import snapshot, store
from data.acts import month_end
from queries import ask, cards, sql
from queries.builder import Builder


def asking(rows: pl.DataFrame) -> list[str]:
    """Of the indicators of these rows, those that ask what was known when a month was locked."""
    return [
        name
        for name in rows["indicator"].unique()
        if "clean_actions_when_locked" in sql.text(cards.FOLDER / f"{name}.sql")
    ]


def put_actions(
    builder: Builder, folder: Path, kept: Mapping[dt.date, int], rows: pl.DataFrame
) -> bool:
    """Put due dates and last changes that a list of that time knew otherwise into the builder.

    Args:
        kept: The locked months, each with the release that its lock kept.
        rows: The cells that are corrected.

    Returns:
        Whether anything was known otherwise.
    """
    periods = rows.filter(pl.col("indicator").is_in(asking(rows)))["period"].unique()
    by_release: dict[int, list[dt.date]] = defaultdict(list)
    for month in sorted({*periods} & set(kept)):
        by_release[kept[month]].append(month)
    entries = {
        release: entry_of(folder, release) for release in by_release if is_there(folder, release)
    }
    if not entries:
        return False
    now = builder.table("clean_actions")
    then = {}
    with store.opened(folder) as opened:
        for release, entry in entries.items():
            with opened.as_of(entry):
                then[release] = snapshot.rows_of(opened, ["actions"])["current_actions"]
    is_any = False
    for release, listed in then.items():
        known = listed.select(
            "action_id", "due_on", "changed_on", municipality_id="municipality"
        ).join(
            now.select("action_id", "municipality_id", now_on="changed_on"),
            on=["action_id", "municipality_id"],
        )
        for month in by_release[release]:
            since = known.filter(pl.col("now_on") > month_end(month)).drop("now_on")
            builder.add("actions_when_locked", since.with_columns(month=pl.lit(month)))
            is_any |= not since.is_empty()
    return is_any


def entry_of(folder: Path, release: int) -> int:
    """The last entry of the ledger that a release holds."""
    return int(ask.ask("release", store=folder, release=release)["ledger_entry"][0])


def is_there(folder: Path, release: int) -> bool:
    """Whether a release can still be read."""
    try:
        entry_of(folder, release)
    except (ask.NoReleaseError, sql.UnreadableError):
        return False
    return True
