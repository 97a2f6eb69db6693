"""The data quality of a month: four small numbers in words, and what each counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts.data_quality import data_quality
from pages.text.quality import COUNTED, TITLES, shown_text
from queries.ask import ask

Row = dict[str, Any]
OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)


def row(
    measure: str, place: str, month: dt.date, numerator: int | None, denominator: int | None = None
) -> Row:
    return {
        "measure": measure,
        "municipality_id": place,
        "month": month,
        "numerator": numerator,
        "denominator": denominator,
    }


ROWS = [
    row("rows_refused", "cooperation", OCTOBER, 99, 99),
    row("rows_refused", "cooperation", NOVEMBER, 3, 412),
    row("guard_hits", "cooperation", NOVEMBER, 1),
    row("days_to_delivery", "cooperation", OCTOBER, 12),
    row("days_to_delivery", "3439", OCTOBER, 4),
    row("days_to_delivery", "3439", NOVEMBER, None),
    row("late_cells", "cooperation", NOVEMBER, 2, 14),
    row("late_cells", "3439", NOVEMBER, 0, 3),
]


@pytest.fixture
def drawn(
    released: Callable[[dict[str, list[Row]]], Path], tables: dict[str, list[Row]]
) -> Callable[[str], str]:
    """drawn(municipality): what stands on Månedsstatus for October."""
    tables["data_quality"] = ROWS
    folder = released(tables)

    def words(municipality: str) -> str:
        found = ask("data_quality_of_month", store=folder, municipality=municipality, month=OCTOBER)
        return " ".join(
            re.sub(r"<[^>]+>", " ", str(data_quality(found.to_dicts(), OCTOBER))).split()
        )

    return words


def test_a_months_files_came_in_the_next(drawn: Callable[[str], str]) -> None:
    said = drawn("cooperation")
    assert said.startswith("Datakvalitet Filene for oktober 2026, som kom i november 2026.")
    assert (
        "Rader avvist 3 av 412 rader Tid til alt var levert 12 dager"
        " Kom for sent 2 av 14 tall Personopplysninger stoppet 1 funn" in said
    )


def test_a_municipality_sees_its_own_where_it_is_known(drawn: Callable[[str], str]) -> None:
    said = drawn("3439")
    assert "Tid til alt var levert 4 dager Kom for sent 0 av 3 tall" in said
    assert "Rader avvist 3 av 412 rader" in said


def test_without_a_number_nothing_stands_there() -> None:
    assert data_quality([], OCTOBER) is None


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "text"),
    [
        ("rows_refused", 0, 0, "ingen filer"),
        ("rows_refused", 0, 1, "0 av 1 rad"),
        ("guard_hits", 0, None, "ingen funn"),
        ("guard_hits", 2, None, "2 funn"),
        ("days_to_delivery", None, None, "ikke komplett"),
        ("days_to_delivery", 1, None, "1 dag"),
        ("days_to_delivery", 0, None, "0 dager"),
        ("late_cells", 0, 0, "ingen filer til slike tall"),
        ("late_cells", 1, 1, "1 av 1 tall"),
    ],
)
def test_every_number_has_its_words(
    measure: str, numerator: int | None, denominator: int | None, text: str
) -> None:
    assert shown_text(row(measure, "cooperation", OCTOBER, numerator, denominator)) == text


def test_every_measure_says_what_it_counts() -> None:
    assert list(TITLES) == list(COUNTED)
