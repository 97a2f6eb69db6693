"""Problems are facts: a code that is known, a weight, and nothing that is somebody's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import data
from data import problems
from data.problems import CODES, PERSONAL, Problem, about_columns, at_lines


def test_a_problem_weighs_what_its_code_does() -> None:
    assert [Problem(code).blocking for code in ("empty", "ambiguous_dates", "unknown_column")] == [
        True, True, False,
    ]  # fmt: skip


def test_an_unknown_code_is_a_programmers_mistake() -> None:
    with pytest.raises(AssertionError):
        Problem("typo")


@pytest.mark.parametrize("code", sorted(PERSONAL))
def test_what_is_somebodys_is_never_quoted(code: str) -> None:
    with pytest.raises(AssertionError):
        Problem(code, found="26111594014")


def test_lines_are_sorted_and_the_first_is_the_problems_own() -> None:
    assert at_lines("ragged_rows", [9, 2]) == Problem("ragged_rows", line=2, lines=(2, 9))
    assert at_lines("missing_column", []).line is None


def test_columns_with_one_cause_are_one_problem() -> None:
    assert about_columns("unknown_column", []) == ()
    assert about_columns("unknown_column", ["a"]) == (Problem("unknown_column", column="a"),)
    assert about_columns("unknown_column", ["a", "b"]) == (
        Problem("unknown_column", found="a; b", of=2),
    )


def test_every_code_is_used_and_every_used_code_is_known() -> None:
    sources = [path for path in Path(data.__file__).parent.glob("*.py")
               if path != Path(problems.__file__)]  # fmt: skip
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert [code for code in CODES if not re.search(rf'"{code}"', text)] == []
