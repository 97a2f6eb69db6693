"""The demo files as somebody gets them in who knows nothing of how they were made."""

from __future__ import annotations

import calendar
import datetime as dt
import fcntl
import os
import pickle
import tomllib
from dataclasses import dataclass, field
from typing import Any

import pytest

from data import contract, mapping_tables
from data.demo.make import EVENTS, FILES, FOLDER
from data.intake import Intake, take_in
from data.known import Known, KnownWave
from data.people import Person

Row = dict[str, Any]


@dataclass
class Lived:
    """Everything that has come in when the story is over.

    Attributes:
        rows: By kind, what counts in the end.
        intakes: By file, how it was understood when it came.
        delivered: (kind, municipality, month) → when it was first covered.
        entries: Everything in events.toml, in its order.
    """

    entries: list[Row]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    intakes: dict[str, Intake] = field(default_factory=dict)
    delivered: dict[tuple[str, str, dt.date], dt.datetime] = field(default_factory=dict)

    def row(self, kind: str, column: str, value: str) -> Row:
        """The one row with this value."""
        found = [row for row in self.rows[kind] if row[column] == value]
        assert len(found) == 1, (kind, value, len(found))
        return found[0]

    def acts(self, act: str) -> list[Row]:
        return [entry for entry in self.entries if entry.get("act") == act]

    def courses(self) -> list[Row]:
        return [row for row in self.rows["activities"] if row["kind"] == "course"]

    def waves_of(self, activity: str, measurement: str) -> list[dt.date]:
        """When this evaluation of an activity was sent."""
        return [
            wave["sent_on"]
            for wave in self.rows["survey_waves"]
            if wave["activity_id"] == activity and wave["measurement"] == measurement
        ]

    def answers_by_wave(self) -> dict[str, int]:
        """How many filled in the questionnaire, by wave."""
        counted: dict[str, set[str]] = {}
        for row in self.rows["survey_answers"]:
            counted.setdefault(row["wave_id"], set()).add(row["answer_id"])
        return {wave: len(ids) for wave, ids in counted.items()}

    @staticmethod
    def is_open(action: Row, day: dt.date) -> bool:
        """Whether an action is open at the end of the day, by its dates alone."""
        if action["opened_on"] > day or (action["closed_on"] and action["closed_on"] <= day):
            return False
        done, again = action["done_on"], action["reopened_on"]
        return not (done and done <= day) or bool(again and done < again <= day)

    @staticmethod
    def half_year_after(day: dt.date) -> dt.date:
        """The same day six months later, or the last day of a shorter month."""
        year, month = (day.year, day.month + 6) if day.month <= 6 else (day.year + 1, day.month - 6)
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

    @staticmethod
    def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
        """The last days of the months from the first day's to the last day's."""
        return [
            month.replace(day=calendar.monthrange(month.year, month.month)[1])
            for month in months_between(first, last)
        ]


def month_of(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = [first.year * 12 + first.month - 1 + more for more in range(count)]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]


class _Desk:
    """Takes files in one by one, and keeps what a store would keep."""

    def __init__(self, entries: list[Row]) -> None:
        self.lived = Lived(entries)
        self.held: dict[str, dict[tuple[Any, ...], Row]] = {
            kind: {} for kind in contract.all_kinds()
        }

    def known(self) -> Known:
        rows = {kind: list(held.values()) for kind, held in self.held.items()}
        return Known(
            municipalities={row["municipality_id"]: row["name"] for row in rows["municipalities"]},
            services={row["service_id"]: row["name"] for row in rows["services"]},
            service_owners={row["service_id"]: row["municipality"] for row in rows["services"]},
            waves={
                row["wave_id"]: KnownWave(
                    row["municipality"], row["sent_on"], row["measurement"], row["activity_id"]
                )
                for row in rows["survey_waves"]
            },
            activities=frozenset(row["activity_id"] for row in rows["activities"]),
            feedback=frozenset(row["feedback_id"] for row in rows["feedback"]),
        )

    def deliver(self, entry: Row) -> None:
        path = FOLDER / FILES / entry["file"]
        who = Person("demo", entry["who"]["role"], entry["who"].get("municipality"))
        intake = self.lived.intakes.get(entry["file"])
        if intake is None:
            intake = take_in(
                path.read_bytes(),
                path.name,
                store_knows=self.known(),
                mappings=mapping_tables.shipped(),
                who=who,
                today=entry["at"].date(),
            )
            self.lived.intakes[entry["file"]] = intake
        covered = entry["covers"]["municipalities"]
        for kind, table in intake.tables.items():
            self._keep(kind, table.drop("line").to_dicts(), covered)
            first, last = (month_of(entry["covers"][end]) for end in ("first", "last"))
            for month in months_between(first, last):
                for municipality in covered:
                    self.lived.delivered.setdefault((kind, municipality, month), entry["at"])

    def _keep(self, kind: str, rows: list[Row], covered: list[str]) -> None:
        held = contract.load(kind)
        if held.replaces == "list":
            outside = {row["municipality"] for row in rows} - set(covered)
            assert not outside, f"{kind}: rows of {outside} would never count"
            self.held[kind] = {
                key: row
                for key, row in self.held[kind].items()
                if row["municipality"] not in covered
            }
        self.held[kind] |= {tuple(row[name] for name in held.key): row for row in rows}


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The demo data after its last entry; reading all files takes long, so one worker does it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    kept = shared / "lived"
    with (shared / "lived.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_lived()))
    found = pickle.loads(kept.read_bytes())
    assert isinstance(found, Lived)
    return found


def _lived() -> Lived:
    entries = tomllib.loads((FOLDER / EVENTS).read_text(encoding="utf-8"))["entry"]
    desk = _Desk(entries)
    for entry in entries:
        if "file" in entry:
            desk.deliver(entry)
    desk.lived.rows = {kind: list(held.values()) for kind, held in desk.held.items()}
    return desk.lived
