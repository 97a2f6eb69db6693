"""The same random lives without a database: rows, locks, the gate, and what an export would say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from queries import at_least, cards, cell, combine, freezing, gate
from queries.bases import Rows, Truths
from queries.cell import Cell, CellKey
from queries.certificate import Block
from queries.combine import Counted, State
from queries.freezing import Lock
from queries.gate import BlockKey
from tests.queries.attack.random_stores import Life

LOADED = cards.load_all()
HELD = "activities_held"


class Told(Life):
    """A life whose files go nowhere, and whose releases are lists of cells."""

    def begin(self) -> None:
        """Nothing is released yet."""
        self.exports: list[dict[str, Any]] = []
        self._cells: dict[CellKey, Cell] = {}
        self._blocks: dict[BlockKey, Block] = {}
        self._locks: list[Lock] = []
        self._then: dict[int, Mapping[str, Rows]] = {}

    def _put(self, *_: object) -> None:
        pass

    def _rows(self) -> dict[str, Rows]:
        counted: dict[str, list[Counted]] = {name: [] for name in (HELD, *ATTACKED)}
        states: dict[str, dict[tuple[str, dt.date], State]] = {name: {} for name in counted}
        countable = []
        for place in self.places:
            for month in self.months:
                for name, kind in KINDS.items():
                    is_there = (kind, place, month) in self.delivered
                    state = State("measured" if is_there else "missing", None)
                    states[name][place, month] = state
                listed = [row for row in self.waves.get((place, month), []) if row["asked"]]
                countable.append(Counted(place, month, "same_day", 0, len(listed), None))
                self._meetings(place, month, counted)
                self._answers(place, month, counted["response_rate_same_day"])
        made = {name: Rows(rows, states[name]) for name, rows in counted.items()}
        return made | {at_least.COUNTABLE: Rows(countable, {})}

    def _meetings(self, place: str, month: dt.date, counted: dict[str, list[Counted]]) -> None:
        held = self.activities.get((place, month), [])
        for part in (None, *LOADED["participants"].parts):
            came = [
                (row["users"] or 0) + (row["relatives"] or 0)
                for row in held
                if part in (None, row["kind"])
            ]
            counted["participants"].append(
                Counted(place, month, part, sum(came), None, max(came, default=None))
            )
            shown = [
                row
                for row in held
                if part in (None, row["kind"])
                and (row["kind"] != "workshop" or row["users"] or row["relatives"])
            ]
            counted[HELD].append(Counted(place, month, part, len(shown), None, None))

    def _answers(self, place: str, month: dt.date, counted: list[Counted]) -> None:
        waves = self.waves.get((place, month), [])
        listed = [row for row in waves if row["asked"] is not None]
        answers = sum(row["answered"] for row in listed or waves) if waves else None
        asked = sum(row["asked"] for row in listed) if listed else None
        counted.append(Counted(place, month, None, answers or 0, asked if waves else 0, answers))
        loose = sum(row["answered"] for row in waves if row["asked"] is None)
        counted.append(Counted(place, month, "without_list", loose, None, loose if waves else None))

    def release(self) -> None:
        """The month is locked, and a release made."""
        month = self.months[-1]
        self._locks.append(Lock(month, (month + dt.timedelta(days=32)).replace(day=10)))
        rows, number = self._rows(), len(self.exports) + 1
        found = [
            one
            for name, own in rows.items()
            if name in LOADED
            for one in combine.cells(LOADED[name], own.counted, own.states)
            if one.key not in self._cells
        ]
        cells = [*freezing.frozen(found, LOADED, self._locks), *self._cells.values()]
        cells, blocks = gate.gated(
            cells,
            LOADED,
            Truths(rows, lambda entry, *_: self._then[entry]),
            self._cells,
            self._blocks,
            number=number,
            ledger_entry=number,
        )
        self._then[number] = rows
        self._cells = {one.key: one for one in cells if one.frozen_in is not None}
        self._blocks = {(block.indicator, block.tertial): block for block in blocks}
        self.exports.append({"release": {"number": number}, "cells": list(map(_told, cells))})
        self.true[number] = self._truth()


KINDS = {
    "participants": "activities",
    HELD: "activities",
    "response_rate_same_day": "survey_waves",
}
ATTACKED = ("participants", "response_rate_same_day")


def _told(one: Cell) -> dict[str, Any]:
    row = cell.as_row(one)
    return row | {"municipality": row["municipality_id"], "period": row["period"].isoformat()}


def live(seed: int, months: int = 5) -> Told:
    """A random life, with a lock and a release after every month."""
    r = Random(seed)
    places = [f"{3401 + number}" for number in range(r.randint(2, 6))]
    life = Told(Path(), r, places, [], r.choice([12, 20, 45]))
    life.begin()
    leaver, left_from = r.choice([None, *places]), r.randint(2, months)
    late: set[tuple[str, str, dt.date]] = set()
    for number in range(1, months + 1):
        month = dt.date(2026, number, 1)
        life.months.append(month)
        files, late = late, set()
        for place in places:
            life.draw(place, month)
            for kind in ("activities", "survey_waves"):
                if place != leaver or number < left_from:
                    (files if r.random() < 0.9 else late).add((kind, place, month))
        life.deliver(files, _day(month))
        if number > 1 and r.random() < 0.5:
            life.correct(r.choice(places), r.choice(life.months[:-1]), _day(month))
        if number > 1 and r.random() < 0.15:
            life.delivered.discard(r.choice(sorted(life.delivered)))
        life.release()
    return life


def _day(month: dt.date) -> dt.datetime:
    return dt.datetime.combine(month, dt.time(8))


def lives(seeds: range) -> Iterator[Told]:
    """One life for each seed."""
    return map(live, seeds)
