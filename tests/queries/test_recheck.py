"""A release is checked again from what it shows and the store, and planted leaks are caught."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pytest

from data import acts, store, undo
from data.people import LOCAL
from queries import ask, certificate, contents, gate, recheck, release, sql
from queries.cell import from_row
from queries.disclosure import tertial_of
from tests.queries.attack.random_stores import TODAY, Life

PLACES = ["3405", "3436", "3438", "3439"]
CAME = {1: (5, 5, 5, None), 2: (60, 30, 14, 3), 3: (None, None, None, None), 4: (12, None, 11, 2)}
"""By month who came to the meeting of each; January's total alone would tell that all are 5."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with four months, each locked and released."""
    folder = tmp_path_factory.mktemp("lived")
    store.create(folder, demo_today=TODAY)
    life = Life(folder, Random(1), PLACES, [], 20)
    clock = _clock()
    life.found(clock)
    for month, numbers in CAME.items():
        first = dt.date(2026, month, 1)
        for place, users in zip(PLACES, numbers, strict=True):
            meeting = {
                "activity_id": f"{place}-{month}",
                "municipality": place,
                "kind": "dialogue_meeting",
                "ends_on": first.replace(day=14),
                "users": users,
            }
            life.activities[place, first] = [] if users is None else [meeting]
        life.deliver({("activities", place, first) for place in PLACES}, next(clock))
        with store.opened(folder) as opened:
            acts.lock(opened, LOCAL, first, at=next(clock))
        release.bring_up_to_date(folder)
    return folder


def _clock() -> Iterator[dt.datetime]:
    moment = dt.datetime.combine(dt.date(2026, 5, 5), dt.time(8))
    while True:
        yield moment
        moment += dt.timedelta(hours=1)


@pytest.fixture
def folder(lived: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(lived, tmp_path / "store"))


Change = Callable[[dict[str, Any]], dict[str, Any]]


def plant(folder: Path, number: int, change: Change, *, is_signed: bool = False) -> None:
    """Change the cells of a release, with a certificate for the changed file.

    Args:
        is_signed: The certificate says of every tertial that it was audited as it is now.
    """
    path = ask.file_of(folder, number)
    told = certificate.read(path)
    # Not by ask(), which keeps what it has opened.
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = {
            name: connection.execute(f"select * from {name}").pl()
            for name in sql.schema_of(contents.SCHEMA)
        }
    cells = [change(row) for row in tables["cells"].iter_rows(named=True)]
    tables["cells"] = pl.DataFrame(cells, schema=tables["cells"].schema)
    other = path.with_name("other.duckdb")
    sql.write_file(other, contents.SCHEMA, tables)
    if is_signed:
        blocks = []
        for block in told.blocks:
            of = {gate.name_of(cell): cell.of for cell in block.cells}
            members = [
                from_row(row)
                for row in cells
                if (row["indicator"], tertial_of(row["period"])) == (block.indicator, block.tertial)
                and row["frozen_in"] is not None
            ]
            signed = gate.hash_of((cell, of[gate.name_of(cell)]) for cell in members)
            blocks.append(replace(block, hash=signed))
        told = replace(told, blocks=tuple(blocks))
    certificate.write(told, path, other)
    other.replace(path)


def at(row: dict[str, Any], place: str, grain: str, month: int) -> bool:
    return row["part"] is None and (
        row["indicator"],
        row["municipality_id"],
        row["grain"],
        row["period"],
    ) == ("participants", place, grain, dt.date(2026, month, 1))


def codes(folder: Path, number: int) -> list[str]:
    return sorted({finding.code for finding in recheck.rechecked(folder, number).findings})


def test_a_release_that_nobody_touched_passes(lived: Path) -> None:
    for number in (1, 4):
        found = recheck.rechecked(lived, number)
        assert found.passed, found.findings
    assert found.numbers > 0


def test_every_release_has_its_certificate_beside_it(lived: Path) -> None:
    for number in (1, 2, 3, 4):
        told = json.loads(certificate.path_of(ask.file_of(lived, number)).read_bytes())
        assert told["release"] == number
        assert {"indicator", "tertial", "hash", "outcome", "cells", "bounds"} <= set(
            told["blocks"][0]
        )


def test_a_month_that_gives_somebody_away_was_withheld(lived: Path) -> None:
    rows = ask.ask("cells", store=lived).iter_rows(named=True)
    january = next(row for row in rows if at(row, "cooperation", "month", 1))
    assert (january["state"], january["reason"], january["value"]) == ("withheld", "audit", None)


@pytest.mark.parametrize("spoil", ["unlink", "alter"])
def test_a_release_without_a_fitting_certificate_is_not_opened(folder: Path, spoil: str) -> None:
    path = ask.file_of(folder, 2)
    if spoil == "unlink":
        certificate.path_of(path).unlink()
    else:
        path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ask.DiscardedReleaseError):
        ask.ask("cells", store=folder, release=2)
    assert codes(folder, 2) == ["no_certificate"]


def test_a_planted_total_that_gives_somebody_away_is_caught(folder: Path) -> None:
    def show(row: dict[str, Any]) -> dict[str, Any]:
        if not at(row, "cooperation", "month", 1):
            return row
        shown = {"numerator": 15.0, "value": 15.0, "shown": "exact", "reason": None}
        return row | shown | {"state": "measured"}

    plant(folder, 1, show, is_signed=True)
    learnt = [one.learnt for one in recheck.rechecked(folder, 1).findings if one.learnt is not None]
    assert (None, "3405", 5, 5) in {
        (one.attacker, one.number.municipality_id, one.low, one.high) for one in learnt
    }


def test_a_planted_period_that_was_shown_otherwise_before_is_caught(folder: Path) -> None:
    def show(row: dict[str, Any]) -> dict[str, Any]:
        other = {"numerator": 108.0, "value": 108.0}
        return row | other if at(row, "cooperation", "month", 2) else row

    plant(folder, 4, show, is_signed=True)
    assert "reissued" in codes(folder, 4)


def test_a_planted_number_that_is_not_the_audited_one_is_caught(folder: Path) -> None:
    def show(row: dict[str, Any]) -> dict[str, Any]:
        return row | {"band": "10-19"} if at(row, "3439", "tertial", 1) else row

    plant(folder, 4, show)
    assert "changed" in codes(folder, 4)


def test_planted_values_from_the_true_counts_are_caught(folder: Path) -> None:
    spoilt = {"3405": "low", "3436": "value", "3439": "centre"}

    def show(row: dict[str, Any]) -> dict[str, Any]:
        name = spoilt.get(row["municipality_id"])
        return row | {name: 19.0} if name and at(row, row["municipality_id"], "tertial", 1) else row

    plant(folder, 4, show, is_signed=True)
    found = recheck.rechecked(folder, 4).findings
    assert {one.code for one in found} == {"derived"}
    assert {one.cell[1] for one in found if one.cell} == set(spoilt)


def test_a_planted_number_that_no_lock_has_let_out_is_caught(folder: Path) -> None:
    def show(row: dict[str, Any]) -> dict[str, Any]:
        shown = {"band": "0-9", "shown": "band", "reason": "band", "state": "measured"}
        return row | shown if at(row, "3439", "tertial", 1) else row

    plant(folder, 1, show, is_signed=True)
    assert "not_audited" in codes(folder, 1)


# -- locked numbers that are about nobody ----------------------------------------------------------


def test_planted_silent_changes_of_locked_numbers_are_caught(folder: Path) -> None:
    february = dt.date(2026, 2, 1)
    # Under another period it is as if it were gone.
    spoilt: dict[str, dict[str, Any]] = {
        "3405": {"numerator": 7.0, "value": 7.0},
        "3436": {"state": "missing"},
        "3438": {"period": dt.date(2025, 2, 1)},
    }

    def show(row: dict[str, Any]) -> dict[str, Any]:
        key = (row["indicator"], row["period"], row["part"])
        is_held = key == ("activities_held", february, None)
        return row | spoilt.get(row["municipality_id"], {}) if is_held else row

    plant(folder, 4, show)
    found = [one for one in recheck.rechecked(folder, 4).findings if one.code == "unnoted"]
    assert sorted(one.unnoted.municipality_id for one in found if one.unnoted) == sorted(spoilt)
    for one in found:
        assert one.unnoted is not None
        assert (one.indicator, one.unnoted.period, one.earlier) == ("activities_held", february, 2)


def test_a_change_that_a_correction_tells_of_is_not_silent(folder: Path, tmp_path: Path) -> None:
    with store.opened(folder) as opened:
        of_april = max(one.entry for one in opened.entries() if one.act == "upload")
        at_noon = dt.datetime.combine(dt.date(2026, 6, 1), dt.time(12))
        undo.withdraw(opened, of_april, LOCAL, at=at_noon)
    number = release.bring_up_to_date(folder)
    spoilt = Path(shutil.copytree(folder, tmp_path / "spoilt"))
    assert not ask.ask("corrections", store=folder, release=number).is_empty()
    assert "unnoted" not in codes(folder, number)

    def otherwise(row: dict[str, Any]) -> dict[str, Any]:
        is_april = at(row | {"indicator": "participants"}, "3405", "month", 4)
        return row | {"numerator": 5.0} if is_april else row

    # Corrected to one number, and shown as another.
    plant(spoilt, number, otherwise)
    assert "unnoted" in codes(spoilt, number)
