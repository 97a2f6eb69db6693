"""A packed column gives what a plain one gives, and stays packed while nothing is changed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import packed, parse

CELLS = st.lists(st.one_of(st.none(), st.sampled_from(["1", " 2", "x", "3,5", "", "ja"])))


def as_packed(cells: list[str | None]) -> pl.Series:
    return pl.Series("a", cells, pl.Categorical(pl.Categories.random()))


@settings(max_examples=30)
@given(CELLS, st.integers(0, 5))
def test_each_cell_is_read_as_if_it_stood_alone(cells: list[str | None], gone: int) -> None:
    plain = pl.Series("a", cells, pl.String)
    for read in (parse.stripped, parse.numbers, parse.booleans, parse.lists):
        # Texts that no cell has any more are not read either.
        found = packed.by_text(as_packed(cells)[gone:], read)
        assert found.to_list() == read(plain[gone:]).to_list()


def test_a_column_stays_packed_while_it_holds_texts() -> None:
    cells = as_packed(["a", None, "b ", "a"])
    assert packed.by_text(cells, lambda text: text) is cells
    trimmed = packed.by_text(cells, parse.stripped)
    assert packed.is_packed(trimmed)
    assert packed.plain(trimmed).to_list() == ["a", None, "b", "a"]
    assert packed.different(trimmed).to_list() == ["a", "b"]


@pytest.mark.parametrize(
    ("beginning", "is_kept_by_number"),
    [("aabb", True), ("aaabbcc", True), ("aabbc", False), ("abc", False)],
)
def test_a_column_is_packed_where_its_texts_come_twice(
    beginning: str, is_kept_by_number: bool
) -> None:
    column = pl.Series(list(beginning))
    assert (packed.form(column) == pl.String()) is not is_kept_by_number


def test_columns_that_are_packed_each_in_its_own_way_are_put_together_as_texts() -> None:
    tables = [pl.DataFrame({"a": as_packed(["x", "y"])}), pl.DataFrame({"a": ["z"]})]
    together = pl.concat(map(packed.plain_table, tables))
    assert together["a"].to_list() == ["x", "y", "z"]
