"""Which numbers rest on what came or went: at the month, beside it, and over any history."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from data import contract
from queries import cards, touched

MONTHS = [dt.date(2026, month, 1) for month in range(1, 13)]
READS = touched.reads(cards.load_all())


def resting(kind: str, month: dt.date, *, is_own: bool = False) -> set[tuple[str, int]]:
    """The numbers, by name and month, that rest on Ringebu's file of a kind and month."""
    changed = pl.DataFrame([(kind, "3439", month)], schema=touched.FILES, orient="row")
    found = touched.touched(changed, READS.filter(~pl.col("is_commitment")), MONTHS)
    found = found.filter(pl.col("is_own" if is_own else "is_read"))
    return {(name, of.month) for name, of in found.select("name", "month").iter_rows()}


def test_a_list_tells_of_its_month_and_of_what_waited_for_it() -> None:
    found = resting("actions", MONTHS[8])
    assert {when for name, when in found if name == "open_actions"} == {9}
    # Whether users were told within 30 days stands in the next month's list.
    assert {when for name, when in found if name == "told_back"} == {8, 9}
    assert {when for name, when in found if name == "answered_feedback"} == {7, 8, 9}
    own = resting("actions", MONTHS[8], is_own=True)
    assert {when for name, when in own if name == "told_back"} == {9}


def test_how_things_stand_is_made_of_all_that_was_seen_before() -> None:
    found = resting("survey_waves", MONTHS[8])
    assert {when for name, when in found if name == "fresh_services"} == {9, 10, 11, 12}
    assert {when for name, when in found if name == "same_day_evaluation"} == {9}


def test_what_is_read_of_an_earlier_month_is_touched_by_that_alone() -> None:
    found = resting("activities", MONTHS[2])
    assert {when for name, when in found if name == "half_year_evaluation"} == {9}


def test_what_one_delivery_tells_for_all_months_is_new_in_all_of_them() -> None:
    found = resting("services", MONTHS[8])
    assert {when for name, when in found if name == "fresh_services"} == {9, 10, 11, 12}
    own = resting("services", MONTHS[8], is_own=True)
    assert {when for name, when in own if name == "fresh_services"} == set(range(1, 13))


def test_nothing_about_persons_rests_on_anything() -> None:
    loaded = cards.load_all()
    names = set(READS.filter(~pl.col("is_commitment"))["name"])
    assert names == {
        name
        for name, card in loaded.items()
        if card.privacy == "none"
        and not card.is_live
        and {source.kind for source in card.sources} & set(contract.all_kinds())
    }


def test_a_promise_about_deliveries_rests_on_every_monthly_kind() -> None:
    kinds = set(READS.filter(name="file_delivered")["kind"])
    assert kinds == {kind for kind in contract.all_kinds() if contract.load(kind).is_monthly}
    assert "month_attested" not in set(READS["name"])


TURNS = st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12)


@given(TURNS, st.integers(0, 14))
@settings(derandomize=True, database=None, max_examples=100)
def test_what_was_undone_and_restored_is_delivered_as_it_was(
    turns: list[tuple[int, bool]], since: int
) -> None:
    """Beside a plain account of what is there, entry by entry."""
    there: set[int] = set()
    had: set[int] = set()
    then: set[int] = set()
    rows = []
    for entry, (upload, _) in enumerate(turns, 1):
        act = "upload" if upload not in had else "undo" if upload in there else "restore"
        had |= {upload}
        there = there - {upload} if act == "undo" else there | {upload}
        rows.append(("actions", "3439", MONTHS[upload], upload, entry, act))
        if entry <= since:
            then = set(there)
    schema = {"kind": pl.String, "municipality": pl.String, "month": pl.Date}
    schema |= {"upload_id": pl.Int64, "entry": pl.Int64, "act": pl.String}
    touches = pl.DataFrame(rows, schema=schema, orient="row")
    changed = touched.changed_since(touches, since)
    assert set(changed["month"]) == {MONTHS[upload] for upload in there ^ then}
