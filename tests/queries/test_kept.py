"""What locks froze: a store whose releases were lost makes no number about persons anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import snapshot, store
from data.store import RefusedError, Released
from queries import ask, contents, kept, release, sql
from tests.queries.test_release import (
    OCTOBER,
    SEPTEMBER,
    SPRING_TO_OCTOBER,
    at,
    cell,
    lock,
    put,
    unreleased,
)

assert unreleased  # the store of the release's own tests: six municipalities, meetings


@pytest.fixture
def folder(unreleased: Path, tmp_path: Path) -> Path:
    """A copy of it to write in, without any release."""
    return Path(shutil.copytree(unreleased, tmp_path / "store"))


def as_a_new_process() -> None:
    """What a process has read of a release it keeps; another one reads it from the disk."""
    ask._answer.cache_clear()
    sql._reader.cache_clear()


def known(folder: Path) -> Released | None:
    with store.opened(folder) as opened:
        return opened.last_release()


def refused(folder: Path) -> dict[str, Any]:
    as_a_new_process()
    with pytest.raises(RefusedError) as caught:
        release.bring_up_to_date(folder)
    assert caught.value.code == "releases_lost"
    return caught.value.facts


@pytest.fixture
def locked(folder: Path) -> Path:
    """September's attendances are released, and more came for September afterwards."""
    release.bring_up_to_date(folder)
    lock(folder, OCTOBER, at("2026-11-10"))
    release.bring_up_to_date(folder)
    assert cell(folder, "participants", "cooperation", "month", SEPTEMBER)["value"] == 51
    put(folder, "actions", [], SPRING_TO_OCTOBER)
    return folder


def test_the_store_remembers_its_last_release(folder: Path) -> None:
    assert known(folder) is None
    release.bring_up_to_date(folder)
    first = known(folder)
    assert first is not None
    assert (first.number, first.frozen) == (1, 0)
    lock(folder, OCTOBER, at("2026-11-10"))
    number = release.bring_up_to_date(folder)
    assert known(folder) == kept.of_release(folder, number)
    assert kept.of_release(folder, number).frozen > 0


def test_lost_releases_are_not_begun_again(locked: Path) -> None:
    shutil.rmtree(locked / ask.RELEASES)
    assert refused(locked) == {"release": 2, "folder": str(locked / ask.RELEASES)}
    assert not (locked / ask.RELEASES).exists()


def test_a_release_whose_file_is_gone_or_cut_off_is_refused(locked: Path) -> None:
    path = ask.file_of(locked, 2)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused(locked)
    path.unlink()
    refused(locked)
    path.write_bytes(whole)
    as_a_new_process()
    assert release.bring_up_to_date(locked) == 3


def test_releases_from_an_older_backup_are_refused(locked: Path, tmp_path_factory: Any) -> None:
    older = tmp_path_factory.mktemp("backup") / "releases"
    shutil.copytree(locked / ask.RELEASES, older)
    (older / ask.CURRENT).write_text("000001")
    shutil.rmtree(locked / ask.RELEASES)
    shutil.copytree(older, locked / ask.RELEASES)
    refused(locked)
    (locked / ask.RELEASES / ask.CURRENT).write_text("000002")
    as_a_new_process()
    assert release.bring_up_to_date(locked) == 3


def test_a_frozen_number_that_was_changed_in_the_file_is_noticed(locked: Path) -> None:
    path = ask.file_of(locked, 2)
    tables = {
        name: sql.reader(path).execute(f"select * from {name}").pl()
        for name in sql.schema_of(contents.SCHEMA)
    }
    as_a_new_process()
    still = pl.col("frozen_in").is_not_null() & (pl.col("value") == 51)
    changed = tables["cells"].with_columns(
        value=pl.when(still).then(52.0).otherwise(pl.col("value"))
    )
    path.unlink()
    sql.write_file(path, contents.SCHEMA, {**tables, "cells": changed})
    refused(locked)


def test_before_anything_is_frozen_lost_releases_are_made_anew(folder: Path) -> None:
    release.bring_up_to_date(folder)
    shutil.rmtree(folder / ask.RELEASES)
    as_a_new_process()
    assert release.bring_up_to_date(folder) == 1


def test_a_release_that_was_published_unremembered_is_remembered_at_the_next_look(
    folder: Path,
) -> None:
    lock(folder, OCTOBER, at("2026-11-10"))
    with store.opened(folder) as opened:
        taken, about = snapshot.taken(opened), opened.about
    made = release.compute(taken, about, folder)
    made.publish(made.write_beside(folder), folder)  # and then the power went
    assert known(folder) is None
    assert release.bring_up_to_date(folder) == 1
    assert known(folder) == kept.of_release(folder, 1)
    put(folder, "actions", [], SPRING_TO_OCTOBER)
    assert release.bring_up_to_date(folder) == 2


def test_only_what_stands_still_is_remembered_whatever_the_order() -> None:
    key = {"indicator": "a", "municipality_id": "3439", "grain": "month", "part": None}
    facts = {"state": "measured", "numerator": 1.0, "denominator": None, "band": None}
    still = key | facts | {"period": OCTOBER, "value": 1.0, "frozen_in": OCTOBER, "signal": None}
    other = still | {"period": SEPTEMBER}
    moving = still | {"frozen_in": None, "municipality_id": "3440"}

    def remembered(*rows: dict[str, Any]) -> Released:
        cells = contents.as_table(rows, "cells")
        return kept.remembered(1, cells, contents.as_table((), "commitments"))

    known = remembered(still, other, moving)
    assert known.frozen == 2
    assert remembered(other, still) == known
    # What is said about a number is not the number.
    assert remembered(other, still | {"signal": "improvement"}) == known
    assert remembered(other, still | {"value": 2.0}) != known
