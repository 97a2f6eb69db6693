"""What is right of a file can be stored without what is wrong, unless the whole is in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from data import people, problems, rest
from data.intake import Intake
from data.known import Known
from data.people import Person

Taken = Callable[..., Intake]

TODAY = dt.date(2026, 11, 12)
HEAD = "tiltak_id;kommune;tiltak;åpnet;status"
RIGHT = "T-1;Ringebu;Ny brosjyre;01.10.2026;åpent"
ALSO_RIGHT = "T-2;Øyer;Nytt møte;02.10.2026;åpent"
WRONG = "T-3;Ringebu;Skilt;31.02.2026;åpent"

Rest = Callable[..., Intake | None]


@pytest.fixture
def rest_of(taken: Taken, known: Known) -> Rest:
    """The rest of a file of rows; None where there is none."""

    def of(*rows: str, head: str = HEAD, who: Person = people.LOCAL) -> Intake | None:
        intake = taken("\r\n".join([head, *rows, ""]), "tiltak.csv", who=who)
        return rest.rest(intake, known, today=TODAY, who=who)

    return of


def ids(intake: Intake | None) -> list[str]:
    assert intake is not None
    return intake.tables["actions"]["action_id"].to_list()


def test_the_right_rows_can_be_stored_and_the_wrong_ones_are_listed(rest_of: Rest) -> None:
    found = rest_of(RIGHT, WRONG, ALSO_RIGHT)
    assert ids(found) == ["T-1", "T-2"]
    assert found is not None
    assert not found.blocking
    assert found.is_part
    assert [problem.code for problem in found.left] == ["not_a_date"]
    assert rest.left_lines(found) == {3}


def test_a_file_without_problems_has_no_rest(rest_of: Rest) -> None:
    assert rest_of(RIGHT) is None


def test_where_every_row_is_wrong_there_is_nothing_to_store(rest_of: Rest) -> None:
    assert rest_of(WRONG) is None


@pytest.mark.parametrize(
    "wrong",
    [
        "T-3;Ringebu;Skilt;31.02.2026;åpent",  # not_a_date
        "T-3;Ringebu;Skilt;24.12.2026;åpent",  # future_date
        "T-3;Ringebu;Skilt;01.10.2026;feito",  # unknown_code
        "T-3;Sør Frånn;Skilt;01.10.2026;åpent",  # unknown_municipality
        "T-3;Ringebu;;01.10.2026;åpent",  # missing_value
        "T-3;Ringebu;Skilt;01.10.2026;åpent;mer",  # ragged_rows
    ],
)
def test_each_problem_of_a_row_leaves_that_row(rest_of: Rest, wrong: str) -> None:
    assert ids(rest_of(RIGHT, wrong, ALSO_RIGHT)) == ["T-1", "T-2"]


def test_of_a_key_that_stands_twice_neither_row_is_stored(rest_of: Rest) -> None:
    assert ids(rest_of(RIGHT, ALSO_RIGHT, RIGHT)) == ["T-2"]


def test_rows_of_another_municipality_are_left_by_a_coordinator(rest_of: Rest) -> None:
    ringebu = Person("lokal", "coordinator", "3439")
    assert ids(rest_of(RIGHT, ALSO_RIGHT, who=ringebu)) == ["T-1"]


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ((RIGHT, WRONG), HEAD.replace("åpnet", "noe helt annet")),  # missing_column
        ((RIGHT, WRONG, "T-9;Ringebu;Ring 15076500565;01.10.2026;åpent"), HEAD),  # personal data
        ((RIGHT.replace("01.10.2026", "2/7/2026"), WRONG), HEAD),  # a question about dates
    ],
)
def test_what_puts_the_whole_file_in_doubt_gives_no_rest(
    rest_of: Rest, rows: tuple[str, ...], head: str
) -> None:
    assert rest_of(*rows, head=head) is None


def test_answers_fall_with_the_wave_they_belong_to(taken: Taken, known: Known) -> None:
    # A wave that is not stored yet, and no answer can be stored without one.
    head = "svar_id;spørsmål;utsending_id;verdi"
    intake = taken(f"{head}\nS-1;nytte;U-2026-001;4\nS-2;nytte;U-9;5\n", "svar.csv")
    found = rest.rest(intake, known, today=TODAY, who=people.LOCAL)
    assert found is not None
    assert found.tables["survey_answers"]["answer_id"].to_list() == ["S-1"]


def test_more_rows_than_anybody_mends_by_hand_are_a_fault_of_the_export(
    rest_of: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "MOST_LEFT", 2)
    wrong = [WRONG.replace("T-3", f"T-{n}") for n in range(10, 13)]
    assert rest_of(RIGHT, *wrong[:2]) is not None
    assert rest_of(RIGHT, *wrong) is None


def test_what_is_left_is_kept_as_facts_and_read_back(rest_of: Rest) -> None:
    found = rest_of(RIGHT, WRONG)
    assert found is not None
    facts = [problems.as_facts(problem) for problem in found.left]
    assert tuple(map(problems.from_facts, facts)) == found.left


def test_every_code_about_rows_is_a_code_that_stops_or_asks() -> None:
    assert all(problems.CODES[code].weight != "tell" for code in problems.ABOUT_ROWS)
    assert not problems.ABOUT_ROWS & problems.PERSONAL
