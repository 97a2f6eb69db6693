"""Small stores with a random life: few persons, late files, corrections, one that leaves."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from data import contract, store, uploads
from data.people import LOCAL
from data.uploads import Upload
from queries import release

Row = dict[str, Any]
Key = tuple[str, str, dt.date, str | None]
"""Indicator, municipality, month, part."""

NINE = dt.time(9)
TODAY = dt.date(2026, 11, 12)
KINDS = ("dialogue_meeting", "dialogue_cafe", "user_panel", "workshop")
POLARS: dict[str, Any] = {
    "text": pl.String,
    "code": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "moment": pl.Datetime,
    "boolean": pl.Boolean,
    "list": pl.List(pl.String),
}


@dataclass
class Life:
    """A store that lives from month to month, and what was true in it at each release.

    Attributes:
        places: The municipalities.
        months: The months that have begun.
        true: By release the true number of every indicator, municipality, month and part, as
            numerator and denominator; what nothing was held of is left out.
    """

    folder: Path
    random: Random
    places: list[str]
    months: list[dt.date]
    size: int
    activities: dict[tuple[str, dt.date], list[Row]] = field(default_factory=dict)
    waves: dict[tuple[str, dt.date], list[Row]] = field(default_factory=dict)
    delivered: set[tuple[str, str, dt.date]] = field(default_factory=set)
    uploaded: dict[tuple[str, str, dt.date], int] = field(default_factory=dict)
    true: dict[int, dict[Key, tuple[int, int | None]]] = field(default_factory=dict)
    _entries: int = 0

    def few(self) -> int:
        """A number of persons, mostly small."""
        return self.random.choice(
            [
                self.random.randint(0, 9),
                self.random.randint(1, 4),
                self.random.randint(0, self.size),
            ]
        )

    def draw(self, place: str, month: dt.date) -> None:
        """What happened in a municipality's month."""
        r = self.random
        day = month.replace(day=14)
        name = f"{place}-{month:%m}"
        held = r.choice([0, 1, 1, 2])
        self.activities[place, month] = [
            {
                "activity_id": f"a-{name}-{number}",
                "municipality": place,
                "kind": r.choice(KINDS),
                "ends_on": day,
                "users": self.few(),
                "relatives": r.choice([None, 0, 0, 1]),
                "user_representatives": r.choice([None, 1]),
            }
            for number in range(held)
        ]
        sent = []
        for number in range(r.choice([0, 1, 1, 2])):
            asked = max(1, self.few())
            sent.append(
                {
                    "wave_id": f"u-{name}-{number}",
                    "municipality": place,
                    "survey": "kurs",
                    "measurement": "same_day",
                    "sent_on": day,
                    "asked": None if r.random() < 0.05 else asked,
                    "delivered": r.choice([None, asked, max(0, asked - r.randint(0, 3))]),
                    "answered": r.choice(
                        [asked, r.randint(0, asked), r.randint(asked // 2, asked)]
                    ),
                }
            )
        self.waves[place, month] = sent

    def deliver(self, files: set[tuple[str, str, dt.date]], at: dt.datetime) -> None:
        """Upload months of municipalities: one file for each kind."""
        for kind, drawn in (("activities", self.activities), ("survey_waves", self.waves)):
            covers = {covered for covered in files if covered[0] == kind}
            if covers:
                rows = [row for _, place, month in sorted(covers) for row in drawn[place, month]]
                self.delivered |= covers
                self._put(kind, rows, covers, at)

    def _put(
        self, kind: str, rows: list[Row], covers: set[tuple[str, str, dt.date]], at: dt.datetime
    ) -> None:
        columns = {column.name: POLARS[column.type] for column in contract.load(kind).columns}
        whole = [{name: row.get(name) for name in columns} for row in rows]
        table = pl.DataFrame(whole, schema=columns, orient="row").with_row_index("line", 2)
        self._entries += 1
        raw = repr((self._entries, kind, rows)).encode()
        upload = Upload(
            f"{kind}.csv",
            raw,
            hashlib.sha256(raw).hexdigest(),
            {kind: table.with_columns(pl.col("line").cast(pl.Int64))},
            frozenset(covers),
        )
        with store.opened(self.folder) as opened:
            receipt = uploads.commit(opened, upload, LOCAL, at=at)
        for covered in covers:
            self.uploaded[covered] = receipt.upload_id

    def found(self, clock: Iterator[dt.datetime]) -> None:
        """The municipalities themselves."""
        rows = [
            {
                "municipality_id": place,
                "name": f"Kommune {place}",
                "joined_on": dt.date(2018, 11, 1),
                "joined_precision": "month",
            }
            for place in self.places
        ]
        at = next(clock)
        month = at.date().replace(day=1)
        self._put("municipalities", rows, {("municipalities", p, month) for p in self.places}, at)

    def release(self) -> None:
        """Make a release, and write down what is true now."""
        self.true[release.bring_up_to_date(self.folder)] = self._truth()

    def _truth(self) -> dict[Key, tuple[int, int | None]]:
        truth: dict[Key, tuple[int, int | None]] = {}
        for (place, month), rows in self.activities.items():
            if ("activities", place, month) not in self.delivered:
                continue
            for row in rows:
                came = (row["users"] or 0) + (row["relatives"] or 0)
                for part in (None, row["kind"]):
                    key = ("participants", place, month, part)
                    truth[key] = (truth.get(key, (0, None))[0] + came, None)
        for (place, month), rows in self.waves.items():
            if ("survey_waves", place, month) not in self.delivered or not rows:
                continue
            listed = [row for row in rows if row["asked"] is not None]
            truth["response_rate_same_day", place, month, None] = (
                sum(row["answered"] for row in listed or rows),
                sum(row["asked"] for row in listed) if listed else None,
            )
        return truth

    def correct(self, place: str, month: dt.date, at: dt.datetime) -> None:
        """Somebody finds that a month was counted wrongly, by a few persons."""
        r = self.random
        for row in self.activities[place, month]:
            row["users"] = max(0, row["users"] + r.choice([-2, -1, 1, 2, 5]))
        for row in self.waves[place, month]:
            most = 50 if row["asked"] is None else row["asked"]
            row["answered"] = min(most, row["answered"] + r.choice([0, 1, 2]))
        self.deliver({(kind, place, month) for kind in ("activities", "survey_waves")}, at)
