"""A file from its bytes to what would be stored: whole, said, and with nothing personal left."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import contract, coverage, mapping_tables
from data.intake import Intake
from data.people import Person
from data.problems import CODES, Problem, at_lines
from data.read import Choices

BAD = Path(__file__).parent / "bad"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (BAD / "expected.toml").read_text(encoding="utf-8")
)
Take = Callable[..., Intake]

ACTIONS = "tiltak_id;kommune;tiltak;åpnet;frist;status"
GOOD = f"{ACTIONS}\r\nT-1;Ringebu;Ny skiltplan;01.02.2026;;pågår\r\n"
NUMBER = "26111594014"


def told(problem: Problem) -> dict[str, Any]:
    """The facts of a problem as the expectations write them: what is empty is left out."""
    facts = dataclasses.asdict(problem)
    return {
        name: list(fact) if isinstance(fact, tuple) else fact
        for name, fact in facts.items()
        if fact not in (None, ())
    }


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_a_bad_file_gets_exactly_its_problems(file: str, taken: Take) -> None:
    expected = EXPECTED[file]
    who = {"who": Person("k", "coordinator", "3439")} if "who" in expected else {}
    intake = taken((BAD / file).read_bytes(), file, **who)
    assert [told(problem) for problem in intake.problems] == expected["problems"]
    assert intake.blocking is any(CODES[one["code"]].weight != "tell" for one in
                                  expected["problems"])  # fmt: skip


def test_every_bad_file_has_its_expectation() -> None:
    files = {path.name for path in BAD.iterdir()} - {"expected.toml"}
    assert files == set(EXPECTED)


def test_no_trace_of_a_planted_number_is_in_anything_that_comes_back(taken: Take) -> None:
    spaced = f"{NUMBER[:6]} {NUMBER[6:]}"
    places = [
        GOOD.replace("Ny skiltplan", f"ring {NUMBER}"),  # a kept column of text
        GOOD.replace("T-1", NUMBER),  # the key
        GOOD.replace("Ringebu", spaced),  # a reference
        GOOD.replace("pågår", spaced),  # a code
        GOOD.replace("01.02.2026", NUMBER),  # a date
        GOOD.replace("status\r\n", "status;merknad\r\n").replace("pågår", f"pågår;{NUMBER}"),
        GOOD.replace("frist", NUMBER),  # a heading
        f"Kontakt {spaced};;;;;\r\n\r\n{GOOD}",  # a title
        f"{GOOD}Kilde: {spaced};;;;;\r\n",  # a source
        GOOD.replace("Ny", f'"{NUMBER}\r\nNy"'),  # a cell that ends badly
        f"{NUMBER}\r\n{NUMBER}\r\n",  # a file of nothing else
        GOOD.replace(";", "|").replace("frist", spaced),
    ]
    for text in places:
        intake = taken(text, f"fil {NUMBER}.csv")
        everything = [intake, *intake.tables.values(), intake.reading.cells, intake.checked]
        for shown in (*map(repr, everything), repr(vars(intake)), repr(intake.tables)):
            assert NUMBER not in shown
            assert spaced not in shown
        kept = intake.to_keep(text.encode("cp1252"))
        assert NUMBER.encode() not in kept
        assert spaced.encode() not in kept


def test_the_bytes_of_a_clean_file_are_kept_and_of_another_only_its_kept_cells(
    taken: Take,
) -> None:
    raw = GOOD.encode("cp1252")
    assert taken(raw).to_keep(raw) == raw
    more = raw.replace(b"status\r\n", b"status;vekt\r\n").replace(b"\xe5r\r\n", b"\xe5r;3\r\n")
    assert taken(more).to_keep(more).decode() == (
        "line,tiltak_id,kommune,tiltak,åpnet,frist,status\n"
        "2,T-1,Ringebu,Ny skiltplan,01.02.2026,,pågår\n"
    )


def test_a_workbook_is_never_kept_whole_since_it_carries_its_author(taken: Take) -> None:
    raw = (BAD / "workbook_named_csv.csv").read_bytes()
    assert taken(raw).to_keep(raw).startswith(b"line,tiltak_id")


def test_problems_that_block_come_first(taken: Take) -> None:
    text = GOOD.replace("status\r\n", "status;vekt\r\n").replace("pågår", "feito;3")
    assert [one.code for one in taken(text).problems] == ["unknown_code", "unknown_column"]


def test_the_only_known_sheet_is_read_and_said(taken: Take) -> None:
    demo = Path(contract.__file__).parent / "demo" / "files" / "2026-10"
    raw = (demo / "tiltak_sor-fron_2026-10.xlsx").read_bytes()
    intake = taken(raw, "plan.xlsx", who=Person("k", "coordinator", "3438"))
    assert (intake.reading.sheet, intake.blocking) == ("Tasks", False)
    assert Problem("sheet_chosen", found="Tasks", sheet="Tasks") in intake.problems
    assert intake.constants == {"actions.municipality": "3438"}
    assert set(intake.tables["actions"]["municipality"]) == {"3438"}
    assert {"done", "told_back"} & set(intake.tables["actions"]["status"])


def test_a_value_that_the_uploader_says_is_in_the_receipt(taken: Take) -> None:
    raw = (BAD / "needs_municipality.csv").read_bytes()
    intake = taken(raw, choices=Choices(values={"municipality": "Øyer"}))
    assert (intake.blocking, intake.constants) == (False, {"actions.municipality": "Øyer"})


def test_a_mapping_that_is_not_there_is_told(taken: Take) -> None:
    (problem,) = taken(GOOD, mapping_name="borte").problems
    assert (problem.code, problem.found) == ("unknown_mapping", "borte")


@pytest.mark.parametrize("name", ["friends_and_family", "evaluering_forms", "tiltak_planner"])
def test_a_mapping_of_another_file_lacks_its_columns(name: str, taken: Take) -> None:
    intake = taken("farge;form\nrød;rund\nblå;kantet\n", mapping_name=name)
    assert intake.blocking
    blocking = [problem for problem in intake.problems if problem.blocking]
    assert {problem.code for problem in blocking} == {"missing_column"}
    assert [problem.expected for problem in blocking] == list(intake.recognition.missing_columns)


def test_a_file_without_a_column_its_mapping_is_known_by_is_another_file(taken: Take) -> None:
    text = "time,surgery\n2026-01-02 10:00:00,A\n"
    intake = taken(text, mapping_name="friends_and_family")
    blocking = [problem for problem in intake.problems if problem.blocking]
    assert blocking == [Problem("missing_column", expected="rating")]


def test_one_file_may_bring_what_it_refers_to(taken: Take) -> None:
    text = (
        "time,rating,surgery\n" + "2026-01-02 10:00:00,Likely,A\n2026-02-02 10:00:00,Don't know,B\n"
    )
    intake = taken(text)
    assert (intake.blocking, intake.checked and intake.checked.without_number) == (False, 1)
    assert {kind: table.height for kind, table in intake.tables.items()} == {
        "municipalities": 1, "services": 2, "questions": 1, "survey_waves": 2, "survey_answers": 2,
    }  # fmt: skip
    assert intake.tables["survey_answers"]["value"].to_list() == ["4", "no_number"]


@pytest.mark.parametrize("line", range(1, 5))
def test_order_of_rows_does_not_matter(line: int, taken: Take) -> None:
    rows = [f"T-{n};Øyer;Tiltak {n};0{n}.02.2026;;åpent" for n in range(1, 6)]
    turned = rows[line:] + rows[:line]
    tables = [
        taken("\r\n".join([ACTIONS, *order])).tables["actions"].drop("line").sort("action_id")
        for order in (rows, turned)
    ]
    assert tables[0].equals(tables[1])


SCRAPS = st.sampled_from(["T-1", "Øyer", "", "01.02.2026", NUMBER, "pågår", "1/2/2026", "x\n"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.one_of(
        st.binary(max_size=300),
        st.text(alphabet="ab1;,\n\"'%@.26111594014 ÆØÅ", max_size=300).map(str.encode),
        st.lists(SCRAPS, max_size=30).map(lambda cells: f"{ACTIONS}\n{';'.join(cells)}".encode()),
    )
)
def test_no_bytes_raise_and_none_leave_a_number_behind(raw: bytes, taken: Take) -> None:
    intake = taken(raw)
    assert NUMBER not in repr(intake)
    assert intake.blocking or any(table.height for table in intake.tables.values())


# -- the real files ----------------------------------------------------------------------------


def test_the_friends_and_family_answers_load_whole(real: Path, taken: Take) -> None:
    raw = (real / "fft_gp_time_rating_surgery.csv").read_bytes()
    intake = taken(raw, "fft.csv")
    # A second opinion, from the file's own lines.
    lines = [line.split(",") for line in raw.decode().splitlines()[1:]]
    waves = {(surgery, time[:7]) for time, _, surgery in lines}
    unsure = [number for number, line in enumerate(lines, start=2) if line[1] == "Don't know"]
    assert intake.problems == (
        at_lines("without_number", unsure, column="rating", found="Don't know"),
    )
    assert intake.tables["services"].height == len({surgery for _, _, surgery in lines})
    assert intake.tables["survey_waves"].height == len(waves)
    assert intake.tables["survey_answers"].height == len(lines)
    assert intake.checked is not None
    assert intake.checked.without_number == len(unsure)
    assert len(intake.checked.whole_waves) == len(waves)
    assert coverage.written(intake.proposes) == "9901:2023-07..2024-04"


def test_the_surveyxact_school_survey_loads_and_says_what_it_leaves_out(
    real: Path, taken: Take
) -> None:
    raw = (real / "surveyxact_semicolon_cp1252" / "dataset.csv").read_bytes()
    intake = taken(raw, "dataset.csv")
    assert not intake.blocking
    assert [problem.code for problem in intake.problems] == [
        "unknown_column", "dropped_column", "without_answers",
    ]  # fmt: skip
    assert len(intake.reading.columns) + len(intake.dropped_columns) == 242
    lines = [line.split(";") for line in raw.decode("cp1252").splitlines()]
    head, rows = lines[0], lines[1:]
    asked = [head.index(name) for name in ("up_01", "up_03", "up_05", "up_06", "i_06")]
    assert intake.tables["survey_waves"]["asked"].sum() == len(rows)
    assert intake.tables["survey_answers"].height == sum(
        bool(row[column]) for row in rows for column in asked
    )
    assert intake.tables["services"].height == len({row[head.index("b_1_1")] for row in rows})


@pytest.mark.parametrize(
    "file",
    ["surveymonkey_comma.csv", "surveymonkey_thanksgiving.csv", "typeform_espoo.csv",
     "typeform_post_2018.csv", "qualtrics_matrix.csv", "redcap_checkboxes.csv",
     "redcap_decimal_comma.csv"],
)  # fmt: skip
def test_a_real_export_without_a_mapping_is_stored_only_when_somebody_has_confirmed_one(
    real: Path, file: str, taken: Take
) -> None:
    intake = taken((real / file).read_bytes(), file)
    assert intake.blocking
    assert {problem.code for problem in intake.problems if problem.blocking} <= {
        "no_headings", "personal_heading", "several_layouts", "identity_number",
        "phone_number", "email_address", "proposed_mapping", "needs_value",
    }  # fmt: skip


def test_a_real_export_without_its_tools_own_columns_is_still_seen_to_be_a_survey(
    real: Path, taken: Take
) -> None:
    # What Typeform writes of each answer was taken out before it was published.
    found = taken((real / "typeform_post_2018.csv").read_bytes(), "2018.csv").recognition
    assert (found.why, found.tool) == ("proposed", "survey")
    assert found.proposal is not None
    uses = {one.heading: one.use for one in found.proposal.columns}
    assert uses["Reusable"] == "question"
    assert uses["Other"] == "free_text"
    assert sum(one.why == "no_scale" for one in found.proposal.columns) >= 8


def test_a_real_export_of_a_known_tool_without_any_answers_is_proposed_with_none(
    real: Path, taken: Take
) -> None:
    intake = taken((real / "redcap_decimal_comma.csv").read_bytes(), "data.csv")
    assert (intake.recognition.why, intake.recognition.tool) == ("proposed", "redcap")
    assert intake.recognition.proposal is not None
    uses = {one.heading: (one.use, one.why) for one in intake.recognition.proposal.columns}
    assert uses == {
        "record_id": ("answer_id", ""),
        "name": ("personal", "personal"),
        "height": ("left_out", "no_scale"),
        "weight": ("left_out", "no_scale"),
        "bmi": ("left_out", "no_scale"),
        "demographics_complete": ("metadata", "metadata"),
    }


@pytest.mark.parametrize("file", ["structure.csv", "labels.csv"])
def test_what_surveyxact_exports_beside_the_answers_is_told_apart(
    real: Path, file: str, taken: Take
) -> None:
    intake = taken((real / "surveyxact_semicolon_cp1252" / file).read_bytes(), file)
    assert intake.problems == (Problem("codebook"),)
    # Also where somebody says that it is the answers.
    raw = (real / "surveyxact_semicolon_cp1252" / file).read_bytes()
    asked_for = taken(raw, file, mapping_name="surveyxact_school")
    assert [one.code for one in asked_for.problems if one.blocking] == ["codebook"]


@pytest.mark.parametrize(
    ("text", "is_codebook"),
    [
        ("v_1_1;0;Ikke valgt\nv_1_1;1;Valgt\nv_1_2;0;Ikke valgt\nv_1_2;1;Valgt\n", True),
        # Every variable stands once: rows of values, of something else.
        ("v_1_1;0;Ikke valgt\nv_1_2;1;Valgt\nv_1_3;0;Ikke valgt\nv_1_4;1;Valgt\n", False),
        ("T-1;0;Ikke valgt\nT-1;1;Valgt\nT-2;0;Ikke valgt\nT-2;1;Valgt\n", False),
    ],
)
def test_labels_are_known_by_their_variables(text: str, is_codebook: bool, taken: Take) -> None:
    codes = [problem.code for problem in taken(text, "labels.csv").problems]
    assert ("codebook" in codes, "no_headings" in codes) == (is_codebook, not is_codebook)


def test_mappings_of_the_demo_give_the_same_answers_from_either_tool() -> None:
    by_name = {one.name: one for one in mapping_tables.shipped()}
    forms, surveyxact = by_name["evaluering_forms"], by_name["evaluering_surveyxact"]
    assert [(one.code, one.role, one.topic) for one in forms.questions] == [
        (one.code, one.role, one.topic) for one in surveyxact.questions
    ]


def test_tables_have_the_columns_of_their_contracts(taken: Take) -> None:
    for kind, table in taken(GOOD).tables.items():
        assert table.columns == [*contract.load(kind).column_names, "line"]
        assert table.schema["line"] == pl.Int32
    assert taken(GOOD).proposes == coverage.of(
        ["actions"], ["3439"], dt.date(2026, 2, 1), dt.date(2026, 10, 1)
    )
