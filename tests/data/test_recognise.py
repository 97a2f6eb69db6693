"""Whose export a table is, is told by its headings; what does not fit is told too."""

from __future__ import annotations

import pytest

from data import contract, mapping_tables
from data.mapping import Gives, Mapping, Source
from data.read import Reading, read
from data.recognise import nearest_heading, nearly_meant, recognise


def headed(*headings: str) -> Reading:
    rows = [";".join(headings), *(";".join("x" for _ in headings) for _ in range(2))]
    return read("\r\n".join(rows).encode("cp1252"), "fil.csv")


@pytest.mark.parametrize("kind", contract.all_kinds())
@pytest.mark.parametrize("language", ["heading", "name"])
def test_every_kind_is_known_by_its_own_headings(kind: str, language: str) -> None:
    held = contract.load(kind)
    found = recognise(headed(*(getattr(column, language) for column in held.columns)), ())
    assert (found.kind, found.tool, found.why) == (kind, "template", "headings")
    assert (found.unknown_columns, found.missing_columns, found.unsure) == ((), (), ())
    assert found.mapping is not None
    assert set(found.mapping.gives[0].columns) == set(held.column_names)


@pytest.mark.parametrize("kind", contract.all_kinds())
def test_every_kind_is_known_by_what_it_requires(kind: str) -> None:
    required = [column for column in contract.load(kind).columns if column.is_required]
    assert recognise(headed(*(column.heading for column in required)), ()).kind == kind


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("evaluering_surveyxact", ["respid", "utsending", "kommune", "s_1", "s_2", "s_3", "s_4",
                                   "s_5", "stato_4"]),
        ("evaluering_forms", ["ID", "Start time", "Completion time", "Email", "Name", "Utsending",
                              "Informasjonen jeg fikk, var lett å forstå.",
                              "Jeg ble møtt med respekt.", "Jeg kunne påvirke det som ble gjort.",
                              "Hvor stor nytte hadde du av tilbudet?"]),
        ("tiltak_planner", ["Task ID", "Task Name", "Bucket Name", "Progress", "Priority",
                            "Assigned To", "Created Date", "Due date"]),
        ("tiltak_planner", ["Oppgave-ID", "Oppgavenavn", "Samlingsnavn", "Fremdrift",
                            "Opprettet dato"]),
        ("friends_and_family", ["time", "rating", "surgery"]),
    ],
)  # fmt: skip
def test_a_tools_export_is_known_in_norwegian_and_english(name: str, headings: list[str]) -> None:
    found = recognise(headed(*headings), mapping_tables.shipped())
    assert found.mapping is not None
    assert (found.mapping.name, found.why) == (name, "saved_mapping")
    assert (found.unknown_columns, found.missing_columns) == ((), ())


def test_a_column_spelt_wrong_is_missing_and_another_is_unknown() -> None:
    found = recognise(headed("tiltak_id", "kommune", "tiltak", "åpnet", "statuss"), ())
    assert found.kind == "actions"
    assert (found.missing_columns, found.unknown_columns) == (("status",), ("statuss",))
    column = contract.load("actions").column("status")
    assert nearest_heading(column, found.unknown_columns) == "statuss"
    assert nearest_heading(column, ["frist"]) is None


def test_two_columns_that_could_be_one_are_asked_about_unless_they_are_equal() -> None:
    head = "tiltak_id;kommune;tiltak;åpnet;status;frist;deadline\n"
    row = "T;Øyer;x;01.02.2026;åpent;01.03.2026;"
    unlike = read((head + row + "02.03.2026\n").encode("cp1252"), "fil.csv")
    assert recognise(unlike, ()).unsure == (("due_on", ("frist", "deadline")),)
    alike = read((head + row + "01.03.2026\n").encode("cp1252"), "fil.csv")
    assert recognise(alike, ()).unsure == ()


def test_headings_of_no_file_are_no_kind() -> None:
    found = recognise(headed("dato", "temperatur", "nedbør"), mapping_tables.shipped())
    assert (found.mapping, found.kind, found.why) == (None, None, None)


def small(name: str, *known_by: str) -> Mapping:
    columns = {"service_id": Source("column", known_by[0])}
    return Mapping(name, "eksempel", known_by, (Gives("services", columns),))


def test_the_mapping_known_by_most_columns_is_used_and_equals_are_asked_about() -> None:
    reading = headed("a", "b", "c")
    assert recognise(reading, (small("x", "a"), small("y", "a", "b"))).mapping == small(
        "y", "a", "b"
    )
    equal = recognise(reading, (small("x", "a"), small("y", "b")))
    assert (equal.mapping, equal.candidates) == (None, ("x", "y"))


def test_a_saved_mapping_goes_before_a_shipped_one_of_the_same_name() -> None:
    saved, shipped = small("x", "a"), small("x", "b")
    assert recognise(headed("a", "b"), (saved, shipped)).mapping == saved


def test_a_mapping_or_a_kind_can_be_asked_for() -> None:
    reading = headed("a", "b")
    found = recognise(reading, (small("x", "q"),), "x")
    assert (found.why, found.missing_columns) == ("asked_for", ("q",))
    assert recognise(reading, (), "actions").kind == "actions"
    assert recognise(reading, (small("x", "q"),), "z").candidates == ("x",)


def test_a_column_that_is_nearly_an_optional_one_is_named_with_it() -> None:
    raw = b"tiltak_id;kommune;tiltak;tema;kilde;frst;vekt\nT-1;3440;Skilt;informasjon;x;1;2\n"
    known_as = recognise(read(raw, "tiltak.csv"), [])
    # "vekt" is like nothing, and what is required is told where it is missing.
    assert nearly_meant(known_as, ["frst", "vekt", "statuss"]) == {"frst": "frist"}
