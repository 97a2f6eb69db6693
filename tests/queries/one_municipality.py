"""A store of one municipality, filled as uploads fill it, for tests of its releases."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import polars as pl

from data import acts, contract, store, uploads
from data.people import LOCAL
from data.uploads import Upload
from queries import ask, release
from tests.queries.worlds import Row, day, frame

RINGEBU = "3439"
TODAY = day("2026-11-12")
MONTHS = [dt.date(2026, month, 1) for month in range(1, 11)]


def made_store(folder: Path) -> Path:
    """A store of one municipality, and nothing else yet."""
    store.create(folder, demo_today=TODAY)
    joined = {"joined_on": day("2014-01-01"), "joined_precision": "year"}
    put(folder, "municipalities", [{"municipality_id": RINGEBU, "name": "Ringebu"} | joined])
    return folder


def put(folder: Path, kind: str, rows: list[Row], months: list[dt.date] = MONTHS) -> None:
    """Store rows of a kind, as an upload that covers these months."""
    names = [column.name for column in contract.load(kind).columns]
    whole = frame(f"current_{kind}", rows).select(names).with_row_index("line", 2)
    raw = repr((kind, rows, months)).encode()
    upload = Upload(
        f"{kind}.csv",
        raw,
        hashlib.sha256(raw).hexdigest(),
        {kind: whole.with_columns(pl.col("line").cast(pl.Int64))},
        frozenset((kind, RINGEBU, month) for month in months),
    )
    with store.opened(folder) as opened:
        uploads.commit(opened, upload, LOCAL)


def lock(folder: Path, month: dt.date, on: str) -> None:
    with store.opened(folder) as opened:
        acts.lock(opened, LOCAL, month, at=dt.datetime.fromisoformat(f"{on}T08:00"))


def shown(folder: Path, indicator: str, period: dt.date, grain: str = "month") -> dict[str, Any]:
    """The cell that Ringebu's leader sees."""
    release.bring_up_to_date(folder)
    found = ask.ask("cells", store=folder).filter(
        (pl.col("indicator") == indicator)
        & (pl.col("municipality_id") == RINGEBU)
        & (pl.col("grain") == grain)
        & (pl.col("period") == period)
        & pl.col("part").is_null()
    )
    return found.row(0, named=True)
