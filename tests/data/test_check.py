"""Cells against a contract: typed rows, and every problem at once with place and suggestion."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import polars as pl
import pytest

from data import contract, people
from data.check import Checked, check
from data.known import Known, KnownWave
from data.people import Person
from data.problems import Problem
from data.read import Choices, read
from data.recognise import recognise

TODAY = dt.date(2026, 11, 12)

ACTIONS = "tiltak_id;kommune;tiltak;åpnet;frist;status"
ACTIVITIES = "aktivitet_id;kommune;aktivitet;sluttdato;antall_brukere;antall_ansatte"
WAVES = "utsending_id;kommune;undersøkelse;kurs_id;måling;sendt;antall_spurt;antall_svar"
ANSWERS = "svar_id;utsending_id;spørsmål;svar"


def checked(
    head: str, *rows: str, known: Known, who: Person = people.LOCAL, **more: Any
) -> Checked:
    reading = read("\n".join([head, *rows]).encode("cp1252"), "fil.csv")
    found = recognise(reading, ())
    assert found.mapping is not None
    return check(reading, found.mapping, known, today=TODAY, who=who, choices=Choices(**more))


def facts(result: Checked, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(problem, name) for name in names) for problem in result.problems]


def test_good_rows_get_the_contracts_types_in_its_order(known: Known) -> None:
    result = checked(
        "verv_id;kommune;organ_id;organ;organtype;plass_fra;fylt_fra;opplæring;antall_kommuner",
        "V-1;Øyer;P-1;Brukerpanelet;brukerpanel;01.02.2024;;ja;2",
        known=known,
    )
    assert result.problems == ()
    table = result.tables["seats"]
    held = contract.load("seats")
    assert table.columns == [*held.column_names, "line"]
    row = table.row(0, named=True)
    assert (row["municipality"], row["body_kind"], row["trained"]) == ("3440", "user_panel", True)
    assert (row["seat_from"], row["filled_from"]) == (dt.date(2024, 2, 1), None)
    assert (row["covers_municipalities"], row["line"]) == (2, 2)


def test_every_type_has_its_dtype(known: Known) -> None:
    for kind in contract.all_kinds():
        held = contract.load(kind)
        head = ";".join(column.heading for column in held.columns)
        result = checked(head, ";".join("x" for _ in held.columns), known=known)
        expected = {"text": pl.String, "code": pl.String, "integer": pl.Int64, "date": pl.Date,
                    "number": pl.Float64, "moment": pl.Datetime("us"), "boolean": pl.Boolean,
                    "list": pl.List(pl.String)}  # fmt: skip
        table = result.tables[kind]
        assert {c.name: table.schema[c.name] for c in held.columns} == {
            c.name: expected[c.type] for c in held.columns
        }


@pytest.mark.parametrize("kind", contract.all_kinds())
def test_the_example_row_of_a_contract_has_no_problem(kind: str) -> None:
    held = contract.load(kind)
    everything = Known(
        municipalities={"9999": "Eksempelkommunen"},
        services={"EKS-PSYK": "Psykisk helse og rus"},
        waves={"EKS-U-02": KnownWave("9999", dt.date(2026, 2, 5))},
        activities=frozenset({"EKS-A-04"}),
        feedback=frozenset({"EKS-I-03"}),
    )
    head = ";".join(held.column(name).heading for name in held.example)
    row = ";".join(f'"{value}"' for value in held.example.values())
    result = checked(head, row, known=everything)
    assert result.problems == ()
    assert result.tables[kind].height == 1


def test_all_problems_come_at_once_grouped_by_cause(known: Known) -> None:
    result = checked(
        ACTIONS,
        "T-1;Sør Fron;Ny dør;01.02.2027;;feito",
        "T-2;Øyer;;01.02.2026;31.02.2026;ferdig",
        "T-2;Øyer;Brev;01.02.2026;;feito",
        known=known,
    )
    assert facts(result, "code", "column", "found", "nearest", "lines") == [
        ("unknown_municipality", "kommune", "Sør Fron", "Sør-Fron (3438)", (2,)),
        ("missing_value", "tiltak", None, None, (3,)),
        ("future_date", "åpnet", "01.02.2027", None, (2,)),
        ("not_a_date", "frist", "31.02.2026", "28.02.2026", (3,)),
        ("unknown_code", "status", "feito", None, (2, 4)),
        ("status_without_date", "status", "ferdig", None, (3,)),
        ("duplicate_key", "tiltak_id", "T-2", None, (3, 4)),
    ]
    assert result.bad_lines == {2, 3, 4}
    assert result.blocking


def test_many_different_wrong_values_of_a_column_are_one_message(known: Known) -> None:
    rows = [f"A-{n};Øyer;kurs;01.02.2026;mange{n};" for n in range(30)]
    (problem,) = checked(ACTIVITIES, *rows, known=known).problems
    assert (problem.code, problem.of, len(problem.lines)) == ("not_a_number", 30, 30)
    assert problem.found == "mange0; mange1; mange2; mange3; mange4; …"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0", None),
        ("-1", "below_range"),
        ("12", None),
        ("1 234", None),
        ("12,0", None),
        ("12,5", "not_whole"),
        ("#N/A", "not_a_number"),
        ("", None),
    ],
)
def test_a_count_is_whole_and_not_below_zero(cell: str, code: str | None, known: Known) -> None:
    result = checked(ACTIVITIES, f"A;Øyer;kurs;01.02.2026;{cell};", known=known)
    assert [problem.code for problem in result.problems] == ([code] if code else [])


@pytest.mark.parametrize(("day", "code"), [("12.11.2026", None), ("13.11.2026", "future_date")])
def test_today_is_not_the_future(day: str, code: str | None, known: Known) -> None:
    result = checked(ACTIONS, f"T;Øyer;x;{day};;åpent", known=known)
    assert [problem.code for problem in result.problems] == ([code] if code else [])


def test_a_due_date_may_lie_in_the_future(known: Known) -> None:
    assert checked(ACTIONS, "T;Øyer;x;01.02.2026;01.02.2027;åpent", known=known).problems == ()


@pytest.mark.parametrize(
    ("told_back", "wrong"), [("10.05.2026", False), ("11.05.2026", False), ("09.05.2026", True)]
)
def test_users_are_told_after_it_is_done(told_back: str, wrong: bool, known: Known) -> None:
    result = checked(
        f"{ACTIONS};ferdig;tilbakemeldt",
        f"T;Øyer;x;01.02.2026;;tilbakemeldt;10.05.2026;{told_back}",
        known=known,
    )
    assert [problem.code for problem in result.problems] == (["before_other"] if wrong else [])
    if wrong:
        (problem,) = result.problems
        assert (problem.column, problem.expected) == ("tilbakemeldt", "ferdig: 2026-05-10")


@pytest.mark.parametrize(("answered", "wrong"), [("10", False), ("11", True)])
def test_no_more_answer_than_were_asked(answered: str, wrong: bool, known: Known) -> None:
    result = checked(WAVES, f"U;Øyer;x;;annet;01.02.2026;10;{answered}", known=known)
    assert [problem.code for problem in result.problems] == (["above_other"] if wrong else [])


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize(
    ("day", "wrong"), [("02.02.2026", False), ("01.02.2026", True), ("31.01.2026", True)]
)
def test_half_a_year_comes_after_the_same_day(
    stored: bool, day: str, wrong: bool, known: Known
) -> None:
    same_day = "U-1;Øyer;kurs;K-1;samme dag;01.02.2026;10;"
    later = f"U-2;Øyer;kurs;K-1;halvår;{day};10;"
    if stored:  # the earlier wave is in the store, not in the file
        wave = KnownWave("3440", dt.date(2026, 2, 1), "same_day", "K-1")
        known = dataclasses.replace(known, waves={"U-1": wave})
    result = checked(WAVES, *([later] if stored else [same_day, later]), known=known)
    assert [problem.code for problem in result.problems] == (
        ["half_year_before_same_day"] if wrong else []
    )


def test_another_municipalitys_course_of_the_same_name_is_another_course(known: Known) -> None:
    rows = ("U-1;Øyer;kurs;K-1;samme dag;01.02.2026;10;", "U-2;Ringebu;kurs;K-1;T6;01.01.2026;9;")
    assert checked(WAVES, *rows, known=known).problems == ()


def test_a_reference_is_met_by_the_store_or_asked_for_once_the_kind_is_delivered(
    known: Known,
) -> None:
    row = "U-1;Øyer;kurs;K-1;samme dag;01.02.2026;10;"
    assert checked(WAVES, row, known=known).problems == ()  # no activity was ever delivered
    some = dataclasses.replace(known, activities=frozenset({"K-10"}))
    (problem,) = checked(WAVES, row, known=some).problems
    assert (problem.code, problem.field, problem.nearest) == (
        "unknown_reference", "activity_id", "K-10",
    )  # fmt: skip


def test_a_service_is_named_by_its_id_or_by_a_name_that_only_it_has(known: Known) -> None:
    services = dataclasses.replace(known, services={"R": "Rus", "P": "Psykisk", "Q": "Psykisk"})
    head = "utsending_id;kommune;tjeneste;undersøkelse;måling;sendt"
    rows = [f"U-{n};Øyer;{name};x;annet;01.02.2026" for n, name in enumerate(["R", "rus", ""])]
    result = checked(head, *rows, known=services)
    assert result.tables["survey_waves"]["service"].to_list() == ["R", "R", None]
    (problem,) = checked(head, "U;Øyer;Psykisk;x;annet;01.02.2026", known=services).problems
    assert (problem.code, problem.expected) == ("unsure_reference", "P; Q")


def test_answers_to_a_wave_that_nobody_knows_are_refused(known: Known) -> None:
    (problem,) = checked(ANSWERS, "S;U-2026-1;nytte;4", known=known).problems
    assert (problem.code, problem.nearest) == ("unknown_reference", "U-2026-001")


def test_every_entry_of_a_list_is_looked_up(known: Known) -> None:
    some = dataclasses.replace(known, feedback=frozenset({"I-1", "I-2"}))
    result = checked(
        f"{ACTIONS};innspill_id", "T;Øyer;x;01.02.2026;;åpent;I-1; I-3".replace("; I", ", I"),
        known=some,
    )  # fmt: skip
    assert facts(result, "code", "found", "lines") == [("unknown_reference", "I-3", (2,))]


@pytest.mark.parametrize("rows", [(ACTIONS, "T;Øyer;x;01.02.2026;;åpent"),
                                  (ANSWERS, "S;U-2026-002;nytte;4")])  # fmt: skip
def test_a_coordinator_delivers_for_the_own_municipality_only(
    rows: tuple[str, str], known: Known
) -> None:
    waves = {**known.waves, "U-2026-002": KnownWave("3440", dt.date(2026, 2, 1))}
    known = dataclasses.replace(known, waves=waves)
    (problem,) = checked(*rows, known=known, who=Person("k", "coordinator", "3439")).problems
    assert (problem.code, problem.found, problem.lines) == (
        "not_your_municipality", "Øyer (3440)", (2,),
    )  # fmt: skip
    own = Person("k", "coordinator", "3440")
    assert checked(*rows, known=known, who=own).problems == ()


def test_dates_that_read_both_ways_are_a_question_with_two_answers(known: Known) -> None:
    row = "T;Øyer;x;1/2/2026;;åpent"
    (problem,) = checked(ACTIONS, row, known=known).problems
    assert (problem.code, problem.found, problem.blocking) == ("ambiguous_dates", "1/2/2026", True)
    for order, day in (("dmy", dt.date(2026, 2, 1)), ("mdy", dt.date(2026, 1, 2))):
        result = checked(ACTIONS, row, known=known, dates=order)
        assert result.problems == ()
        assert result.tables["actions"]["opened_on"].to_list() == [day]


def test_a_day_above_twelve_settles_it_only_for_the_norwegian_order(known: Known) -> None:
    rows = ("T-1;Øyer;x;13/2/2026;;åpent", "T-2;Øyer;x;1/2/2026;;åpent")
    result = checked(ACTIONS, *rows, known=known)
    assert (result.problems, result.tables["actions"]["opened_on"][1]) == ((), dt.date(2026, 2, 1))
    american = checked(ACTIONS, "T-1;Øyer;x;2/13/2026;;åpent", known=known)
    assert facts(american, "code", "nearest") == [("ambiguous_dates", "mdy")]


def test_a_code_that_a_coordinator_has_added_is_allowed(known: Known) -> None:
    row = "T;Øyer;x;01.02.2026;;åpent;natur"
    head = f"{ACTIONS};tema"
    assert facts(checked(head, row, known=known), "code") == [("unknown_code",)]
    more = dataclasses.replace(known, codes={("actions", "theme"): frozenset({"natur"})})
    result = checked(head, row, known=more)
    assert (result.problems, result.tables["actions"]["theme"].to_list()) == ((), ["natur"])


def test_a_required_column_that_is_missing_is_said_once(known: Known) -> None:
    head = ACTIONS.replace("status", "statuss")
    rows = [f"T-{n};Øyer;x;01.02.2026;;åpent" for n in range(9)]
    problems = checked(head, *rows, known=known).problems
    assert problems == (
        Problem("missing_column", expected="status", nearest="statuss", kind="actions",
                field="status"),
    )  # fmt: skip


def test_an_answer_with_a_decimal_comma_is_a_number_for_sql(known: Known) -> None:
    result = checked(ANSWERS, "S;U-2026-001;nytte;4,5", "T;U-2026-001;nytte;ja", known=known)
    assert result.tables["survey_answers"]["value"].to_list() == ["4.5", "ja"]


def test_what_the_file_covers_is_proposed(known: Known) -> None:
    result = checked(ANSWERS, "S;U-2026-001;nytte;4", known=known)
    assert result.proposes == {("survey_answers", "3439", dt.date(2026, 1, 1))}


def test_a_big_file_with_one_wrong_cell_has_one_problem(known: Known) -> None:
    rows = [f"S-{n};U-2026-001;nytte;{n % 5 + 1}" for n in range(50_000)]
    rows[40_000] = "S-40000;U-2026-1;nytte;3"
    result = checked(ANSWERS, *rows, known=known)
    assert facts(result, "code", "lines") == [("unknown_reference", (40_002,))]
    assert result.tables["survey_answers"].height == 50_000


def test_a_wave_id_that_is_another_municipalitys_is_refused(known: Known) -> None:
    known = dataclasses.replace(known, waves={"U-1": KnownWave("3440", dt.date(2026, 2, 1))})
    rows = (
        "U-1;Ringebu;Kurs;;samme dag;01.02.2026;12;",
        "U-2;Ringebu;Kurs;;samme dag;01.02.2026;9;",
    )
    result = checked(WAVES, *rows, known=known)
    assert facts(result, "code", "found", "expected", "line") == [
        ("taken_key", "U-1", "Øyer (3440)", 2)
    ]
    assert result.blocking


def test_a_status_without_its_date_is_said_and_stops_nothing(known: Known) -> None:
    head = "tiltak_id;kommune;tiltak;åpnet;frist;status;ferdig"
    rows = ("T-1;Øyer;x;01.02.2026;;ferdig;", "T-2;Øyer;y;01.02.2026;;ferdig;02.03.2026")
    result = checked(head, *rows, known=known)
    assert facts(result, "code", "found", "expected", "lines") == [
        ("status_without_date", "ferdig", "ferdig", (2,))
    ]
    assert not result.blocking
