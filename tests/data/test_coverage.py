"""What a file covers is proposed from its rows, written in one line and read back."""

from __future__ import annotations

import datetime as dt
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import contract, coverage

TODAY = dt.date(2026, 11, 12)
NO_WAVES = pl.DataFrame(
    schema={"wave_id": pl.String, "municipality": pl.String, "sent_on": pl.Date}
)


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def activities(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "municipality": [owner for owner, _ in rows],
            "ends_on": [dt.date.fromisoformat(day) for _, day in rows],
        }
    )


def test_months_are_both_ends_and_all_between() -> None:
    assert coverage.months(dt.date(2025, 11, 30), dt.date(2026, 2, 1)) == [
        month("2025-11"), month("2025-12"), month("2026-01"), month("2026-02"),
    ]  # fmt: skip


def test_dated_rows_cover_from_their_first_month_to_their_last() -> None:
    found = coverage.proposed(
        {"activities": activities(("3439", "2026-08-30"), ("3440", "2026-10-01"))}, NO_WAVES, TODAY
    )
    assert coverage.written(found) == "3439,3440:2026-08..2026-10"


def test_a_full_list_reaches_to_the_last_whole_month() -> None:
    goals = pl.DataFrame({"municipality": ["3439"], "decided_on": [dt.date(2026, 3, 9)]})
    found = coverage.proposed({"goals": goals}, NO_WAVES, TODAY)
    assert coverage.written(found) == "3439:2026-03..2026-10"


def test_a_list_without_dates_stands_for_the_months_of_the_rest() -> None:
    services = pl.DataFrame({"municipality": ["3439", "3440"]})
    alone = coverage.proposed({"services": services}, NO_WAVES, TODAY)
    assert coverage.written(alone) == "3439,3440:2026-10"
    tables = {"services": services, "activities": activities(("3439", "2026-02-01"))}
    together = coverage.proposed(tables, NO_WAVES, TODAY)
    assert coverage.written(together) == ("activities@3439:2026-02 services@3439,3440:2026-02")


def test_answers_belong_where_their_wave_does() -> None:
    waves = pl.DataFrame(
        {"wave_id": ["U1"], "municipality": ["3439"], "sent_on": [dt.date(2026, 9, 30)]}
    )
    answers = pl.DataFrame({"wave_id": ["U1", "U1"]})
    found = coverage.proposed({"survey_answers": answers}, waves, TODAY)
    assert found == {("survey_answers", "3439", month("2026-09"))}


def test_questions_belong_to_nobody() -> None:
    questions = pl.DataFrame({"survey": ["x"]})
    assert coverage.proposed({"questions": questions}, NO_WAVES, TODAY) == frozenset()


COVERED = st.frozensets(
    st.tuples(
        st.sampled_from(contract.all_kinds()),
        st.sampled_from(["3405", "3439", "3440"]),
        st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 1)).map(lambda day: day.replace(day=1)),
    ),
    min_size=1,
    max_size=30,
)


@given(COVERED)
def test_what_is_written_is_read_back(covers: coverage.Coverage) -> None:
    kinds = {kind for kind, _, _ in covers}
    assert coverage.read(coverage.written(covers), kinds) == covers


@pytest.mark.parametrize(
    "text",
    [" ", "3439", "3439:2026", "3439:2026-13", "343:2026-01", "3439:2026-02..2026-01",
     "weather@3439:2026-01", "3439:1899-12..2026-01", "3439:2026-01..9999-12"],
)  # fmt: skip
def test_what_is_no_coverage_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        coverage.read(text, ["actions"])


# -- what is still missing ---------------------------------------------------------------------


def covered(kind: str, first: str, last: str) -> coverage.Coverage:
    return coverage.of([kind], ["3439"], month(first), month(last))


def test_a_first_file_is_proposed_for_every_month_in_it() -> None:
    whole = covered("actions", "2025-01", "2026-10")
    assert coverage.still_missing(whole, ()) == whole
    # What was delivered of another kind says nothing of this one.
    assert coverage.still_missing(whole, [covered("seats", "2026-01", "2026-09")]) == whole


def test_a_later_file_is_proposed_for_the_months_that_are_missing_and_its_last_one() -> None:
    whole = covered("actions", "2025-01", "2026-10")
    # From before the first delivery nothing is proposed: it was not exported then, or not kept.
    earlier = [covered("actions", "2026-05", "2026-06"), covered("actions", "2026-08", "2026-08")]
    assert coverage.still_missing(whole, earlier) == (
        covered("actions", "2026-07", "2026-07") | covered("actions", "2026-09", "2026-10")
    )


def test_history_that_comes_afterwards_is_proposed_whole() -> None:
    history = covered("actions", "2026-01", "2026-09")
    delivered = [covered("actions", "2026-10", "2026-10")]
    assert coverage.still_missing(history, delivered) == history
    assert coverage.still_missing(history, [*delivered, history]) == (
        covered("actions", "2026-09", "2026-09")
    )


def test_the_same_file_again_is_proposed_for_its_last_month() -> None:
    whole = covered("actions", "2025-01", "2026-10")
    assert coverage.still_missing(whole, [whole]) == covered("actions", "2026-10", "2026-10")
    assert coverage.still_missing(frozenset(), [whole]) == frozenset()
