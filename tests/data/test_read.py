"""Any dialect gives the same cells, whatever is doubtful is said, and no bytes raise."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import columnar
from data.problems import Problem, at_lines
from data.read import Choices, Limits, Reading, read

# Text that no judgement could mistake for a heading of numbers, a sum or a source.
WORDS = st.text(alphabet="abcæøåÆØÅ;,|\t \"'\n", max_size=12)
HEADINGS = ("navn_paa_tiltak", "fritt_ord", "hva_skjedde")


def shown(reading: Reading) -> list[tuple[str | None, ...]]:
    return reading.cells.rows()


@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=3, max_size=12),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_a_table_written_in_any_dialect_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str, end: str, quoting: int
) -> None:
    """Told the separator: without it a table of such rags is rightly doubted now and then."""
    rows = [(f"T{number} {first}", *rest) for number, (first, *rest) in enumerate(rows)]  # type: ignore[misc]
    if end == "\r":  # then the writer leaves a line feed in a cell without quotes
        quoting = csv.QUOTE_ALL
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([HEADINGS, *rows])
    raw = text.getvalue().encode(encoding)
    reading = read(raw, "fil.csv", choices=Choices(delimiter=delimiter))
    assert reading.columns == HEADINGS
    assert shown(reading) == [tuple(cell or None for cell in row) for row in rows]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_dialect_is_found_without_being_told(delimiter: str, encoding: str, end: str) -> None:
    rows = [["kommune", "tema", "antall"], ["Øyer", "én dør inn", "3"], ["Sør-Fron", "tillit", "4"]]
    raw = (end.join(delimiter.join(row) for row in rows) + end).encode(encoding)
    reading = read(raw, "fil.csv")
    assert reading.columns == ("kommune", "tema", "antall")
    assert shown(reading) == [tuple(row) for row in rows[1:]]
    assert (reading.delimiter, reading.lines.to_list(), reading.problems) == (delimiter, [2, 3], ())
    assert reading.encoding == ("windows-1252" if encoding == "cp1252" else encoding)


def test_mixed_line_ends_and_lines_within_quotes_keep_their_line_numbers() -> None:
    reading = read(b'a;b;c\r1;"x\r\ny";z\n2;p;q\r\n3;r;s', "fil.csv")
    assert shown(reading) == [("1", "x\r\ny", "z"), ("2", "p", "q"), ("3", "r", "s")]
    assert reading.lines.to_list() == [2, 4, 5]


def test_a_separator_line_is_obeyed_and_marked() -> None:
    reading = read(b"sep=,\r\na,b;c\r\n1,2;3\r\n", "fil.csv")
    assert (reading.delimiter, reading.heading_row, reading.columns) == (",", 2, ("a", "b;c"))
    assert reading.lines.to_list() == [3]
    assert [(one.line, one.why) for one in reading.left_out] == [(1, "separator_line")]


def test_titles_sums_and_sources_are_left_out_with_a_mark_and_can_be_put_back() -> None:
    raw = "Tiltak 2026;;\r\n;;\r\nkommune;mnd;antall\r\nØyer;jan;3\r\nSum;;3\r\nKilde: KB;;\r\n"
    reading = read(raw.encode("cp1252"), "fil.csv")
    assert shown(reading) == [("Øyer", "jan", "3")]
    assert [(one.line, one.why) for one in reading.left_out] == [
        (1, "title_row"),
        (5, "sum_row"),
        (6, "source_row"),
    ]
    back = read(raw.encode("cp1252"), "fil.csv", choices=Choices(put_back=(5,)))
    assert shown(back) == [("Øyer", "jan", "3"), ("Sum", None, "3")]


def test_ragged_rows_are_told_with_their_lines_and_nothing_of_them_is_cut() -> None:
    reading = read(b"a;b;c\n1;2;3\n4;5;6;7\n8;9\n1;2;3\n", "fil.csv")
    assert reading.problems == (at_lines("ragged_rows", [3, 4], expected="3", of=4),)
    assert shown(reading)[1:3] == [("4", "5", "6", "7"), ("8", "9", None, None)]


def test_rows_that_the_uploader_leaves_out_are_marked() -> None:
    raw = b"a;b;c\n1;2;3\n4;5;6;7\n1;2;3\n"
    reading = read(raw, "fil.csv", choices=Choices(leave_out=(3,)))
    assert (reading.problems, reading.cells.height) == ((), 2)
    assert [(one.line, one.why) for one in reading.left_out] == [(3, "chosen")]


def test_separators_after_the_last_heading_are_no_column() -> None:
    reading = read(b"a;b;\n1;2;\n3;4;\n", "fil.csv")
    assert (reading.columns, reading.problems) == (("a", "b"), ())


def test_a_column_with_cells_and_no_heading_is_numbered_and_told() -> None:
    reading = read(b"a;b;\n1;2;x\n3;4;\n", "fil.csv")
    assert reading.columns == ("a", "b", "#3")
    assert reading.problems == (Problem("empty_headings", 1, found="#3"),)


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    reading = read(b'a;b;c\n1;"x;2\n3;y;4\n5;z;6\n7;w;8\n', "fil.csv")
    assert reading.problems == (Problem("unclosed_quote", line=2),)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(bytes=10), "too_big"),
        (Limits(lines=1), "too_many_lines"),
        (Limits(columns=2), "too_many_columns"),
        (Limits(cell=3), "long_cell"),
    ],
)
def test_each_limit_refuses_above_and_not_at(limits: Limits, code: str) -> None:
    raw = b"a;b;c\n1;2;four\n"
    assert [one.code for one in read(raw, "fil.csv", limits=limits).problems] == [code]
    at = Limits(bytes=len(raw), lines=2, columns=3, cell=4)
    assert read(raw, "fil.csv", limits=at).problems == ()


def test_a_big_file_is_read_the_same_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"T-{n};Øyer;en to tre {n}" for n in range(500)]
    raw = ("id;kommune;tiltak\r\n" + "\r\n".join(lines) + "\r\nSum;;\r\n").encode("cp1252")
    slow = read(raw, "fil.csv")
    monkeypatch.setattr(columnar, "LEAST_BYTES", 0)
    fast = read(raw, "fil.csv")
    assert fast.cells.equals(slow.cells)
    assert fast.lines.to_list() == slow.lines.to_list() == list(range(2, 502))
    assert fast.left_out == slow.left_out


@given(st.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    reading = read(raw, "fil.csv")
    assert isinstance(reading, Reading)
    assert set(reading.cells.dtypes) <= {reading.cells.to_series(0).dtype} if reading.columns else 1


@given(st.text(alphabet="ab1;,\t|\"'\\\r\n\x00\ufeffæ=", max_size=200))
def test_no_text_raises(text: str) -> None:
    read(text.encode("utf-8"), "fil.csv")


@pytest.mark.parametrize(
    ("file", "encoding", "columns", "rows"),
    [
        ("surveyxact_semicolon_cp1252/dataset.csv", "utf-8", 242, 999),
        ("surveyxact_semicolon_cp1252/structure.csv", "windows-1252", 7, 242),
        ("surveymonkey_thanksgiving.csv", "utf-8", 65, 1058),
        ("surveymonkey_comma.csv", "utf-8", 13, 1129),
        ("typeform_espoo.csv", "utf-8", 56, 25),
        ("typeform_post_2018.csv", "utf-8", 18, 65),
        ("qualtrics_matrix.csv", "utf-8", 75, 5),
        ("redcap_decimal_comma.csv", "utf-8", 6, 4),
        ("redcap_checkboxes.csv", "utf-8", 13, 4),
        ("fft_gp_time_rating_surgery.csv", "utf-8", 3, 3882),
    ],
)
def test_a_real_export_is_read_whole(
    real: Path, file: str, encoding: str, columns: int, rows: int
) -> None:
    reading = read((real / file).read_bytes(), file)
    assert not reading.is_blocked
    assert (reading.encoding, len(reading.columns), reading.cells.height) == (
        encoding, columns, rows,
    )  # fmt: skip


def test_cells_are_in_no_printed_form() -> None:
    assert "hemmelig" not in repr(read(b"a;b\nhemmelig;2\n", "fil.csv"))


def test_fewer_headings_than_cells_are_asked_about_since_every_cell_may_stand_wrong() -> None:
    raw = b"datotid,antall\n2026-01-02,10:00,3\n2026-01-03,11:00,\n2026-01-04,12:00,\n"
    reading = read(raw, "fil.csv")
    assert reading.problems[0] == Problem("short_headings", 1, found="2", expected="3")
    chosen = read(raw, "fil.csv", choices=Choices(heading_row=1))
    assert [problem.code for problem in chosen.problems] == ["empty_headings"]


def test_separators_at_the_end_of_every_row_but_the_headings_are_asked_about() -> None:
    raw = b"a;b\n1;2;\n3;4;\n5;6;\n"
    assert [problem.code for problem in read(raw, "fil.csv").problems] == ["short_headings"]
    chosen = read(raw, "fil.csv", choices=Choices(heading_row=1))
    assert (chosen.problems, chosen.columns) == ((), ("a", "b"))


def test_the_same_table_twice_is_read_once_and_told() -> None:
    rows = b"a;b;c\n1;x;2\n3;y;4\n"
    reading = read(rows + rows, "fil.csv")
    assert reading.problems == (Problem("second_table", 4),)
    assert shown(reading) == [("1", "x", "2"), ("3", "y", "4")]
    # Headings that are repeated on every page of a print-out stand above rows that are new.
    paged = read(rows + b"a;b;c\n5;z;6\n1;x;2\n", "fil.csv")
    assert paged.problems == ()
    assert paged.cells.height == 4


def test_another_table_below_is_told_and_not_mixed_in() -> None:
    reading = read(b"a;b;c\n1;x;2\n3;y;4\n5;z;6\n\nnavn;sum\nx;7\ny;8\n", "fil.csv")
    assert reading.problems == (Problem("second_table", 6),)
    assert (reading.columns, reading.cells.height) == (("a", "b", "c"), 3)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"Hei,\nher er filen, som avtalt.\nVennlig hilsen, meg\n", "prose"),
        ("<html><body><table>".encode("utf-16"), "html"),
        (bytes(range(256)) * 20, "other_file"),
        (b"a;b\n1;2\n\x1a", None),
    ],
)
def test_what_only_its_content_shows_is_named(raw: bytes, code: str | None) -> None:
    reading = read(raw, "fil.csv")
    assert [problem.code for problem in reading.problems] == ([code] if code else [])


def test_a_table_of_texts_with_commas_is_no_prose() -> None:
    reading = read(b"navn,svar\nA,Ja. Fint.\nB,Nei!\nC,Tja.\n", "fil.csv")
    assert (reading.columns, reading.cells.height, reading.problems) == (("navn", "svar"), 3, ())


BIG = {
    "utf-8": "navn;antall;frist\nBlåbær;1;01.02.2026\nØyer;2;02.02.2026\n".encode(),
    "with a byte order mark": "\ufeffnavn;antall;frist\nBlåbær;1;01.02.2026\n".encode(),
    "windows-1252": "navn;antall;frist\nBlåbær;1;01.02.2026\n".encode("cp1252"),
    "a title above": "Tiltak i Øyer\n\nnavn;antall;frist\nBlåbær;1;01.02.2026\n".encode(),
    "sep= above": "sep=;\nnavn;antall;frist\nBlåbær;1;01.02.2026\n".encode(),
    "blank lines at the end": b"navn;antall;frist\na;1;01.02.2026\nb;;02.02.2026\n\n\n",
    "CRLF and quotes": b'navn;antall;frist\r\n"a;b";1;01.02.2026\r\n"c\r\nd";2;02.02.2026\r\n',
    "a bare CR in the title": b"Tiltak\rnavn;antall;frist\na;1;01.02.2026\n",
    "a row too short": b"navn;antall;frist\na;1;01.02.2026\nb;2\n",
}


@pytest.mark.parametrize("case", BIG)
def test_a_big_file_is_read_as_a_small_one(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small = read(BIG[case], "fil.csv")
    monkeypatch.setattr(columnar, "LEAST_BYTES", 1)
    big = read(BIG[case], "fil.csv")
    assert big.cells.rows() == small.cells.rows()
    assert big.lines.to_list() == small.lines.to_list()
    assert dataclasses.replace(big, cells=small.cells, lines=small.lines) == small


def test_a_file_without_headings_is_read_as_bytes_from_its_first_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = "\ufeffØyer;1\nRingebu;2\n".encode()
    without = Choices(heading_row=0)
    small = read(raw, "fil.csv", choices=without)
    monkeypatch.setattr(columnar, "LEAST_BYTES", 1)
    assert read(raw, "fil.csv", choices=without).cells.rows() == small.cells.rows()


def test_a_heading_that_polars_takes_for_a_pattern_is_a_heading() -> None:
    reading = read("tiltak;^b$;^.*$\nTurgruppe;x;y\nKafé;z;w\n".encode(), "fil.csv")
    assert [name.strip() for name in reading.columns] == ["tiltak", "^b$", "^.*$"]
    for name in reading.columns:
        # What is asked of a column by its name is answered by that column alone.
        assert reading.cells.select(pl.col(name)).columns == [name]
        assert reading.cells[name].str.len_chars().len() == 2
