"""Undo and restore turn one upload and no other, and the store is then as if it had never been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import contract, receipts, store, undo
from data.people import LOCAL, Person
from data.receipts import Receipt
from data.store import RefusedError, Store

Put = Callable[..., Receipt]


def action(number: int, place: str = "3439", **more: Any) -> dict[str, Any]:
    return {"action_id": f"T-{number}", "municipality": place, "title": f"Tiltak {number}"} | more


def now(folder: Path, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a kind that count now, in order."""
    names = ", ".join(columns)
    with store.opened(folder) as opened:
        return opened.rows(f"select {names} from current_{kind} order by all")


def test_undo_takes_one_upload_back_and_leaves_later_ones(folder: Path, put: Put) -> None:
    first = put(folder, "activities", {"activity_id": "A-1", "municipality": "3439", "users": 4})
    put(folder, "activities", {"activity_id": "A-2", "municipality": "3439", "users": 5})
    with store.opened(folder) as opened:
        receipt = undo.withdraw(opened, first.upload_id, LOCAL)
        assert not receipt.is_active
        assert receipt.withdrawn_at is not None
        assert [found.is_active for found in receipts.newest_first(opened)] == [True, False]
    assert now(folder, "activities", "activity_id") == [("A-2",)]


def test_undo_brings_back_what_the_upload_had_changed(folder: Path, put: Put) -> None:
    put(folder, "activities", {"activity_id": "A-1", "municipality": "3439", "users": 4})
    wrong = put(folder, "activities", {"activity_id": "A-1", "municipality": "3439", "users": 40})
    assert now(folder, "activities", "users") == [(40,)]
    with store.opened(folder) as opened:
        undo.withdraw(opened, wrong.upload_id, LOCAL)
    assert now(folder, "activities", "users") == [(4,)]


def test_restore_brings_the_rows_back_and_nothing_was_deleted(folder: Path, put: Put) -> None:
    receipt = put(folder, "actions", action(1))
    with store.opened(folder) as opened:
        undo.withdraw(opened, receipt.upload_id, LOCAL)
        assert opened.rows("select count(*) from rows_actions") == [(1,)]
        assert opened.rows("select count(*) from current_coverage") == [(0,)]
        restored = undo.bring_back(opened, receipt.upload_id, LOCAL)
        assert restored.is_active
        assert [entry.act for entry in opened.entries()] == ["upload", "undo", "restore"]
    assert now(folder, "actions", "action_id") == [("T-1",)]
    assert (folder / store.FILES / receipt.sha256).is_file()


def test_an_upload_can_be_undone_again_after_it_was_restored(folder: Path, put: Put) -> None:
    number = put(folder, "actions", action(1)).upload_id
    with store.opened(folder) as opened:
        for _ in range(2):
            undo.withdraw(opened, number, LOCAL)
            undo.bring_back(opened, number, LOCAL)
        undo.withdraw(opened, number, LOCAL)
    assert now(folder, "actions", "action_id") == []


def test_undo_and_restore_refuse_what_is_done_already(folder: Path, put: Put) -> None:
    number = put(folder, "actions", action(1)).upload_id
    with store.opened(folder) as opened:
        with pytest.raises(RefusedError) as refused:
            undo.bring_back(opened, number, LOCAL)
        assert refused.value.code == "not_withdrawn"
        undo.withdraw(opened, number, LOCAL)
        with pytest.raises(RefusedError) as refused:
            undo.withdraw(opened, number, LOCAL)
        assert refused.value.code == "already_withdrawn"
        with pytest.raises(RefusedError) as refused:
            undo.withdraw(opened, 99, LOCAL)
        assert refused.value.code == "unknown_upload"


def test_a_coordinator_undoes_for_the_own_municipality_only(folder: Path, put: Put) -> None:
    number = put(folder, "actions", action(1), action(2, "3440")).upload_id
    with store.opened(folder) as opened, pytest.raises(RefusedError) as refused:
        undo.withdraw(opened, number, Person("k@example.no", "coordinator", "3439"))
    assert refused.value.facts == {"act": "undo", "municipality": "3440"}


# -- the whole store before and after ----------------------------------------------------------


def fingerprint(opened: Store) -> str:
    """Every row that counts now, of every kind, and what is covered since when."""
    tables = {
        kind: opened.frame(f"from current_{kind} order by all") for kind in contract.all_kinds()
    }
    tables["coverage"] = opened.frame("from current_coverage order by all")
    return "".join(f"{name}{table.write_json()}" for name, table in tables.items())


def test_undo_of_an_old_upload_leaves_what_a_newer_one_says_of_the_same_rows(
    folder: Path, put: Put
) -> None:
    old = put(folder, "activities", {"activity_id": "A-1", "municipality": "3439", "users": 4})
    put(folder, "activities", {"activity_id": "A-1", "municipality": "3439", "users": 5})
    with store.opened(folder) as opened:
        before = opened.rows("from current_activities")
        undo.withdraw(opened, old.upload_id, LOCAL)
        assert opened.rows("from current_activities") == before
        undo.bring_back(opened, old.upload_id, LOCAL)
        assert opened.rows("from current_activities") == before


def test_restoring_an_upload_does_not_overtake_one_that_came_after_it(
    folder: Path, put: Put
) -> None:
    old = put(folder, "actions", action(1, title="Gammel"), action(2))
    with store.opened(folder) as opened:
        undo.withdraw(opened, old.upload_id, LOCAL)
    put(folder, "actions", action(1, title="Ny"))
    with store.opened(folder) as opened:
        undo.bring_back(opened, old.upload_id, LOCAL)
    assert now(folder, "actions", "action_id", "title") == [("T-1", "Ny")]


def test_the_same_bytes_after_undo_and_then_the_first_restored_count_once(
    folder: Path, put: Put
) -> None:
    first = put(folder, "actions", action(1))
    with store.opened(folder) as opened:
        undo.withdraw(opened, first.upload_id, LOCAL)
    again = put(folder, "actions", action(1))
    assert again.upload_id != first.upload_id
    with store.opened(folder) as opened:
        undo.bring_back(opened, first.upload_id, LOCAL)
    assert now(folder, "actions", "action_id", "upload_id") == [("T-1", again.upload_id)]


steps = st.lists(
    st.tuples(st.sampled_from(["put", "undo", "restore"]), st.integers(0, 5), st.integers(0, 3)),
    max_size=10,
)


@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_whatever_was_done_undo_and_restore_of_any_upload_give_the_store_back(
    tmp_path_factory: pytest.TempPathFactory, put: Put, steps: list[tuple[str, int, int]]
) -> None:
    """Also: what counts depends on which uploads are in force, and not on how that came about."""
    folder = tmp_path_factory.mktemp("turned") / "store"
    store.create(folder)
    for step, (what, number, version) in enumerate(steps):
        if what == "put":
            place = "3439" if number % 2 else "3440"
            put(folder, "actions", action(number, place, title=f"{step} {version}"))
            continue
        with store.opened(folder) as opened:
            found = receipts.newest_first(opened)
            one = found[number % len(found)] if found else None
            if one is not None and one.is_active is (what == "undo"):
                turn = undo.withdraw if one.is_active else undo.bring_back
                turn(opened, one.upload_id, LOCAL)
    with store.opened(folder) as opened:
        before = fingerprint(opened)
        for one in receipts.newest_first(opened):
            there, back = undo.withdraw, undo.bring_back
            if not one.is_active:
                there, back = back, there
            there(opened, one.upload_id, LOCAL)
            back(opened, one.upload_id, LOCAL)
            assert fingerprint(opened) == before
