"""A suggestion that no row bears out any more is closed, and the dashboard says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from data import acts, store
from data.people import LOCAL
from queries import ask, release
from tests.queries.one_municipality import MONTHS, RINGEBU, TODAY, made_store, put
from tests.queries.worlds import Row, day

MEETING: Row = {
    "activity_id": "A-1",
    "municipality": RINGEBU,
    "kind": "dialogue_meeting",
    "starts_on": day("2026-10-05"),
    "ends_on": day("2026-10-05"),
    "report_on": day("2026-10-12"),
}
NONE, TWO = MEETING | {"recommendations": 0}, MEETING | {"recommendations": 2}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store where a report without any recommendation has been suggested."""
    made_store(tmp_path)
    put(tmp_path, "activities", [NONE])
    assert told(tmp_path) == ["suggested"]
    return tmp_path


def told(folder: Path) -> list[str]:
    """The states of the report's suggestions, as released now."""
    release.bring_up_to_date(folder)
    found = ask.ask("deviations", store=folder)
    return found.filter(pl.col("rule") == "report_without_recommendation")["state"].to_list()


def turns(folder: Path) -> list[tuple[str, dt.date, dt.date | None]]:
    found = ask.ask("deviation_turns", store=folder)
    mine = found.filter(pl.col("deviation_id").str.contains("report_without_recommendation"))
    return mine.select("state", "from_on", "to_on").rows()


def test_a_correction_closes_what_was_suggested_and_a_later_file_may_bring_it_back(
    folder: Path,
) -> None:
    put(folder, "activities", [TWO], MONTHS[:9])
    assert told(folder) == ["closed"]
    (row,) = ask.ask("deviations", store=folder).rows(named=True)
    assert (row["until_on"], row["holds"], row["state_on"]) == (TODAY, False, TODAY)
    life = [("suggested", day("2026-10-12"), TODAY), ("closed", TODAY, None)]
    assert turns(folder) == life

    # Later releases remember it, though no row tells of it.
    put(folder, "feedback", [{"feedback_id": "I", "municipality": RINGEBU, "kind": "praise"}])
    assert told(folder) == ["closed"]
    assert turns(folder) == life

    put(folder, "activities", [NONE], MONTHS[:8])
    assert told(folder) == ["suggested"]
    assert turns(folder) == [("suggested", day("2026-10-12"), None)]

    # What a person has confirmed no correction closes.
    with store.opened(folder) as opened:
        rule, key, since = row["rule"], row["row_key"], row["since_on"]
        acts.review(opened, LOCAL, rule, key, RINGEBU, "confirmed", since_on=since)
    put(folder, "activities", [TWO], MONTHS[:7])
    assert told(folder) == ["confirmed"]


def test_the_same_thing_seen_from_another_day_leaves_no_closed_twin(tmp_path: Path) -> None:
    """Until history is locked a rule is live in the newest month alone; then from where it ends."""
    made_store(tmp_path)
    seat: Row = {"seat_id": "V", "municipality": RINGEBU, "body_kind": "user_panel"}
    since: Row = {"seat_from": day("2026-02-01"), "filled_from": None}
    put(tmp_path, "seats", [seat | since])
    assert states(tmp_path) == ["suggested"]
    before = ask.ask("deviations", store=tmp_path)["since_on"].to_list()
    with store.opened(tmp_path) as opened:
        acts.lock_history(opened, LOCAL, dt.date(2026, 5, 1))
    assert states(tmp_path) == ["suggested"]
    assert ask.ask("deviations", store=tmp_path)["since_on"].to_list() != before


def states(folder: Path) -> list[str]:
    release.bring_up_to_date(folder)
    return ask.ask("deviations", store=folder)["state"].to_list()
