"""A part of a full list is added to it: nothing is gone because it is not among the rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import store, undo, uploads
from data.difference import foreseen
from data.people import LOCAL
from data.receipts import Receipt
from data.uploads import Upload

OCTOBER = dt.date(2026, 10, 1)

Prepared = Callable[..., Upload]
Put = Callable[..., Receipt]


def action(number: int, **more: Any) -> dict[str, Any]:
    return {"action_id": f"T-{number}", "municipality": "3439", "title": f"Tiltak {number}"} | more


def put_part(folder: Path, upload: Upload, **more: Any) -> Receipt:
    with store.opened(folder) as opened:
        return uploads.commit(opened, dataclasses.replace(upload, is_part=True, **more), LOCAL)


def titles(folder: Path) -> list[str]:
    with store.opened(folder) as opened:
        return [title for (title,) in opened.rows("select title from current_actions order by all")]


def test_a_part_of_a_list_leaves_the_rows_that_are_not_in_it(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2), action(3))
    changed = prepared("actions", action(2, title="Endret"), action(4), raw=b"part")
    put_part(folder, changed)
    assert titles(folder) == ["Endret", "Tiltak 1", "Tiltak 3", "Tiltak 4"]


def test_the_next_whole_list_is_whole_again_and_undoing_it_brings_the_part_back(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2))
    put_part(folder, prepared("actions", action(3), raw=b"part"))
    whole = put(folder, "actions", action(2))
    assert titles(folder) == ["Tiltak 2"]
    with store.opened(folder) as opened:
        undo.withdraw(opened, whole.upload_id, LOCAL)
    assert titles(folder) == ["Tiltak 1", "Tiltak 2", "Tiltak 3"]


def test_undoing_the_part_or_the_list_below_it_leaves_the_other(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    whole = put(folder, "actions", action(1), action(2))
    part = put_part(folder, prepared("actions", action(3), raw=b"part"))
    with store.opened(folder) as opened:
        undo.withdraw(opened, whole.upload_id, LOCAL)
    assert titles(folder) == ["Tiltak 3"]
    with store.opened(folder) as opened:
        undo.bring_back(opened, whole.upload_id, LOCAL)
        undo.withdraw(opened, part.upload_id, LOCAL)
    assert titles(folder) == ["Tiltak 1", "Tiltak 2"]


def test_a_part_can_be_the_first_that_is_stored(folder: Path, prepared: Prepared) -> None:
    put_part(folder, prepared("actions", action(3), raw=b"part"))
    assert titles(folder) == ["Tiltak 3"]


def test_the_difference_of_a_part_has_nothing_gone(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2))
    part = prepared("actions", action(2), action(3), raw=b"part")
    with store.opened(folder) as opened:
        found = foreseen(opened, part.tables, part.covers, is_part=True)["actions"]
        whole = foreseen(opened, part.tables, part.covers)["actions"]
    assert (found.new, found.gone, found.same) == ((("T-3",),), (), 1)
    assert whole.gone == (("T-1",),)


def test_two_municipalities_that_number_alike_are_compared_each_with_its_own(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(1, municipality="3440"))
    coming = prepared("actions", action(1, title="Endret"), action(2, municipality="3440"))
    covers = frozenset({*coming.covers, ("actions", "3440", OCTOBER)})
    with store.opened(folder) as opened:
        found = foreseen(opened, coming.tables, covers)["actions"]
    assert found.changes == ((("T-1",), "title", "Tiltak 1", "Endret"),)
    assert (found.new, found.gone, found.same) == ((("T-2",),), (("T-1",),), 0)


def test_the_list_of_what_is_left_is_kept_beside_the_file(folder: Path, prepared: Prepared) -> None:
    left = b"tiltak_id;problem\r\nT-9;mangler\r\n"
    receipt = put_part(
        folder, prepared("actions", action(1), raw=b"part", facts={"left_rows": 1}), left=left
    )
    assert receipt.left_rows == 1
    assert (folder / store.FILES / receipt.facts["left_sha256"]).read_bytes() == left


def test_the_same_bytes_with_fewer_rows_left_are_no_repeat(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    first = put_part(folder, prepared("actions", action(1), raw=b"raw", facts={"left_rows": 1}))
    again = put_part(folder, prepared("actions", action(1), raw=b"raw", facts={"left_rows": 1}))
    assert again.is_repeat
    whole = put(folder, "actions", action(1), action(2), raw=b"raw")
    assert not whole.is_repeat
    assert whole.upload_id > first.upload_id


def test_a_store_of_an_older_version_learns_of_parts_with_the_first_one(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2))
    with store.opened(folder) as opened:
        # As the view was: the newest list is whatever came last.
        opened._connection.execute(
            "create or replace view current_actions as select * from rows_actions"
            " where upload_id = (select max(upload_id) from coverage)"
        )
    put_part(folder, prepared("actions", action(3), raw=b"part"))
    assert titles(folder) == ["Tiltak 1", "Tiltak 2", "Tiltak 3"]
