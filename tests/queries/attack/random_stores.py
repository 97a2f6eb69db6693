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

from data import acts, contract, store, undo, uploads
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
    _times: dict[tuple[str, str, dt.date], int] = field(default_factory=dict)

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
            self._times[covered] = self._times.get(covered, 0) + 1

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
        covers = {("municipalities", place, dt.date(2026, 1, 1)) for place in self.places}
        self._put("municipalities", rows, covers, next(clock))

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

    def withdraw(self, month: dt.date, at: dt.datetime) -> None:
        """Take back a file of a month, with all that it brought and no other file did."""
        alone = sorted(
            upload
            for upload in set(self.uploaded.values())
            if self._is_alone(upload)
            and any(of == upload and covered[2] == month for covered, of in self.uploaded.items())
        )
        if alone:
            chosen = self.random.choice(alone)
            with store.opened(self.folder) as opened:
                undo.withdraw(opened, chosen, LOCAL, at=at)
            gone = {covered for covered, of in self.uploaded.items() if of == chosen}
            self.delivered -= gone
            for covered in gone:
                del self.uploaded[covered]

    def _is_alone(self, upload: int) -> bool:
        """Whether nothing that the file brought was ever brought by another one."""
        return all(
            self._times[covered] == 1 for covered, of in self.uploaded.items() if of == upload
        )


def live(folder: Path, seed: int, months: int = 5) -> Life:
    """Make a store and let it live, with a lock and a release after every month.

    Args:
        months: How many, from January 2026.
    """
    r = Random(seed)
    places = [f"{3401 + number}" for number in range(r.randint(2, 6))]
    every = [dt.date(2026, 1 + number, 1) for number in range(months)]
    life = Life(folder, r, places, [], r.choice([12, 20, 45]))
    store.create(folder, demo_today=TODAY)
    life.found(_moments(dt.date(2026, 1, 1)))
    leaver = r.choice([None, *places])
    left_from = r.choice(every[1:])
    late: set[tuple[str, str, dt.date]] = set()
    for month in every:
        life.months.append(month)
        next_month = (month + dt.timedelta(days=32)).replace(day=1)
        clock = _moments(next_month)
        files, late = late, set()
        for place in places:
            life.draw(place, month)
            for kind in ("activities", "survey_waves"):
                if place == leaver and month >= left_from:
                    continue
                (files if r.random() < 0.9 else late).add((kind, place, month))
        life.deliver(files, next(clock))
        earlier = life.months[:-1]
        if earlier and r.random() < 0.5:
            life.correct(r.choice(places), r.choice(earlier), next(clock))
        if earlier and r.random() < 0.15:
            life.withdraw(r.choice(earlier), next(clock))
        with store.opened(folder) as opened:
            acts.lock(
                opened, LOCAL, month, at=dt.datetime.combine(next_month.replace(day=10), NINE)
            )
        life.release()
    return life


def _moments(month: dt.date) -> Iterator[dt.datetime]:
    """Moments after each other on the first days of a month."""
    moment = dt.datetime.combine(month, dt.time(8)).replace(day=4)
    while True:
        yield moment
        moment += dt.timedelta(minutes=5)
