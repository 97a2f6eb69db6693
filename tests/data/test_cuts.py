"""A line is cut in the one way that does it the least damage, or in none."""

from __future__ import annotations

import pytest

from data.cuts import MOST_DAMAGE, NO_SEPARATOR, Cuts


def cut(line: str, width: int, most: float = MOST_DAMAGE, mark: str = '"') -> list[list[str]]:
    return Cuts(line, ",", mark, width).best(most)


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("a,b", ["a", "b"]),
        ('"a, b",c', ["a, b", "c"]),
        ('"a ""b""",c', ['a "b"', "c"]),
        ('"a,b', ['"a', "b"]),  # a mark that nothing closes is a letter
        ('""a, b",c', ['"a, b', "c"]),
        ('"a 5" b, c",d', ['a 5" b, c', "d"]),
        ('"say "hi, you" now",d', ['say "hi, you" now', "d"]),
        ('a"b, c"', ["a", "b, c"]),  # a separator is missing before the quotes
        ('"a, b"c', ["a, b", "c"]),
        ('5" wide,b', ['5" wide', "b"]),  # inches are no damage
        (",", ["", ""]),
    ],
)
def test_the_least_damage_shows_what_was_meant(line: str, cells: list[str]) -> None:
    assert cut(line, 2) == [cells]


def test_an_apostrophe_belongs_to_its_word_where_it_also_quotes() -> None:
    assert cut("'girls' and won't, can't',b", 2, mark="'") == [["girls' and won't, can't", "b"]]


def test_a_line_that_gives_another_number_of_cells_is_cut_in_no_way() -> None:
    assert cut("a,b", 3) == []
    assert cut("a,b,c", 2) == []


def test_damage_counts_up_to_what_is_allowed() -> None:
    two_strays = '"a" b" c",d'
    assert cut(two_strays, 2, most=MOST_DAMAGE) == [['a" b" c', "d"]]
    assert cut(two_strays, 2, most=NO_SEPARATOR) == []
    assert cut('"a" b" c" d",e', 2) == []  # three
