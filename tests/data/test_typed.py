"""A column of text becomes one of its type, and what cannot is a problem per cause."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from data.contract import Column, Value
from data.known import Names
from data.typed import MOST_VALUES, Cells, Place, shortened

WORDS = {"nb": "x", "nn": "x", "en": "x"}


def column(type_: Any, **more: Any) -> Column:
    return Column("col", type_, WORDS, "kolonne", **more)


def judged(held: Column, *cells: str | None) -> tuple[list[Any], list[tuple[str, str | None]]]:
    reader = Cells(dt.date(2026, 11, 12), None, {})
    lines = pl.Series("line", range(2, 2 + len(cells)), pl.Int32)
    place = Place("actions", held, "kolonne", lines)
    made = reader.typed(place, pl.Series(cells, dtype=pl.String))
    return made.to_list(), [(problem.code, problem.found) for problem in reader.problems]


@pytest.mark.parametrize(
    ("number", "code"),
    [("0", "below_range"), ("1", None), ("5", None), ("5,5", None), ("6", "above_range")],
)
def test_a_range_holds_at_both_ends(number: str, code: str | None) -> None:
    held = column("number", minimum=1, maximum=5.5)
    _, problems = judged(held, number)
    assert problems == ([(code, number)] if code else [])


def test_a_code_is_any_of_its_words_in_any_spelling() -> None:
    values = (Value("done", {"nb": "ferdig", "nn": "ferdig", "en": "done"}, ("Fullført",)),)
    made, problems = judged(
        column("code", values=values), "FERDIG", "fullfort", "done", "feil", None
    )
    assert made == ["done", "done", "done", None, None]
    assert problems == [("unknown_code", "feil")]


def test_a_pattern_must_match_the_whole_text() -> None:
    made, problems = judged(column("text", pattern="[0-9]{4}"), "3439", "34390", "x3439")
    assert made == ["3439", None, None]
    assert problems == [("wrong_pattern", "34390"), ("wrong_pattern", "x3439")]


def test_what_a_failed_formula_left_is_no_text() -> None:
    made, problems = judged(column("text"), "Skilt", "#N/A", "#VERDI!", None)
    assert made == ["Skilt", None, None, None]
    assert problems == [("error_value", "#N/A"), ("error_value", "#VERDI!")]


def test_a_count_beyond_what_can_be_counted_is_no_count() -> None:
    assert judged(column("integer"), "9" * 20) == ([None], [("not_whole", "9" * 20)])
    assert judged(column("integer"), "200 %") == ([None], [("not_whole", "200 %")])


def test_more_wrong_values_than_a_person_reads_are_one_problem() -> None:
    at, above = [f"x{n}" for n in range(MOST_VALUES)], [f"x{n}" for n in range(MOST_VALUES + 1)]
    assert len(judged(column("number"), *at)[1]) == MOST_VALUES
    assert len(judged(column("number"), *above)[1]) == 1


def test_a_long_cell_is_quoted_no_further_than_it_is_recognised_by() -> None:
    assert shortened("x" * 60) == "x" * 60
    assert shortened("x" * 61) == "x" * 60 + "…"


@pytest.mark.parametrize(("known", "expected"), [(12, True), (13, False)])
def test_of_very_many_wrong_names_those_that_are_allowed_are_told_where_they_are_few(
    known: int, expected: bool
) -> None:
    reader = Cells(dt.date(2026, 11, 12), None, {})
    wrong = pl.Series([f"x{n}" for n in range(MOST_VALUES + 1)])
    lines = pl.Series("line", range(wrong.len()), pl.Int32)
    names = Names([f"U{n}" for n in range(known)])
    place = Place("survey_answers", column("text"), "kolonne", lines)
    reader.each("unknown_reference", place, wrong, wrong.is_not_null(), names=names)
    (problem,) = reader.problems
    assert problem.allowed == known
    assert (problem.expected is not None) is expected
