"""Commas part choices only where nothing speaks against it, and never without being looked at."""

from __future__ import annotations

import polars as pl
import pytest

from data import mapping_tables, tools
from data.propose import propose
from data.read import read
from data.rows import rows as rows_of
from data.several import MOST_CHOICES, choices_at_commas


def at_commas(*cells: str | None) -> tuple[str, ...]:
    return choices_at_commas(pl.Series(list(cells), dtype=pl.String))


@pytest.mark.parametrize(
    ("cells", "choices"),
    [
        # Each twice, and some cell holds two.
        (("Kurs", "Samtale", "Kurs, Samtale", None), ("Kurs", "Samtale")),
        # One of them once only: somebody's own words beside the choices.
        (("Kurs", "Kurs, Samtale"), ()),
        (("Kurs, Samtale", "Kurs", "Samtale", "Kurs, Hos Kari"), ()),
        # No cell holds two: one choice for each.
        (("Kurs", "Samtale", "Kurs", "Samtale"), ()),
        # Commas that belong to a choice: what stands beside them is always the same.
        (("Kurs, dagtid", "Kurs, dagtid", "Samtale", "Samtale"), ()),
        (("Ja, alltid", "Ja, alltid", "Ja, av og til", "Ja, av og til", "Nei", "Nei"), ()),
        # Sentences.
        (("Takk, det var fint", "Takk", "Fint, takk", "Fint"), ()),
        # The same twice in a cell, and nothing between two commas.
        (("Kurs, Kurs", "Samtale", "Samtale"), ()),
        (("Kurs, , Samtale", "Kurs", "Samtale"), ()),
        ((), ()),
        ((None,), ()),
    ],
)
def test_a_column_is_split_at_its_commas_only_where_nothing_speaks_against_it(
    cells: tuple[str | None, ...], choices: tuple[str, ...]
) -> None:
    assert at_commas(*cells) == choices


@pytest.mark.parametrize("count", [MOST_CHOICES - 1, MOST_CHOICES, MOST_CHOICES + 1])
def test_more_choices_than_a_form_lists_are_people_s_own_words(count: int) -> None:
    names = [f"valg {number:02d}" for number in range(count)]
    found = at_commas(*names, *names, f"{names[0]}, {names[1]}")
    assert found == (tuple(names) if count <= MOST_CHOICES else ())


GOOGLE = """Tidsmerke,Jeg ble møtt med respekt,Hvor stor nytte hadde du?,Hva var du med på?
2026/10/01 9:00:00,Helt enig,Stor nytte,"Kurs, Samtale"
2026/10/02 9:00:00,Litt enig,Noe nytte,Kurs
2026/10/03 9:00:00,Helt enig,Stor nytte,Samtale
2026/10/04 9:00:00,Helt enig,Stor nytte,
"""


def test_a_form_of_google_is_proposed_split_and_read_so_when_it_is_confirmed() -> None:
    reading = read(GOOGLE.encode(), "svar.csv")
    found = propose(reading, tools.of(reading.columns))
    assert found is not None
    last = found.columns[-1]
    assert (last.use, last.options, last.split) == ("choices", ("Kurs", "Samtale"), ", ")
    # What was confirmed is kept with the split, in the file of the mapping too.
    used = mapping_tables.from_table(mapping_tables.as_table(found.mapping("svar")))
    answers = rows_of(reading, used).tables["survey_answers"]
    of = {code: list(part["value"]) for (code,), part in answers.group_by("question")}
    assert [of[f"{last.code}_1"], of[f"{last.code}_2"]] == [["1", "1", "0"], ["1", "0", "1"]]


def test_other_tools_are_not_split_at_commas() -> None:
    reading = read(GOOGLE.encode(), "svar.csv")
    found = propose(reading, None, is_survey=True)
    assert found is not None
    assert found.columns[-1].split == ""
