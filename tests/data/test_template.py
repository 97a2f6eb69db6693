"""Every kind has a template that opens in a spreadsheet, and loads when it is filled in."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data import contract, example, example_row, template
from data.intake import Intake
from data.known import Known, KnownWave
from data.people import Person

Taken = Callable[..., Intake]


@pytest.fixture
def known(known: Known) -> Known:
    """What is known, and the wave that the example of an answer belongs to."""
    return dataclasses.replace(known, waves={"U-7": KnownWave("3439")})


def sheets(kind: str, language: str = "nb") -> tuple[Worksheet, Worksheet, Worksheet]:
    known = Known(municipalities={"3439": "Ringebu", "3438": "Sør-Fron"})
    content = template.as_workbook(kind, language, known)
    book = openpyxl.load_workbook(io.BytesIO(content))
    first, explanation, lists = book.worksheets
    return first, explanation, lists


def saved(kind: str, *rows: list[object]) -> bytes:
    """The template as a person saves it, with rows below the example."""
    book = openpyxl.load_workbook(io.BytesIO(template.as_workbook(kind, "nb")))
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("kind", contract.all_kinds())
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_filled_in_as_the_example_loads_without_a_problem(
    kind: str, ending: str, taken: Taken
) -> None:
    raw = template.as_csv(kind) if ending == "csv" else template.as_workbook(kind, "nb")
    intake = taken(raw, template.file_name(kind, ending))
    assert not intake.blocking, intake.problems
    # It is said that the row is the example, and nothing else is.
    assert [problem.code for problem in intake.problems] == ["example_row"]
    assert intake.tables[kind].height == 1
    assert intake.dropped_columns == ()
    given = {name for name, text in contract.load(kind).example.items() if text}
    row = intake.tables[kind].row(0, named=True)
    assert {name for name in given if row[name] is None} == set()


def test_both_forms_hold_the_same_values(taken: Taken) -> None:
    for kind in contract.all_kinds():
        book = taken(template.as_workbook(kind, "nb"), "mal.xlsx")
        text = taken(template.as_csv(kind), "mal.csv")
        assert book.tables[kind].equals(text.tables[kind]), kind


def test_a_workbook_has_headings_formats_drop_downs_and_an_example() -> None:
    first, _, lists = sheets("actions")
    held = contract.load("actions")
    headings = [cell.value for cell in first[1]]
    assert headings == [column.heading for column in held.columns]
    of = {name: first.cell(2, number) for number, name in enumerate(held.column_names, start=1)}
    assert of["opened_on"].value == dt.datetime.fromisoformat("2026-03-12")
    assert of["opened_on"].number_format == "dd.mm.yyyy"
    assert of["action_id"].number_format == "@"
    checks = {
        str(check.sqref).split(":")[0]: check for check in first.data_validations.dataValidation
    }
    status = checks[of["status"].coordinate]
    assert status.type == "list"
    column = next(one for one in lists.iter_cols(values_only=True) if one[0] == "status")
    words = [value.words["nb"] for value in held.column("status").values]
    assert [word for word in column[1:] if word] == words
    assert f"${len(words) + 1}" in str(status.formula1)
    municipality = checks[of["municipality"].coordinate]
    assert municipality.errorStyle == "warning"
    assert checks[of["opened_on"].coordinate].type == "date"


@pytest.mark.parametrize("kind", contract.all_kinds())
@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_a_sheet_explains_each_column_in_the_readers_language(kind: str, language: str) -> None:
    first, explanation, _ = sheets(kind, language)
    held = contract.load(kind)
    explained = {row[0]: row for row in explanation.iter_rows(min_row=6, values_only=True)}
    for column in held.columns:
        assert explained[column.heading][4] == column.meaning[language]
    # What Excel would otherwise repair when the file is opened.
    for check in first.data_validations.dataValidation:
        assert len(check.prompt or "") <= 255
        assert len(check.promptTitle or "") <= 32
    assert {sheet.title for sheet in (explanation,)} <= example.OWN_SHEETS


def test_the_csv_opens_right_in_a_norwegian_excel() -> None:
    raw = template.as_csv("actions")
    assert raw.startswith("\ufefftiltak_id;kommune;".encode())
    assert raw.endswith(b"\r\n")
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")
    assert len(head) == len(row) == len(contract.load("actions").columns)


def test_the_example_row_is_left_out_when_others_stand_below_it(taken: Taken) -> None:
    row = ["T-1", "Ringebu", "Ny brosjyre", *[None] * 5, dt.date(2026, 10, 1), None, "åpent"]
    intake = taken(saved("actions", row), "tiltak.xlsx")
    assert intake.problems == ()
    assert intake.tables["actions"]["action_id"].to_list() == ["T-1"]
    assert [(one.line, one.why) for one in intake.left_out] == [(2, "example")]


def test_the_example_refers_to_what_the_store_holds() -> None:
    known = Known(
        municipalities={"3439": "Ringebu", "3440": "Øyer"},
        service_owners={"OYE-1": "3440", "RIN-1": "3439"},
        waves={"U-1": KnownWave("3439"), "U-2": KnownWave("3440")},
        activities=frozenset({"A-1"}),
        feedback=frozenset({"I-1", "I-2", "I-3"}),
    )
    assert example_row.example_of("survey_answers", known, "3440")["wave_id"] == "U-2"
    wave = example_row.example_of("survey_waves", known, "3440")
    assert (wave["municipality"], wave["service"], wave["activity_id"]) == ("Øyer", "OYE-1", "A-1")
    action = example_row.example_of("actions", known)
    assert action["municipality"] == "Ringebu"
    assert action["feedback_ids"] == "I-3"
    assert example_row.example_of("actions") == contract.load("actions").example


def test_a_template_made_for_a_store_is_known_again_as_its_example(
    taken: Taken, known: Known
) -> None:
    fuller = dataclasses.replace(
        known, activities=frozenset({"A-1"}), service_owners={"S-1": "3439"}, services={"S-1": "x"}
    )
    for kind in contract.all_kinds():
        for ending, raw in (
            ("csv", template.as_csv(kind, fuller, "3439")),
            ("xlsx", template.as_workbook(kind, "nb", fuller, "3439")),
        ):
            intake = taken(raw, f"mal.{ending}", store_knows=fuller)
            assert [problem.code for problem in intake.problems] == ["example_row"], kind


def test_a_template_made_for_no_store_is_read_as_the_stores_own(taken: Taken, known: Known) -> None:
    held = taken(template.as_csv("services"), "mal.csv").tables["services"]
    assert held["municipality"].to_list() == [next(iter(known.municipalities))]
    answers = taken(template.as_csv("survey_answers"), "mal.csv")
    assert answers.tables["survey_answers"]["wave_id"].to_list() == ["U-7"]
    own = taken(template.as_csv("goals"), "mal.csv", who=Person("k", "coordinator", "3440"))
    assert own.tables["goals"]["municipality"].to_list() == ["3440"]
    # A row of somebody's own is never exchanged.
    mine = template.as_csv("services").replace(b"EKS-PSYK", b"MIN-1")
    assert [one.code for one in taken(mine, "mal.csv").problems] == ["unknown_municipality"]


def test_the_example_of_a_municipality_is_nobodys() -> None:
    six = {"3405", "3441", "3440", "3439", "3438", "3436"}
    assert contract.load("municipalities").example["municipality_id"] not in six
