"""Workbooks become text in a process of their own, and none can hurt this one."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

import openpyxl
import pytest

from data import workbook
from data.problems import Problem, at_lines
from data.read import Choices, read, readings
from data.workbook import SheetSeen, open_workbook

HEADINGS = ["id", "kommune", "antall"]


def written(
    sheets: dict[str, list[list[Any]]], change: Callable[[Any], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change is not None:
        change(book)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def with_sheet_xml(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, change(part) if name.endswith("sheet1.xml") else part)
    return made.getvalue()


def test_every_cell_becomes_the_text_a_person_would_type() -> None:
    moment = dt.datetime.fromisoformat("2026-10-12 14:30:00")
    values = [
        "Øyer", 3, 3.0, 45.5, 1e-7, True, False, dt.date(2026, 10, 12), moment,
        dt.time(14, 30), None, "=farlig", "#N/A", 12345678901,
    ]  # fmt: skip
    raw = written({"Ark1": [[f"k{n}" for n in range(len(values))], values]})
    raw = with_sheet_xml(raw, lambda part: part.replace(b"<f>farlig</f>", b"<f>1+1</f><v>2</v>"))
    (sheet,) = open_workbook(raw).sheets
    assert sheet.rows[1][1] == [
        "Øyer", "3", "3", "45.5", "1e-07", "TRUE", "FALSE", "2026-10-12", "2026-10-12 14:30:00",
        "14:30:00", "", "2", "#N/A", "12345678901",
    ]  # fmt: skip


def test_a_number_that_is_shown_with_leading_zeros_keeps_them() -> None:
    def shown_as_0301(book: Any) -> None:
        book.worksheets[0]["A2"].number_format = "0000"

    (sheet,) = open_workbook(written({"Ark1": [["nr"], [301]]}, shown_as_0301)).sheets
    assert sheet.rows[1][1] == ["0301"]


def test_lines_are_the_rows_of_the_sheet_also_below_empty_ones() -> None:
    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", 3], [], [], ["2", "Gausdal", 4]]})
    assert read(raw, "bok.xlsx").lines.to_list() == [2, 5]


def test_text_below_row_a_thousand_of_a_number_column_is_kept() -> None:
    rows: list[list[Any]] = [HEADINGS, *([n, "Øyer", n] for n in range(1500)), ["x", "y", "mange"]]
    assert read(written({"Ark1": rows}), "bok.xlsx").cells["antall"][-1] == "mange"


def test_several_sheets_are_asked_about_and_hidden_ones_named() -> None:
    def hide(book: Any) -> None:
        book["Skjult"].sheet_state = "hidden"

    rows = [HEADINGS, ["1", "Øyer", 3]]
    raw = written({"A": rows, "B": rows, "Tom": [], "Skjult": rows}, hide)
    reading = read(raw, "bok.xlsx")
    assert reading.sheets == (
        SheetSeen("A", False, 2),
        SheetSeen("B", False, 2),
        SheetSeen("Tom", False, 0),
        SheetSeen("Skjult", True, 2),
    )
    assert reading.problems == (
        Problem("hidden_sheet", sheet="Skjult"),
        Problem("several_sheets", expected="A; B", sheet="A"),
    )
    assert [one.sheet for one in readings(raw, "bok.xlsx")] == ["A", "B"]
    chosen = read(raw, "bok.xlsx", choices=Choices(sheet="Skjult"))
    assert (chosen.sheet, chosen.cells.height) == ("Skjult", 1)
    (problem,) = [one for one in read(raw, "b.xlsx", choices=Choices(sheet="C")).problems
                  if one.blocking]  # fmt: skip
    assert (problem.code, problem.expected) == ("unknown_sheet", "A; B; Tom; Skjult")


def test_a_formula_without_a_stored_value_is_told_with_its_cell() -> None:
    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", "=1+1"]]})
    problem = at_lines("formula_without_value", [2], found="C2", sheet="Ark1")
    assert read(raw, "bok.xlsx").problems == (problem,)


@pytest.mark.parametrize(("cell", "value"), [("XFD1048576", " "), ("ZZZ9", "x"), ("A20000", "x")])
def test_a_far_cell_is_refused_within_five_seconds_of_the_processor(cell: str, value: str) -> None:
    far = openpyxl.utils.cell.coordinate_to_tuple("XFD9" if cell == "ZZZ9" else cell)

    def add(book: Any) -> None:
        book.worksheets[0].cell(*far, value)

    raw = written({"Ark1": [HEADINGS]}, add)
    before = os.times()
    (problem,) = read(raw, "bok.xlsx").problems
    after = os.times()
    assert problem.code == "far_cell"
    # Of the child that reads it too; how busy the machine is besides does not count.
    assert sum(after[:4]) - sum(before[:4]) < 5


def test_a_dimension_that_lies_is_not_believed() -> None:
    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", 3]]})
    raw = with_sheet_xml(raw, lambda part: part.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'))
    reading = read(raw, "bok.xlsx")
    assert (reading.problems, reading.cells.height) == ((), 1)


def test_an_archive_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = written({"Ark1": [HEADINGS]})
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
        after.writestr("xl/media/blank", b" " * 20_000_000)
    monkeypatch.setattr(workbook.subprocess, "run", None)  # it must not come so far
    (problem,) = open_workbook(packed.getvalue()).problems
    assert (problem.code, problem.found) == ("archive_bomb", "20")


def test_a_workbook_over_the_time_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    # With its five seconds of grace a hundredth of one is left: less than Python needs to start.
    monkeypatch.setattr(workbook, "SECONDS", -4.99)
    raw = written({"Ark1": [HEADINGS]})
    assert [one.code for one in open_workbook(raw).problems] == ["too_slow"]


def test_a_workbook_over_the_memory_limit_ends_its_own_process_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = Random(1)
    raw = written({"Ark1": [[chance.randbytes(15_000).hex()] for _ in range(400)]})
    monkeypatch.setattr(workbook, "MEMORY_BYTES", 40_000_000)
    assert [one.code for one in open_workbook(raw).problems] == ["too_slow"]


def test_a_workbook_that_is_no_workbook_inside_is_told() -> None:
    raw = written({"Ark1": [HEADINGS]})
    raw = with_sheet_xml(raw, lambda part: part[: len(part) // 2])
    assert [one.code for one in open_workbook(raw).problems] == ["broken_workbook"]


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name() -> None:
    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", 3]]})
    reading = read(raw, "svar.csv")
    assert reading.problems == (Problem("workbook_by_another_name", found=".csv"),)
    assert reading.cells.rows() == [("1", "Øyer", "3")]


def test_what_stands_beside_the_table_is_a_column_without_a_heading() -> None:
    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", 3], ["2", "Gausdal", 4, "husk!"]]})
    reading = read(raw, "bok.xlsx")
    assert reading.columns == ("id", "kommune", "antall", "#4")
    assert [one.code for one in reading.problems] == ["empty_headings"]


def test_cells_merged_over_rows_stop_the_file_and_those_of_a_title_do_not() -> None:
    def merge(book: Any) -> None:
        book.worksheets[0].merge_cells("A1:C2")
        book.worksheets[0].merge_cells("B4:B5")

    rows = [["Svar", "", ""], ["", "", ""], HEADINGS, ["1", "Øyer", 3], ["2", None, 4]]
    reading = read(written({"Ark1": rows}, merge), "bok.xlsx")
    assert reading.problems == (at_lines("merged_cells", [4], found="B4:B5", sheet="Ark1"),)


def test_hidden_rows_are_read_and_told() -> None:
    def hide(book: Any) -> None:
        book.worksheets[0].row_dimensions[3].hidden = True

    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", 3], ["2", "Gausdal", 4]]}, hide)
    reading = read(raw, "bok.xlsx")
    assert reading.problems == (at_lines("hidden_rows", [3], sheet="Ark1"),)
    assert reading.cells.height == 2


def test_rows_out_of_order_are_refused_since_openpyxl_would_drop_some() -> None:
    def swap(part: bytes) -> bytes:
        second, third = (part.index(b'<row r="%d"' % number) for number in (2, 3))
        end = part.index(b"</sheetData>")
        return part[:second] + part[third:end] + part[second:third] + part[end:]

    raw = written({"Ark1": [HEADINGS, ["1", "Øyer", 3], ["2", "Gausdal", 4]]})
    assert [one.code for one in open_workbook(with_sheet_xml(raw, swap)).problems] == [
        "broken_workbook"
    ]


def test_a_strict_workbook_is_told_how_to_be_saved() -> None:
    raw = written({"Ark1": [HEADINGS]})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            usual = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            after.writestr(name, before.read(name).replace(usual, strict))
    assert open_workbook(made.getvalue()).problems == (
        Problem("other_workbook", found="Strict Open XML"),
    )


def test_a_cell_of_three_million_letters_is_refused() -> None:
    raw = with_sheet_xml(
        written({"Ark1": [HEADINGS, ["1", "Fron", 3]]}),
        lambda part: part.replace(b"Fron", b"x" * 3_000_000),
    )
    assert [one.code for one in read(raw, "bok.xlsx").problems] == ["long_cell"]
