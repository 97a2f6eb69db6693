"""The separator is the one that makes a table; where two do, it is asked."""

from __future__ import annotations

import pytest

from data.dialect import Dialect, judge, records, separator_line


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1;2;3\n4;5;6\n", ";"),
        ("a,b,c\n1,2,3\n4,5,6\n", ","),
        ("a\tb\tc\n1\t2\t3\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        # Decimal commas in a file with semicolons: the heading has none.
        ("navn;verdi\nA;1,5\nB;2,5\nC;3,5\n", ";"),
        # Choices of Forms in a file with commas.
        ("ID,Valg\n1,A;B;\n2,B;\n3,A;\n", ","),
        # Sentences with commas in a file with semicolons.
        ("id;tekst\n1;Ja, gjerne, takk\n2;Nei, takk\n3;Tja\n", ";"),
        # Everything quoted, with the other separator inside.
        ('"a";"b"\n"1,2";"3,4"\n"5,6";"7,8"\n', ";"),
        # Moments and addresses hold other signs too.
        ("tid,hva\n2026-01-02 10:00,x|y\n2026-01-03 11:00,z\n", ","),
    ],
)
def test_the_separator_is_found(text: str, delimiter: str) -> None:
    judged = judge(text)
    assert (judged.dialect.delimiter, judged.problems) == (delimiter, ())


def test_two_separators_that_fit_alike_are_asked_about() -> None:
    (problem,) = judge("1,5;2,5\n3,5;4,5\n").problems
    assert (problem.code, problem.blocking) == ("unsure_delimiter", True)
    assert set((problem.expected or "").split()) == {",", ";"}


def test_a_chosen_separator_is_not_judged() -> None:
    judged = judge("1,5;2,5\n3,5;4,5\n", chosen=";")
    assert (judged.dialect, judged.problems) == (Dialect(";"), ())


def test_single_quotes_and_backslashes_are_seen() -> None:
    assert judge("a;b\n'x;1';2\n'y;2';3\n'z';4\n").dialect.quote == "'"
    assert judge('a,b\n"x\\"y, z",1\n"\\"w\\", u",2\n').dialect.escape == "\\"


def test_one_column_is_told() -> None:
    assert judge("Ringebu\nØyer\nGausdal\n").is_one_column


@pytest.mark.parametrize(
    ("text", "separator"),
    [("sep=;\r\na;b\r\n", ";"), ('"sep=,"\na,b\n', ","), ("SEP=\t\na\tb\n", "\t"), ("a;b\n", None)],
)
def test_a_line_that_names_the_separator_is_obeyed(text: str, separator: str | None) -> None:
    assert separator_line(text) == separator


def test_records_know_their_line_whatever_ends_a_line() -> None:
    text = 'a;b\r1;"x\r\ny\nz"\n2;3\r\n4;5'
    assert list(records(text, Dialect(";"))) == [
        (1, ["a", "b"]),
        (2, ["1", "x\r\ny\nz"]),
        (5, ["2", "3"]),
        (6, ["4", "5"]),
    ]


def test_a_space_after_each_separator_is_no_part_of_the_cell() -> None:
    judged = judge('a, b, c\n1, "x, y", z\n2, "u, v", w\n')
    assert (judged.dialect, judged.problems) == (Dialect(",", skips_spaces=True), ())
    assert not judge("a,b\nja, takk,nei\nvel, vel,tja\n").dialect.skips_spaces


def test_an_escape_sign_that_escapes_nothing_is_kept() -> None:
    text = 'a;b\n"C:\\mappe \\"ny\\"";don\\\'t\n'
    assert list(records(text, Dialect(";", escape="\\")))[1] == (2, ['C:\\mappe "ny"', "don\\'t"])
