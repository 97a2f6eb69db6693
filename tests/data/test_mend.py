"""Damaged rows are read as they can only have been meant, and none is wrong without a word."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import mend
from data.dialect import Dialect, records
from data.problems import at_lines
from data.read import read
from pages.terminal.read import write_cells
from tests.data import polluted

COMMA = Dialect(",")

SOUND = """navn,antall,omtale,dag
Kurs,2,"God, fin",2026-01-02
Møte,3,"Lang, tung",2026-01-03
Kafé,4,"Kort, lett",2026-01-04
"""


def told(*lines: str) -> list[tuple[list[str], bool]]:
    """The last rows of a file whose first ones are sound: their cells, and whether mended."""
    text = SOUND + "\n".join(lines)
    usual = mend.columns(list(records(text, COMMA)))
    assert usual is not None
    return [(row.cells, row.is_mended) for row in mend.rows(text, COMMA, usual)][4:]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        # A mark before a cell without quotes, and one more in a cell with them: it is kept.
        ('"Tur,5,"Ut, inn",2026-01-05', ['"Tur', "5", "Ut, inn", "2026-01-05"]),
        ('Tur,5,""Ut, inn",2026-01-05', ["Tur", "5", '"Ut, inn', "2026-01-05"]),
        # A mark within quotes that should have been doubled, in the middle and at the end.
        ('Tur,5,"Ut 5" inn, ned",2026-01-05', ["Tur", "5", 'Ut 5" inn, ned', "2026-01-05"]),
        ('Tur,5,"Ut, 48"",2026-01-05', ["Tur", "5", 'Ut, 48"', "2026-01-05"]),
        # A separator that is missing beside a quoted cell, even where the row then has the right
        # number of cells by chance.
        ('Tur,5"Ut, inn",2026-01-05', ["Tur", "5", "Ut, inn", "2026-01-05"]),
        ('Tur,5,"Ut, inn"2026-01-05', ["Tur", "5", "Ut, inn", "2026-01-05"]),
        # A separator too many.
        ("Tur,,5,Ut,2026-01-05", ["Tur", "5", "Ut", "2026-01-05"]),
        # A text without quotes that holds the separator.
        ("Tur,5,Ut, inn,2026-01-05", ["Tur", "5", "Ut, inn", "2026-01-05"]),
        # Another separator than the rest of the file.
        ("Tur;5;Ut, inn;2026-01-05", ["Tur", "5", "Ut, inn", "2026-01-05"]),
        ('Tur 5 "Ut, inn" 2026-01-05', ["Tur", "5", "Ut, inn", "2026-01-05"]),
    ],
)  # fmt: skip
def test_a_row_that_can_only_have_been_meant_in_one_way_is_read_so(
    line: str, cells: list[str]
) -> None:
    assert told(line, "Tog,6,Fort,2026-01-06") == [
        (cells, True),
        (["Tog", "6", "Fort", "2026-01-06"], False),  # and nothing below it is swallowed
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("Tur5,Ut,2026-01-05", ["Tur5", "Ut", "2026-01-05"]),  # where the separator was, who knows
        ("Sum,9", ["Sum", "9"]),
        ("Kilde: vi selv har talt", ["Kilde: vi selv har talt"]),
        ("Dette er fire ord", ["Dette er fire ord"]),
        ('Skjerm 5",5,"Ut, inn",2026-01-05', ['Skjerm 5"', "5", "Ut, inn", "2026-01-05"]),
        ('Tur,5,"Ut,\ninn",2026-01-05', ["Tur", "5", "Ut,\ninn", "2026-01-05"]),
        ("Tur,5,Ut,2026-01-05,", ["Tur", "5", "Ut", "2026-01-05"]),  # Excel ends rows so
    ],
)  # fmt: skip
def test_a_row_that_may_be_as_it_is_stays_and_is_not_called_mended(
    line: str, cells: list[str]
) -> None:
    assert told(line) == [(cells, False)]


def test_where_two_readings_are_as_good_none_is_chosen() -> None:
    text = "a,b,c\n" + "x,y,z\n" * 5 + "x,,y,z,\n"
    usual = mend.columns(list(records(text, COMMA)))
    rows = list(mend.rows(text.replace("x,,y,z,", "x,,y,"), COMMA, usual))
    assert (rows[-1].cells, rows[-1].is_mended) == (["x", "", "y", ""], False)


def test_no_width_that_half_the_rows_have_is_no_table_to_mend() -> None:
    ragged = [(1, ["a"]), (2, ["a", "b"]), (3, ["a", "b", "c"]), (4, ["a", "b", "c", "d"])]
    assert mend.columns(ragged) is None
    two = [(1, ["a", "b"]), (2, ["a", "b"])]
    assert mend.columns(two) is None
    assert mend.columns([*two, (3, ["a", "b"])]) == mend.Columns(2, (["a", "b"], ["a", "b"]))


@pytest.mark.parametrize("file", tuple(polluted.files()), ids=lambda file: file.name)
def test_no_polluted_file_is_read_wrong_without_a_word(
    file: polluted.Polluted, tmp_path: Path
) -> None:
    reading = read(file.text.encode(), "fil.csv")
    write_cells(reading, tmp_path / "ut.csv")
    with (tmp_path / "ut.csv").open(encoding="utf-8", newline="") as out:
        is_right = list(csv.reader(out)) == file.rows
    assert is_right or reading.is_blocked
    # Where two cells became one without a mark between them, nobody can say where the first ended;
    # and a row with a text unlike the others fits its columns too little to be sure.
    if not file.name.startswith("less") and file.name not in ("more_4_3", "more_4_5"):
        assert is_right


def test_mended_rows_stop_the_file_and_are_told_with_their_lines() -> None:
    reading = read((SOUND + '"Tur,5,"Ut, inn",2026-01-05\n').encode(), "fil.csv")
    assert reading.problems == (at_lines("mended_rows", [5], of=4),)
    assert reading.cells.row(3) == ('"Tur', "5", "Ut, inn", "2026-01-05")


@given(st.lists(st.text(alphabet='a1 ",;\n', max_size=30), max_size=12))
def test_nothing_that_is_well_written_is_mended(cells: list[str]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["a", "b", "c"], *([cell, "1", cell] for cell in cells)])
    usual = mend.columns(list(records(text.getvalue(), COMMA)))
    rows = [(row.cells, row.is_mended) for row in mend.rows(text.getvalue(), COMMA, usual)]
    assert rows[1:] == [([cell, "1", cell], False) for cell in cells]


def test_after_a_thousand_broken_rows_the_rest_is_read_as_any_reader_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mend, "MOST_LOOKED_AT", 2)
    line = 'Tur,5,"Ut 5" inn, ned",2026-01-05'
    assert told(line, line, line) == [
        (["Tur", "5", 'Ut 5" inn, ned', "2026-01-05"], True),
        (["Tur", "5", 'Ut 5" inn, ned', "2026-01-05"], True),
        (["Tur", "5", "Ut 5 inn", ' ned"', "2026-01-05"], False),
    ]


def test_a_file_of_nothing_but_damage_takes_no_longer_than_a_moment() -> None:
    text = "a,b,c,d\n" + "1,2,3,4\n" * 3000 + '"x,"y,""z"",\n' * 2500
    begun = time.process_time()
    list(mend.rows(text, COMMA, mend.columns(list(records(text[:5000], COMMA)))))
    wide = ",".join(["a"] * 900) + "\n"
    text = wide * 5 + ('"x,' * 900 + "\n") * 50
    list(mend.rows(text, COMMA, mend.columns(list(records(wide * 5, COMMA)))))
    assert time.process_time() - begun < 8
