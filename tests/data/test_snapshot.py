"""A snapshot holds what the store holds, however little of it was read anew."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from data import contract, schema, snapshot, store, undo
from data.people import LOCAL
from data.receipts import Receipt
from data.store import Store

SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)

Put = Callable[..., Receipt]


def action(number: int, **more: Any) -> dict[str, Any]:
    return {"action_id": f"T-{number}", "municipality": "3439", "title": f"Tiltak {number}"} | more


def activity(number: int) -> dict[str, Any]:
    return {
        "activity_id": f"A-{number}",
        "municipality": "3439",
        "kind": "workshop",
        "ends_on": OCTOBER,
    }


def answer(form: int, wave: int, value: int = 1) -> dict[str, Any]:
    return {
        "answer_id": f"S-{form}",
        "wave_id": f"U-{wave}",
        "question": "nytte",
        "value": str(value),
        "answered_on": OCTOBER,
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds whose rows were read, in order."""
    found: list[str] = []
    read = schema.in_order

    def noted(kind: str) -> str:
        found.append(kind)
        return read(kind)

    monkeypatch.setattr(schema, "in_order", noted)
    return found


def whole(opened: Store) -> dict[str, pl.DataFrame]:
    """What a snapshot should hold of each kind."""
    return snapshot.rows_of(opened, contract.all_kinds())


def is_whole(folder: Path) -> bool:
    with store.opened(folder) as opened:
        taken, expected = snapshot.taken(opened).tables, whole(opened)
    return all(taken[name].equals(rows) for name, rows in expected.items())


def test_answers_of_two_waves_may_have_the_same_numbers(folder: Path, put: Put) -> None:
    put(folder, "survey_answers", *(answer(form, 1) for form in (1, 2)))
    with store.opened(folder) as opened:
        snapshot.taken(opened)
    put(folder, "survey_answers", *(answer(form, 2, value=5) for form in (1, 2, 3)))
    put(folder, "survey_answers", answer(2, 1, value=4))
    with store.opened(folder) as opened:
        rows = snapshot.taken(opened).tables["current_survey_answers"]
    found = sorted(rows.select("wave_id", "answer_id", "value").rows())
    assert found == [
        ("U-1", "S-1", "1"),
        ("U-1", "S-2", "4"),
        ("U-2", "S-1", "5"),
        ("U-2", "S-2", "5"),
        ("U-2", "S-3", "5"),
    ]
    assert is_whole(folder)


def test_after_an_upload_only_its_kinds_are_read(folder: Path, put: Put, asked: list[str]) -> None:
    put(folder, "activities", activity(1))
    assert is_whole(folder)
    first = put(folder, "actions", action(1))
    for turn in (None, undo.withdraw, undo.bring_back):
        with store.opened(folder) as opened:
            if turn is not None:
                turn(opened, first.upload_id, LOCAL)
            asked.clear()
            snapshot.taken(opened)
        assert asked == ["actions"]
        assert is_whole(folder)


def test_a_file_that_covers_a_kind_without_rows_is_read_too(folder: Path, put: Put) -> None:
    put(folder, "actions", action(1), action(2))
    assert is_whole(folder)
    put(folder, "actions", municipalities=["3439"])
    assert is_whole(folder)
    with store.opened(folder) as opened:
        assert snapshot.taken(opened).tables["current_actions"].is_empty()


def test_what_passes_is_not_kept(folder: Path, put: Put) -> None:
    first = put(folder, "actions", action(1))
    put(folder, "actions", action(2))
    for _ in range(2):
        with store.opened(folder) as opened:
            with opened.as_of(first.upload_id):
                then = snapshot.taken(opened).tables["current_actions"]
            now = snapshot.taken(opened).tables["current_actions"]
        assert then["action_id"].to_list() == ["T-1"]
        assert now["action_id"].to_list() == ["T-2"]


def test_an_earlier_copy_that_is_put_back_and_lives_on_is_read_anew(
    folder: Path, tmp_path: Path, put: Put
) -> None:
    put(folder, "actions", action(1), raw=b"1")
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    put(folder, "actions", action(2), raw=b"2")
    assert is_whole(folder)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    # Its ledger is as long as the one that was there, and its rows are others.
    put(folder, "activities", activity(1), raw=b"3")
    put(folder, "activities", activity(2), raw=b"4")
    assert is_whole(folder)


def test_nothing_is_kept_of_another_store(folder: Path, tmp_path: Path, put: Put) -> None:
    put(folder, "actions", action(1))
    assert is_whole(folder)
    store.create(tmp_path / "other")
    assert is_whole(tmp_path / "other")
    assert is_whole(folder)


def test_more_than_fits_is_not_kept(
    folder: Path, put: Put, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "KEPT_BYTES", 0)
    put(folder, "actions", action(1))
    for _ in range(2):
        asked.clear()
        with store.opened(folder) as opened:
            snapshot.taken(opened)
        assert sorted(asked) == sorted(contract.all_kinds())


def test_whether_months_have_changed_since_an_entry(folder: Path, put: Put) -> None:
    first = put(folder, "actions", action(1), raw=b"1")
    second = put(folder, "actions", action(2), raw=b"2")
    with store.opened(folder) as opened:
        undo.withdraw(opened, second.upload_id, LOCAL)
        undone = opened.last_entry()
        touches = snapshot.taken(opened).tables["touches"]
    for entry, has_changed in ((first.upload_id, True), (undone, False)):
        for kinds, month, is_asked_for in (
            (["actions"], OCTOBER, True),
            (["activities"], OCTOBER, False),
            (["actions"], SEPTEMBER, False),
        ):
            found = snapshot.has_changed(touches, entry, kinds, month, month)
            assert found is (has_changed and is_asked_for)


def test_of_rows_that_are_added_to_only_those_that_came_are_read(
    folder: Path, put: Put, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "survey_answers", answer(1, 1), answer(2, 1), answer(3, 2), raw=b"1")
    assert is_whole(folder)
    read: list[int] = []
    frame = Store.frame

    def counted(opened: Store, sql: str, parameters: Any = None) -> pl.DataFrame:
        found = frame(opened, sql, parameters)
        if "rows_survey_answers" in sql:
            read.append(found.height)
        return found

    monkeypatch.setattr(Store, "frame", counted)
    # One form again, and a wave whole that is new.
    put(folder, "survey_answers", answer(2, 1, value=4), raw=b"2")
    put(folder, "survey_answers", answer(4, 3), raw=b"3", whole_waves=("U-3",))
    with store.opened(folder) as opened:
        asked.clear()
        found = snapshot.taken(opened).tables["current_survey_answers"]
    assert asked == []
    assert read == [2]
    assert found["answer_id"].to_list() == ["S-1", "S-3", "S-2", "S-4"]
    assert found["value"].to_list() == ["1", "1", "4", "1"]
    assert is_whole(folder)


def test_what_a_wave_that_came_whole_stood_in_place_of_counts_again(folder: Path, put: Put) -> None:
    put(folder, "survey_answers", answer(1, 2), raw=b"1")
    put(folder, "survey_answers", answer(1, 1), raw=b"2")
    assert is_whole(folder)
    put(folder, "survey_answers", answer(2, 1), raw=b"3", whole_waves=("U-1",))
    with store.opened(folder) as opened:
        found = snapshot.taken(opened).tables["current_survey_answers"]
    assert found.select("answer_id", "wave_id").rows() == [("S-1", "U-2"), ("S-2", "U-1")]
    assert is_whole(folder)


@pytest.mark.parametrize("seed", range(16))
def test_whatever_happens_a_snapshot_is_whole(folder: Path, put: Put, seed: int) -> None:
    luck = Random(seed)
    uploads: list[Receipt] = []
    for number in range(10):
        match luck.choice(("actions", "activities", "answers", "answers", "turn")):
            case "answers":
                waves = [luck.randint(1, 3) for _ in range(luck.randint(1, 3))]
                rows = [answer(luck.randint(1, 6), wave, luck.randint(1, 5)) for wave in waves]
                whole = tuple(f"U-{wave}" for wave in waves if luck.random() < 0.4)
                more = {"raw": b"%d" % number, "whole_waves": whole}
                uploads.append(put(folder, "survey_answers", *rows, **more))
            case "actions":
                rows = [action(luck.randint(1, 4)), action(luck.randint(5, 8))]
                uploads.append(put(folder, "actions", *rows, raw=b"%d" % number))
            case "activities":
                uploads.append(
                    put(folder, "activities", activity(luck.randint(1, 4)), raw=b"%d" % number)
                )
            case "turn" if uploads:
                with store.opened(folder) as opened:
                    one = luck.choice(uploads).upload_id
                    try:
                        undo.withdraw(opened, one, LOCAL)
                    except store.RefusedError:
                        undo.bring_back(opened, one, LOCAL)
        if luck.random() < 0.7:
            assert is_whole(folder)
