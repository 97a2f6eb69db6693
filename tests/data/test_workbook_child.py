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
        (dt.timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
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


def test_only_a_workbook_with_formulas_is_looked_at_twice() -> None:
    for value, expected in (("x", False), ("=1+1", True)):
        book = openpyxl.Workbook()
        book.worksheets[0]["B2"] = value
        raw = io.BytesIO()
        book.save(raw)
        assert workbook_child.has_formulas(raw.getvalue()) is expected
        found = workbook_child.formulas_without_value(raw.getvalue(), 10)
        assert found == ({"Sheet": [(2, "B2")]} if expected else {})
