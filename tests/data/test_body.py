"""Rows become columns: longer ones widen the table, and what does not fit is remembered."""

from __future__ import annotations

from data.body import Body, named
from data.layout import Record


def gathered(*rows: list[str], names: tuple[str, ...] = ("a", "b", "c")) -> Body:
    body = Body(names, ";")
    numbered: list[Record] = list(enumerate(rows, start=2))
    body.take(iter(numbered))
    return body


def test_rows_of_the_right_width_are_columns_with_null_for_nothing() -> None:
    body = gathered(["1", "", "3"], ["4", "5", "6"])
    assert body.cells.rows() == [("1", None, "3"), ("4", "5", "6")]
    assert (body.lines.to_list(), body.ragged, body.swallowing) == ([2, 3], [], [])


def test_a_longer_row_widens_the_table_and_a_shorter_one_is_padded() -> None:
    body = gathered(["1", "2", "3", "4"], ["5"])
    assert body.cells.columns == ["a", "b", "c", "#4"]
    assert body.cells.rows() == [("1", "2", "3", "4"), ("5", None, None, None)]
    assert body.ragged == [2, 3]


def test_empty_cells_beyond_the_last_heading_are_nothing() -> None:
    body = gathered(["1", "2", "3", "", ""])
    assert (body.cells.columns, body.ragged) == (["a", "b", "c"], [])


def test_a_blank_line_is_not_ragged() -> None:
    assert gathered([], ["1", "2", "3"]).ragged == []


def test_a_cell_that_holds_rows_was_quoted_by_mistake() -> None:
    assert gathered(["1", "x;y\n4;5;6\n7;8;9", "z"]).swallowing == [2]
    assert gathered(["1", "two lines\nof one; answer", "z"]).swallowing == []


def test_no_rows_are_an_empty_table_with_its_columns() -> None:
    body = gathered()
    assert (body.cells.columns, body.cells.height, body.lines.len()) == (["a", "b", "c"], 0, 0)


def test_a_numbered_name_is_never_one_that_is_taken() -> None:
    assert named(("a", "#3"), 3) == ("a", "#3", "#3*")


def test_gathering_stops_at_a_row_that_is_too_wide() -> None:
    for cells, most in ((5, 5), (6, 5)):
        body = Body(("a", "b", "c"), ";", most)
        body.take(iter([(2, ["x"] * cells)]))
        assert (len(body.names), body.cells.height) == ((5, 1) if cells <= most else (6, 0))
