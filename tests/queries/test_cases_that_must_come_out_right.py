"""The cases of indicators.md 9 that must come out right, each a test of its own name."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import polars as pl

from data import acts, contract, store, uploads
from data.people import LOCAL
from data.uploads import Upload
from queries import ask, release
from tests.queries.worlds import Row, day, frame, numbers, world

RINGEBU = "3439"
TODAY = day("2026-11-12")
MONTHS = [dt.date(2026, month, 1) for month in range(1, 11)]


# -- a store that is uploaded to and locked ------------------------------------------------------


def made_store(folder: Path) -> Path:
    """A store of one municipality, and nothing else yet."""
    store.create(folder, demo_today=TODAY)
    joined = {"joined_on": day("2014-01-01"), "joined_precision": "year"}
    put(folder, "municipalities", [{"municipality_id": RINGEBU, "name": "Ringebu"} | joined])
    return folder


def put(folder: Path, kind: str, rows: list[Row], months: list[dt.date] = MONTHS) -> None:
    """Store rows of a kind, as an upload that covers these months."""
    names = [column.name for column in contract.load(kind).columns]
    whole = frame(f"current_{kind}", rows).select(names).with_row_index("line", 2)
    raw = repr((kind, rows, months)).encode()
    upload = Upload(
        f"{kind}.csv",
        raw,
        hashlib.sha256(raw).hexdigest(),
        {kind: whole.with_columns(pl.col("line").cast(pl.Int64))},
        frozenset((kind, RINGEBU, month) for month in months),
    )
    with store.opened(folder) as opened:
        uploads.commit(opened, upload, LOCAL)


def lock(folder: Path, month: dt.date, on: str) -> None:
    with store.opened(folder) as opened:
        acts.lock(opened, LOCAL, month, at=dt.datetime.fromisoformat(f"{on}T08:00"))


def shown(folder: Path, indicator: str, period: dt.date, grain: str = "month") -> dict[str, Any]:
    """The cell that Ringebu's leader sees."""
    release.bring_up_to_date(folder)
    found = ask.ask("cells", store=folder).filter(
        (pl.col("indicator") == indicator)
        & (pl.col("municipality_id") == RINGEBU)
        & (pl.col("grain") == grain)
        & (pl.col("period") == period)
        & pl.col("part").is_null()
    )
    return found.row(0, named=True)


# -- 4 -------------------------------------------------------------------------------------------


def test_two_actions_for_one_item_and_one_action_for_two_items_count_right_in_the_loop() -> None:
    asked: Row = {"kind": "change", "received_on": day("2026-02-10")}
    told: Row = {"told_back_channel": "SMS", "what_changed": "Ny nettside"}
    done: Row = {"opened_on": day("2026-03-02"), "done_on": day("2026-06-01")}

    def ways(*actions: Row) -> list[float | None]:
        """Of three items: how many got an action, were done, and were told back."""
        made = world(
            day("2026-01-01"),
            day("2026-04-01"),
            TODAY,
            feedback=[asked | {"feedback_id": number} for number in ("1", "2", "3")],
            actions=[{"action_id": str(n)} | action for n, action in enumerate(actions)],
        )
        found = numbers("loop", made)
        stages = ("action", "done", "told_back")
        return [found[RINGEBU, day("2026-01-01"), stage][0] for stage in stages]

    whole = done | told | {"told_back_on": day("2026-06-20")}
    # One action for two items: both have come as far as it.
    assert ways(whole | {"feedback_ids": ["1", "2"]}) == [2, 2, 2]
    # Two actions for one item: it is one item, and done when both are.
    first, second = whole | {"feedback_ids": ["1"]}, {"feedback_ids": ["1"]}
    assert ways(first, whole | second) == [1, 1, 1]
    assert ways(first, {"opened_on": day("2026-04-01")} | second) == [1, 0, 0]
    # Both done, and users were told of only one: it is not told back.
    assert ways(first, done | second) == [1, 1, 0]
    # Both at once: item 1 waits for the second action, item 2 does not.
    shared = whole | {"feedback_ids": ["1", "2"]}
    assert ways(shared, {"opened_on": day("2026-04-01")} | second) == [2, 1, 1]


# -- 5 -------------------------------------------------------------------------------------------


def test_a_reopened_action_is_open_from_that_date_and_the_closed_month_stays_as_locked(
    tmp_path: Path,
) -> None:
    """An action done and later reopened is open again from that date, and the closed month stays
    as it was locked."""
    folder = made_store(tmp_path)
    august, september, october = (dt.date(2026, month, 1) for month in (8, 9, 10))
    action: Row = {
        "action_id": "T-1",
        "municipality": RINGEBU,
        "title": "Ny nettside",
        "opened_on": day("2026-06-01"),
        "changed_on": day("2026-08-20"),
        "done_on": day("2026-08-20"),
        "status": "done",
    }
    put(folder, "actions", [action], MONTHS[:9])
    lock(folder, august, "2026-09-08")
    lock(folder, september, "2026-10-08")
    assert shown(folder, "open_actions", september)["value"] == 0
    involved = shown(folder, "users_involved_throughout", august)
    assert (involved["numerator"], involved["denominator"]) == (0, 1)

    # In October it turns out that it has been open since the 10th of September; and the new list
    # has another story to tell of August, too.
    reopened = {"reopened_on": day("2026-09-10"), "status": "in_progress"}
    told = {"users_at_start": True, "users_midway": True, "users_at_end": True}
    put(folder, "actions", [action | reopened | told], MONTHS)

    assert shown(folder, "open_actions", october)["value"] == 1
    stays = shown(folder, "open_actions", september)
    assert (stays["value"], stays["frozen_in"]) == (0, september)
    involved = shown(folder, "users_involved_throughout", august)
    assert (involved["numerator"], involved["frozen_in"]) == (0, august)
    # Nobody had locked the numbers otherwise: then September would say that it was open again.
    made = world(august, october, TODAY, actions=[action | reopened])
    found = numbers("open_actions", made)
    assert [found[RINGEBU, month, None][0] for month in (august, september, october)] == [0, 1, 1]


def test_the_loop_of_a_tertial_is_provisional_for_half_a_year_and_then_stays_as_it_was_locked(
    tmp_path: Path,
) -> None:
    folder = made_store(tmp_path)
    winter = dt.date(2026, 1, 1)
    asked: Row = {"feedback_id": "I-1", "municipality": RINGEBU, "kind": "change"}
    put(folder, "feedback", [asked | {"received_on": day("2026-02-10")}])
    action: Row = {
        "action_id": "T-1",
        "municipality": RINGEBU,
        "title": "Ny nettside",
        "feedback_ids": ["I-1"],
        "opened_on": day("2026-03-01"),
        "status": "open",
    }
    put(folder, "actions", [action])
    lock(folder, dt.date(2026, 9, 1), "2026-10-27")
    found = shown(folder, "loop", winter, "tertial")
    # A lock on the last day of the half year is too early to make it stand still.
    assert (found["numerator"], found["denominator"]) == (0, 1)
    assert (found["state"], found["frozen_in"]) == ("measured", None)

    lock(folder, dt.date(2026, 10, 1), "2026-11-10")
    assert shown(folder, "loop", winter, "tertial")["frozen_in"] == dt.date(2026, 10, 1)
    told = {"told_back_on": day("2026-06-02"), "told_back_channel": "SMS", "what_changed": "Alt"}
    put(folder, "actions", [action | told | {"done_on": day("2026-06-01"), "status": "told_back"}])
    assert shown(folder, "loop", winter, "tertial")["numerator"] == 0
    # The spring's tertial is not old enough, and the autumn's is not over.
    assert shown(folder, "loop", dt.date(2026, 5, 1), "tertial")["state"] == "provisional"
    periods = ask.ask("cells", store=folder).filter(pl.col("indicator") == "loop")["period"]
    assert periods.max() == dt.date(2026, 5, 1)
