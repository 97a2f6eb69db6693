"""The list to mend holds the wrong rows with a sentence each, and comes back as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import mending, rest
from data.intake import Intake
from data.problems import Problem

Taken = Callable[..., Intake]

HEAD = "tiltak_id;kommune;tiltak;åpnet;status"
RIGHT = "T-1;Ringebu;Ny brosjyre;01.10.2026;åpent"
NO_DATE = "T-2;Ringebu;=2+3;31.02.2026;åpent"
NO_STATUS = "T-3;Ringebu;'-egen;01.10.2026;feito"
BOTH = "T-4;Ringebu;@rop;31.02.2026;feito"
IDENTITY_NUMBER = "15076500565"


def sentence(problem: Problem) -> str:
    return f"{problem.code} {problem.line} {problem.found}."


def listed(intake: Intake) -> bytes:
    lines = rest.lines_to_mend(intake)
    return mending.as_csv(
        intake.reading, intake.problems, lines, sentence, "nb", intake.dropped_columns
    )


def rows_of(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def taken_rows(taken: Taken, *rows: str, head: str = HEAD, name: str = "tiltak.csv") -> Intake:
    return taken("\r\n".join([head, *rows, ""]), name)


def test_a_row_has_every_sentence_about_it_and_its_cells_neutralised(taken: Taken) -> None:
    intake = taken_rows(taken, RIGHT, NO_DATE, NO_STATUS, BOTH)
    head, *rows = rows_of(listed(intake))
    assert head == ["hva_må_rettes", *HEAD.split(";")]
    assert [row[1:4] for row in rows] == [
        ["T-2", "Ringebu", "'=2+3"],
        ["T-3", "Ringebu", "''-egen"],
        ["T-4", "Ringebu", "'@rop"],
    ]
    assert rows[0][0] == "not_a_date 3 31.02.2026."
    assert rows[2][0] == "not_a_date 5 31.02.2026. unknown_code 5 feito."


def test_the_list_comes_back_mended_as_part_of_the_file(taken: Taken) -> None:
    intake = taken_rows(taken, RIGHT, NO_DATE, NO_STATUS)
    mended = listed(intake).decode("utf-8-sig")
    mended = mended.replace("31.02.2026;åpent", "28.02.2026;åpent").replace("feito", "åpent")
    again = taken(mended.encode("utf-8"), "rettet.csv")
    assert again.problems == ()
    assert again.is_part
    assert again.dropped_columns == ()
    # Nothing is added to the cells by going out and in.
    assert again.tables["actions"]["title"].to_list() == ["=2+3", "'-egen"]


def test_a_list_that_is_not_mended_has_the_same_problems(taken: Taken) -> None:
    intake = taken_rows(taken, RIGHT, NO_DATE, BOTH)
    again = taken(listed(intake), "urettet.csv")
    assert [problem.code for problem in again.problems] == [
        problem.code for problem in intake.problems
    ]


def test_an_ordinary_file_is_no_part(taken: Taken) -> None:
    assert not taken_rows(taken, RIGHT).is_part


def test_many_different_values_are_quoted_each_with_its_row(taken: Taken) -> None:
    rows = [f"T-{n};Ringebu;x;01.10.2026;feil{n}" for n in range(30)]
    _, *listed_rows = rows_of(listed(taken_rows(taken, *rows)))
    assert listed_rows[29][0] == "unknown_code 31 feil29."


def test_columns_that_are_not_kept_stand_empty_so_that_the_file_is_known_again(
    taken: Taken,
) -> None:
    intake = taken_rows(
        taken, f"{NO_DATE};noen@eksempel.no", head=f"{HEAD};epost", name="med_epost.csv"
    )
    head, row = rows_of(listed(intake))
    assert (head[-1], row[-1]) == ("epost", "")


def test_where_there_is_personal_data_there_is_no_list(taken: Taken) -> None:
    intake = taken_rows(taken, f"T-9;Ringebu;Ring {IDENTITY_NUMBER};31.02.2026;åpent", NO_STATUS)
    assert rest.lines_to_mend(intake) == frozenset()


def test_too_long_a_row_stands_in_the_list_as_long_as_it_is(taken: Taken) -> None:
    intake = taken_rows(taken, RIGHT, f"{NO_STATUS};for mye", f"{RIGHT};;".replace("T-1", "T-5"))
    raw = listed(intake)
    head, row = rows_of(raw)
    assert head == ["hva_må_rettes", *HEAD.split(";")]
    assert row[1:] == ["T-3", "Ringebu", "''-egen", "01.10.2026", "feito", "for mye"]
    again = taken(raw, "urettet.csv")
    assert "ragged_rows" in {problem.code for problem in again.problems}


@given(st.text(alphabet="'=+-@\t\ra ;\"1", max_size=6))
def test_neutralising_can_be_taken_back(text: str) -> None:
    import polars as pl

    from data.read import Reading

    written = mending.neutral(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    frame = pl.DataFrame({"what_to_mend": ["x"], "a": [written]})
    reading = Reading("x.csv", columns=("what_to_mend", "a"), cells=frame)
    assert mending.as_it_was(reading).cells["a"][0] == text


@pytest.mark.parametrize("heading", mending.SENTENCE_HEADINGS.values())
def test_the_heading_is_known_in_every_language(taken: Taken, heading: str) -> None:
    intake = taken_rows(taken, f"x;{RIGHT}", head=f"{heading};{HEAD}")
    assert intake.is_part
    assert intake.problems == ()
