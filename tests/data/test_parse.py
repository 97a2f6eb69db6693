"""Numbers, dates and yes or no as Norwegians and their tools write them."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import parse


def one(read: object, text: str, *more: object) -> object:
    assert callable(read)
    return read(pl.Series([text]), *more)[0]


clock = dt.datetime.fromisoformat


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45,5", 45.5),
        ("45.5", 45.5),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567,5", 1234567.5),
        ("1\u202f234", 1234),
        ("50 %", 0.5),
        ("50%", 0.5),
        ("12,5\u00a0%", 0.125),
        ("-3", -3),
        ("\u22123,5", -3.5),
        (",5", 0.5),
        ("0301", 301),
        ("1e-05", 0.00001),
        # What nobody can tell is no number: a thousand, or a decimal.
        ("1.234,5", None),
        ("1,234.5", None),
        ("12 34", None),
        ("#N/A", None),
        ("mange", None),
        ("nan", None),
        ("1E400", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, number: float | None) -> None:
    assert one(parse.numbers, text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.10.2026", dt.date(2026, 10, 12)),
        ("1.2.2026", dt.date(2026, 2, 1)),
        ("01.02.26", dt.date(2026, 2, 1)),
        ("01.01.1900", dt.date(1900, 1, 1)),
        ("31.12.1899", None),
        ("01.02.0026", None),
        ("0026-02-01T10:00:00", None),
        ("2026-10-12", dt.date(2026, 10, 12)),
        ("20261012", dt.date(2026, 10, 12)),
        ("12-10-2026", dt.date(2026, 10, 12)),
        ("2026-10-12 14:30:00", dt.date(2026, 10, 12)),
        ("12.10.2026 kl. 14.30", dt.date(2026, 10, 12)),
        # Half past ten in the evening in London is the next day in Oslo.
        ("2026-10-12T22:30:00Z", dt.date(2026, 10, 13)),
        ("2026/03/02 11:30:11 PM GMT+1", dt.date(2026, 3, 2)),
        ("2026/07/02 9:10:11 a.m. EEST", dt.date(2026, 7, 2)),
        ("2026/03/02 11:30:11 p.m. CET", dt.date(2026, 3, 2)),
        ("2026/03/02 11:30:11 PM GMT-5:30", dt.date(2026, 3, 3)),
        ("2026/03/02 11:30:11 PM MST", None),
        ("31.02.2026", None),
        ("11/abr/26", None),
        ("2026-13-01", None),
        ("46012", None),
        ("14:30", None),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, day: dt.date | None) -> None:
    assert one(parse.dates, text) == day


def test_only_slashes_depend_on_who_wrote_them() -> None:
    assert one(parse.dates, "2/7/2026", "dmy") == dt.date(2026, 7, 2)
    assert one(parse.dates, "2/7/2026", "mdy") == dt.date(2026, 2, 7)
    assert one(parse.dates, "2.7.2026", "mdy") == dt.date(2026, 7, 2)
    assert one(parse.moments, "2/7/2026 3:05:09 PM", "mdy") == clock("2026-02-07 15:05:09")
    assert one(parse.moments, "2/7/2026 12:05 am", "mdy") == clock("2026-02-07 00:05:00")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-13 15:28", clock("2026-07-13 15:28:00")),
        ("2026-07-13T15:28:09.123+0200", clock("2026-07-13 15:28:09")),
        ("2026-01-13T15:28:09Z", clock("2026-01-13 16:28:09")),  # winter time
        ("2026-07-13T15:28:09+00", clock("2026-07-13 17:28:09")),  # summer time
        ("2026-07-13 25:00", None),
        ("2026-07-13 13:05 PM", None),
    ],
)
def test_a_moment_is_told_on_norwegian_clocks(text: str, moment: dt.datetime | None) -> None:
    assert one(parse.moments, text) == moment


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["13/2/2026", "1/2/2026"], "dmy"),
        (["2/13/2026", "1/2/2026"], "mdy"),
        (["1/2/2026", "3/12/2026 10:00"], "either"),
        (["13/2/2026", "2/13/2026"], "mixed"),
        (["01.02.2026", "x"], "none"),
    ],
)
def test_a_column_tells_its_order_only_by_days_above_twelve(texts: list[str], order: str) -> None:
    assert parse.slash_order(pl.Series(texts)) == order


def test_yes_and_no_have_many_words() -> None:
    texts = ["Ja", "NEI", "x", "0", "Ikke valgt", "SANN", "kanskje", None]
    assert parse.booleans(pl.Series(texts)).to_list() == [
        True, False, True, False, False, True, None, None,
    ]  # fmt: skip


def test_a_list_is_what_stands_between_its_separators() -> None:
    texts = ["NAV; DPS", "A;B;", "x,y", " ; ", None]
    assert parse.lists(pl.Series(texts)).to_list() == [
        ["NAV", "DPS"], ["A", "B"], ["x", "y"], None, None,
    ]  # fmt: skip


def test_an_empty_column_is_read_as_well() -> None:
    nothing = pl.Series([None, None], dtype=pl.String)
    for read in (parse.numbers, parse.dates, parse.moments, parse.booleans, parse.lists):
        assert read(nothing).to_list() == [None, None]


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(
    ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M:%S"]))  # fmt: skip
def test_every_day_comes_back_from_every_form(day: dt.date, form: str) -> None:
    assert one(parse.dates, day.strftime(form)) == day


@given(st.integers(-(10**12), 10**12), st.sampled_from([" ", "\u00a0", "\u202f", ""]))
def test_every_whole_number_comes_back_with_any_thousands_sign(number: int, sign: str) -> None:
    assert one(parse.numbers, f"{number:,}".replace(",", sign)) == number


@given(st.lists(st.one_of(st.none(), st.text(max_size=20)), max_size=20))
def test_no_text_breaks_a_parser(texts: list[str | None]) -> None:
    column = pl.Series(texts, dtype=pl.String)
    for read in (parse.numbers, parse.dates, parse.moments, parse.booleans, parse.lists):
        assert read(column).len() == len(texts)
    assert parse.slash_order(column) in ("none", "dmy", "mdy", "either", "mixed")


def test_what_a_spreadsheet_writes_for_a_formula_that_fails_is_known_in_two_languages() -> None:
    failed = ["#N/A", "#I/T", "#REF!", "#VERDI!", "#NAVN?", "#DIV/0!", "Err:502", "########"]
    text = pl.Series([*failed, "# 1", "#tillit", "##", "Err: nei", "N/A", None])
    found = parse.error_values(text).fill_null(False).to_list()
    assert found == [True] * len(failed) + [False] * 6
    assert not parse.error_values(pl.Series(["a", None])).any()
