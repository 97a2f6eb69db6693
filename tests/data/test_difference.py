"""What storing a file would change is said before, and is what storing it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data import store, uploads
from data.difference import foreseen
from data.people import LOCAL
from data.receipts import Receipt
from data.uploads import Upload

Put = Callable[..., Receipt]
Prepared = Callable[..., Upload]


def action(number: int, place: str = "3439", **more: Any) -> dict[str, Any]:
    return {"action_id": f"T-{number}", "municipality": place, "title": f"Tiltak {number}"} | more


def now(folder: Path, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a kind that count now, in order."""
    names = ", ".join(columns)
    with store.opened(folder) as opened:
        return opened.rows(f"select {names} from current_{kind} order by all")


def test_the_difference_of_a_list_says_what_is_new_changed_gone_and_the_same(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2), action(3), action(9, "3440"))
    coming = prepared("actions", action(1), action(2, title="Nytt navn"), action(4))
    with store.opened(folder) as opened:
        found = foreseen(opened, coming.tables, coming.covers)["actions"]
        assert opened.last_entry() == 1
    assert found.new == (("T-4",),)
    assert found.changed == (("T-2",),)
    assert found.changes == ((("T-2",), "title", "Tiltak 2", "Nytt navn"),)
    assert found.gone == (("T-3",),)  # T-9 is Øyer's, whom this file does not cover
    assert found.same == 1


def test_the_difference_by_key_never_has_anything_gone(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "survey_waves", {"wave_id": "U1", "municipality": "3439"})
    coming = prepared("survey_waves", {"wave_id": "U2", "municipality": "3439"})
    with store.opened(folder) as opened:
        found = foreseen(opened, coming.tables, coming.covers)["survey_waves"]
    assert (found.new, found.changed, found.gone, found.same) == ((("U2",),), (), (), 0)


def test_what_the_difference_says_is_what_storing_does(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2))
    coming = prepared("actions", action(2, title="Nytt navn"), action(3))
    before = set(now(folder, "actions", "action_id"))
    with store.opened(folder) as opened:
        found = foreseen(opened, coming.tables, coming.covers)["actions"]
        uploads.commit(opened, coming, LOCAL)
    after = set(now(folder, "actions", "action_id"))
    assert after - before == set(found.new)
    assert before - after == set(found.gone)


def test_a_key_that_another_municipality_keeps_is_said(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2), action(9, "3440"))
    # T-1 stays Ringebu's as well; T-7 is nobody's; T-9 is Øyer's own.
    coming = prepared("actions", action(1, "3440"), action(7, "3440"), action(9, "3440"))
    with store.opened(folder) as opened:
        found = foreseen(opened, coming.tables, coming.covers)["actions"]
        assert found.elsewhere == ((("T-1",), "3439", "3440"),)
        uploads.commit(opened, coming, LOCAL)
    assert ("T-1", "3439") in now(folder, "actions", "action_id", "municipality")
    assert ("T-1", "3440") in now(folder, "actions", "action_id", "municipality")


def test_a_key_that_moves_within_a_file_of_both_lists_is_not_elsewhere(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", action(1), action(2))
    moved = ("actions", action(1, "3440"), action(2))
    whole = prepared(*moved)
    with store.opened(folder) as opened:
        found = foreseen(opened, whole.tables, whole.covers)["actions"]
        assert (found.gone, found.elsewhere) == ((("T-1",),), ())
        # Of a part nothing goes, so that both have it.
        part = foreseen(opened, whole.tables, whole.covers, is_part=True)["actions"]
        assert (part.gone, part.elsewhere) == ((), ((("T-1",), "3439", "3440"),))


def test_a_seat_is_the_same_one_when_it_is_filled_from_the_same_day(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    seat = {"seat_id": "V-1", "filled_from": dt.date(2026, 1, 1), "municipality": "3439"}
    put(folder, "seats", seat)
    coming = prepared("seats", seat | {"municipality": "3440"})
    with store.opened(folder) as opened:
        found = foreseen(opened, coming.tables, coming.covers)["seats"]
    assert found.elsewhere == ((("V-1", "2026-01-01"), "3439", "3440"),)
