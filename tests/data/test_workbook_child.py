"""What the reading process itself promises: texts as typed, far cells named, limits set."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from data import workbook_child


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        ("Øyer", "General", "Øyer"),
        (301, "0000", "0301"),
        (301, "0", "301"),
        (0.5, "0%", "0.5"),
        (2.0, "General", "2"),
        (True, "General", "TRUE"),
        (dt.date(2026, 10, 12), "d.m.yyyy", "2026-10-12"),
        (dt.datetime.fromisoformat("2026-10-12 00:00:00"), "d.m.yyyy", "2026-10-12"),
        (dt.datetime.fromisoformat("2026-10-12 08:05:00"), "d.m.yyyy", "2026-10-12 08:05:00"),
        (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
    ],
)
def test_a_value_is_written_as_a_person_would_type_it(
    value: Any, number_format: str, text: str
) -> None:
    assert workbook_child.as_text(value, number_format) == text


def sheet_with(cell: str, value: Any) -> Any:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "id"
    book.worksheets[0][cell] = value
    raw = io.BytesIO()
    book.save(raw)
    return openpyxl.load_workbook(raw, read_only=True, data_only=True).worksheets[0]


@pytest.mark.parametrize(
    ("cell", "is_far"), [("A11", False), ("A12", True), ("C1", False), ("D1", True)]
)
def test_a_cell_beyond_a_limit_is_far_and_one_at_it_is_not(cell: str, is_far: bool) -> None:
    rows = workbook_child.rows_of(sheet_with(cell, "x"), columns=3, far_rows=10)
    if is_far:
        with pytest.raises(workbook_child.FarCellError, match=cell):
            list(rows)
    else:
        assert len(list(rows)) in (1, 2)


def looked_over(xml: str) -> dict[str, Any]:
    return workbook_child.look_over(io.BytesIO(xml.encode()))


def test_only_a_sheet_with_formulas_is_looked_at_twice() -> None:
    assert looked_over('<row r="1"><c r="A1"><f>1+1</f></c></row>')["formulas"]
    assert not looked_over('<row r="1"><c r="A1"><is><t>f</t></is></c></row>')["formulas"]


def test_merged_rows_and_hidden_rows_are_seen_also_across_the_pieces_that_are_read() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 60_000))
    hidden = '<row spans="1:2" hidden="1" r="60000"/>'
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B7:B9"/></mergeCells>'
    seen = looked_over(rows + hidden + merged)
    assert (seen["merged"], seen["hidden_rows"]) == ([[7, "B7:B9"]], [60_000])


@pytest.mark.parametrize("second", [2, 1])
def test_rows_out_of_order_are_no_workbook_since_some_would_be_dropped(second: int) -> None:
    with pytest.raises(workbook_child.UnorderedError):
        looked_over(f'<row r="2"></row><row r="{second}"></row>')
    looked_over("<row></row><row></row>")  # Without numbers they count themselves.
