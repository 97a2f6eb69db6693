"""The fast way gives what the slow way gives, or steps aside."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import columnar, quoted
from data.dialect import Dialect, records

NAMES = ("a", "b", "c")
AS_TEXT: dict[str, pl.DataType] = dict.fromkeys(NAMES, pl.String())
PACKED: dict[str, pl.DataType] = dict.fromkeys(NAMES, pl.Categorical(pl.Categories.random()))
CELL = st.text(alphabet='xyæ;, "\n', max_size=6)


def fast(
    body: str, quote: str | None = '"', forms: Mapping[str, pl.DataType] = AS_TEXT
) -> tuple[list[tuple[str | None, ...]], list[int]] | None:
    above = b"a;b;c\n"
    found = columnar.table(above + body.encode(), len(above), forms, ";", quote, 2)
    return None if found is None else (found[0].rows(), found[1].to_list())


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=30), st.booleans())
def test_both_ways_read_the_same_cells_on_the_same_lines(
    rows: list[tuple[str, str, str]], all_quoted: bool
) -> None:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=";", lineterminator="\n", quoting=quoting).writerows(rows)
    found = fast(text.getvalue())
    slow = list(records(text.getvalue(), Dialect(";")))
    assert found is not None
    assert found[0] == [tuple(cell or None for cell in row) for _, row in slow]
    assert found[1] == [line + 1 for line, _ in slow]
    assert fast(text.getvalue(), forms=PACKED) == found


@pytest.mark.parametrize(
    "body",
    [
        "1;2;3\n4;5\n6;7;8\n",  # a row too short, which polars pads without a word
        "1;2;3\n4;5;6;7\n8;9\n",  # too long and too short, so that the sum is right
        "1;2;3\n\n4;5;6\n",  # a blank line
        "1;2;3\r4;5;6\n",  # a bare CR
        '1;2;3\n4;x"y;6\n',  # a quotation mark inside a cell
        '1;2;3\n4;"x"y;6\n',
        '1;2;3\n4;"x;6\n7;8;9\n',  # one that is never closed
        "",
    ],
)
def test_what_is_not_surely_clean_is_left_to_the_slow_way(body: str) -> None:
    assert fast(body) is None


@given(st.lists(st.sampled_from(["1;2;3", "4;5", "6;7;8;9", '"x', 'y";1;2', '"a;b";c;d', ""])))
def test_a_wrong_row_never_slips_through(lines: list[str]) -> None:
    body = "\n".join(lines)
    found = fast(body)
    if found is not None:
        slow = [row for _, row in records(body.rstrip("\n"), Dialect(";"))]
        assert found[0] == [tuple(cell or None for cell in row) for row in slow]


def test_chunks_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    body = 'a;"b\nb;";c\n' * 50
    whole = fast(body)
    monkeypatch.setattr(quoted, "_PIECE_BYTES", 7)
    assert fast(body) == whole
    assert whole is not None
    assert whole[1] == list(range(2, 102, 2))
