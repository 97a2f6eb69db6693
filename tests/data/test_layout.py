"""The heading row is found, and what is no row of values is left out with a mark."""

from __future__ import annotations

import polars as pl
import pytest

from data.layout import Record, headings, rows_that_are_no_values, second_table


def numbered(*rows: list[str]) -> list[Record]:
    return list(enumerate(rows, start=1))


def test_the_first_row_is_the_heading_of_a_plain_table() -> None:
    head = headings(numbered(["a", "b"], ["1", "2"]))
    assert head is not None
    assert (head.line, head.names, head.skip, head.left_out) == (1, ("a", "b"), 1, ())


def test_title_rows_above_the_heading_are_left_out_with_a_mark() -> None:
    head = headings(
        numbered(
            ["Tiltak i Ringebu", "", ""],
            ["Kilde: Planner", "", ""],
            ["", "", ""],
            ["id", "tiltak", "frist"],
            ["T-1", "Skilt", "01.02.2026"],
            ["T-2", "Brev", "01.03.2026"],
        )
    )
    assert head is not None
    assert (head.line, head.names, head.skip) == (4, ("id", "tiltak", "frist"), 4)
    assert [(one.line, one.why) for one in head.left_out] == [(1, "title_row"), (2, "source_row")]


def test_the_two_heading_rows_of_surveymonkey_become_one() -> None:
    head = headings(
        numbered(
            ["RespondentID", "Hva bruker du?", "", "Kommentar"],
            ["", "Kurs", "Møter", "Open-Ended Response"],
            ["114", "Kurs", "", "bra"],
        )
    )
    assert head is not None
    assert head.names == ("RespondentID", "Hva bruker du?: Kurs", "Hva bruker du?: Møter",
                          "Kommentar")  # fmt: skip
    assert (head.skip, [one.why for one in head.left_out]) == (2, ["heading_row"])


def test_a_second_row_that_only_says_response_is_nobodys_question() -> None:
    head = headings(
        numbered(
            ["RespondentID", "Ble du hørt?", "Hva hjalp?"],
            ["", "Response", "Open-Ended Response"],
            ["114", "Ja", "Samtale"],
        )
    )
    assert head is not None
    assert head.names == head.texts == ("RespondentID", "Ble du hørt?", "Hva hjalp?")


def test_qualtrics_third_row_says_that_three_are_headings() -> None:
    head = headings(
        numbered(
            ["StartDate", "Q1"],
            ["Start Date", "How did it go?"],
            ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}'],
            ["2026-01-01 10:00:00", "4"],
        )
    )
    assert head is not None
    assert head.names == ("StartDate", "Q1")
    assert head.texts == ("Start Date", "How did it go?")
    assert (head.skip, [one.line for one in head.left_out]) == (3, [2, 3])


def test_duplicate_and_empty_headings_are_numbered() -> None:
    head = headings(numbered(["id", "Other", "", "Other", "Other (2)"], ["1", "a", "b", "c", "d"]))
    assert head is not None
    assert head.names == ("id", "Other", "#3", "Other (2)*", "Other (2)")
    assert (head.duplicates, head.empty) == (("Other",), ("#3",))


def test_a_heading_row_of_numbers_is_doubted() -> None:
    head = headings(numbered(["T-1", "12", "01.02.2026"], ["T-2", "13", "02.02.2026"]))
    assert head is not None
    assert head.looks_like_values


def test_years_may_be_headings() -> None:
    head = headings(numbered(["kommune", "2024", "2025"], ["Øyer", "3", "4"]))
    assert head is not None
    assert not head.looks_like_values


@pytest.mark.parametrize(("chosen", "names"), [(2, ("x", "y")), (0, ("#1", "#2"))])
def test_the_uploader_may_say_which_row_it_is(chosen: int, names: tuple[str, ...]) -> None:
    head = headings(numbered(["a", "b"], ["x", "y"], ["1", "2"]), chosen)
    assert head is not None
    assert (head.names, head.line) == (names, chosen or None)


def test_a_chosen_row_that_is_not_there_is_none() -> None:
    assert headings(numbered(["a", "b"]), 99) is None


def test_sums_sources_blanks_and_repeated_headings_are_no_values() -> None:
    cells = pl.DataFrame(
        {
            "kommune": ["Øyer", None, "kommune", "Sum", "Sum av alt", None, "Kilde: KB", "Totalt"],
            "antall": ["3", None, "antall", "3", "3", "Total", None, "alle"],
        }
    )
    lines = pl.Series("line", range(2, 10), pl.Int32)
    assert [(one.line, one.why) for one in rows_that_are_no_values(cells, lines)] == [
        (3, "blank_row"),
        (4, "repeated_heading"),
        (5, "sum_row"),
        (7, "sum_row"),  # the first filled cell says so, wherever it stands
        (8, "source_row"),
    ]  # "Sum av alt" is a name, and "Totalt" beside a text is one too


def test_a_table_without_rows_has_nothing_to_leave_out() -> None:
    assert rows_that_are_no_values(pl.DataFrame({"a": []}), pl.Series([], dtype=pl.Int64)) == ()


def test_a_first_row_like_those_below_is_read_as_values_and_doubted() -> None:
    head = headings(numbered(["T-1", "12", "01.02.2026"], ["T-2", "13", "02.02.2026"]))
    assert head is not None
    assert (head.line, head.names, head.skip) == (None, ("#1", "#2", "#3"), 0)
    assert (head.looks_like_values, head.first_line) == (True, 1)


def test_headings_of_which_one_is_a_number_stay_headings_and_are_doubted() -> None:
    head = headings(numbered(["spørsmål", "1", "dag"], ["a", "3", "02.02.2026"]))
    assert head is not None
    assert (head.line, head.looks_like_values) == (1, True)


def test_another_table_below_is_found_where_its_headings_stand() -> None:
    first = [["id", "tiltak", "frist"], ["T-1", "Skilt", "1"], ["T-2", "Brev", "2"]]
    second = [["navn", "antall"], ["Øyer", "3"], ["Gausdal", "4"]]
    assert second_table(numbered(*first, *second), 3) == 4
    assert second_table(numbered(*first, [""], *second, [""]), 3) == 5
    # One row of another width is a ragged row, and so are several that differ from each other.
    assert second_table(numbered(*first, *second[:2]), 3) is None
    assert second_table(numbered(*first, *second, ["T-3", "Tur", "3"]), 3) is None
    # A sum and a source are rows of one cell.
    assert second_table(numbered(*first, ["Kilde: KB"], ["Skrevet i dag"], ["Av oss"]), 3) is None


VALUES = [
    ["Øyer", "3", "01.02.2026"],
    ["Gausdal", "4", "01.03.2026"],
    ["Ringebu", "", "2026-04-01"],
]


@pytest.mark.parametrize(
    ("more", "skip"),
    [
        ([], 1),
        ([["sted", "antall", "dag"]], 2),  # what they mean
        ([["sted", "antall", "dag"], ["", "personer", "dd.mm.åååå"]], 3),
        ([["sted", "antall", ""]], 1),  # a column of dates with nothing: a row of values
        ([["sted", "ukjent", "02.01.2026"]], 1),  # one value that is unknown
        ([["Øyer", "ukjent", "vet ikke"]], 1),  # all of them, of a place that stands below
        ([["sted", "ukjent", "vet ikke"], VALUES[0], ["sted", "ukjent", "vet ikke"]], 1),
    ],
)
def test_rows_of_text_above_numbers_and_dates_are_further_headings(
    more: list[list[str]], skip: int
) -> None:
    head = headings(numbered(["kommune", "brukere", "frist"], *more, *VALUES))
    assert head is not None
    assert (head.names, head.skip) == (("kommune", "brukere", "frist"), skip)
    assert [one.why for one in head.left_out] == ["heading_row"] * (skip - 1)
    assert head.texts == (tuple(more[0]) if skip > 1 else ())


def test_few_rows_and_columns_do_not_show_that_a_row_is_a_heading() -> None:
    second = ["sted", "antall", "dag"]
    for rows in ([second, *VALUES[:2]], [[*second[:2], "x"], *([a, b, "x"] for a, b, _ in VALUES)]):
        head = headings(numbered(["kommune", "brukere", "frist"], *rows))
        assert head is not None
        assert head.skip == 1
