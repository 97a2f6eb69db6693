"""Commitments are words and counts, in the order of the alphabet, never a score."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts.commitments import commitments, commitments_heading
from queries.ask import ask
from queries.commitments import load_commitments

OCTOBER = dt.date(2026, 10, 1)
SEPTEMBER = dt.date(2026, 9, 1)

Rows = list[dict[str, Any]]
Release = Callable[[dict[str, Rows]], Path]


def agreed(
    place: str, state: str, kept: int | None, due: int | None, **facts: Any
) -> dict[str, Any]:
    row = {
        "municipality_id": place,
        "month": OCTOBER,
        "commitment": "told_back",
        "state": state,
        "kept": kept,
        "due": due,
    }
    return row | facts


ROWS = [
    agreed("3440", "kept", 2, 2),
    agreed("3439", "not_kept", 1, 3),
    agreed("3438", "missing", None, None),
    agreed("3441", "not_due", None, None),
    agreed("3439", "kept", 1, 1, month=SEPTEMBER),
    agreed("3439", "kept", 1, 1, month=dt.date(2025, 10, 1)),  # thirteen months ago
    agreed("3439", "kept", 1, 1, commitment="leader_present"),
]


@pytest.fixture
def store(tables: dict[str, Rows], released: Release) -> Path:
    return released(tables | {"commitments": ROWS})


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def drawn(store: Path, own: str = "cooperation") -> str:
    rows = ask("commitments_matrix", store=store, month=OCTOBER).to_dicts()
    return commitments(rows, OCTOBER, own)


def test_each_cell_says_its_word_and_its_count(store: Path) -> None:
    shown = plain(drawn(store))
    assert "ikke holdt 1 av 3" in shown
    assert "holdt 2 av 2" in shown
    assert "mangler" in shown
    assert "ingenting forfalt" in shown


def test_municipalities_stand_in_the_order_of_the_alphabet(store: Path) -> None:
    names = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', drawn(store))
    assert names == ["Gausdal", "Ringebu", "Sør-Fron", "Øyer"]


def test_columns_stand_in_the_order_agreed_and_only_those_that_exist(store: Path) -> None:
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', drawn(store))
    known = load_commitments()
    assert heads == [
        "Kommune",
        known["leader_present"].words("name"),
        known["told_back"].words("name"),
    ]


def test_the_last_twelve_months_are_marks_for_the_eye_and_words_for_the_ear(store: Path) -> None:
    shown = drawn(store)
    ringebu = shown.split("Ringebu")[1].split("Sør-Fron")[0]
    marks = re.findall(r'class="mark (\w+)"', ringebu)
    assert marks == ["kept", "kept", "not_kept"]  # leader present; September and October
    assert "holdt i 1 av 2 måneder der noe forfalt" in ringebu


def test_the_chosen_municipality_stands_out(store: Path) -> None:
    assert 'class="own"' not in drawn(store)
    assert drawn(store, "3439").count('class="own"') == 1


def heading(store: Path) -> str:
    return commitments_heading(
        ask("commitments_kept", store=store, month=OCTOBER).to_dicts(),
        ask("commitments_matrix", store=store, month=OCTOBER).to_dicts(),
        OCTOBER,
    )


def test_the_heading_names_what_most_did_not_keep(store: Path) -> None:
    assert heading(store) == (
        f"Én av to kommuner holdt ikke avtalen «{load_commitments()['told_back'].words('name')}» "
        "i oktober 2026. Én avtale ble holdt av alle den gjaldt."
    )


def test_most_is_counted_in_municipalities_and_one_of_one_is_said_as_one() -> None:
    names = {code: one.words("name") for code, one in load_commitments().items()}
    one_of_one = {"commitment": "report_on_time", "kept": 0, "due": 1}
    two_of_four = {"commitment": "same_day_evaluation", "kept": 2, "due": 4}
    assert commitments_heading([one_of_one, two_of_four], [], OCTOBER) == (
        f"To av fire kommuner holdt ikke avtalen «{names['same_day_evaluation']}» i oktober 2026."
    )
    assert commitments_heading([one_of_one], [], OCTOBER) == (
        f"Den ene kommunen der «{names['report_on_time']}» forfalt i oktober 2026, holdt ikke"
        " avtalen."
    )


def test_what_is_missing_or_not_due_is_neither_kept_nor_broken(store: Path) -> None:
    (row,) = (
        ask("commitments_kept", store=store, month=OCTOBER)
        .filter(commitment="told_back")
        .to_dicts()
    )
    assert (row["kept"], row["due"]) == (1, 2)


def test_a_month_where_all_was_kept_and_one_where_nothing_fell_due(
    tables: dict[str, Rows], tmp_path: Path, released: Release
) -> None:
    kept = released(tables | {"commitments": [agreed("3440", "kept", 2, 2)]})
    assert heading(kept) == "Alt som forfalt i oktober 2026, ble holdt."
    assert tmp_path in kept.parents
    assert commitments_heading([], [agreed("3440", "not_due", 0, 0)], OCTOBER) == (
        "Ingenting av det som er avtalt, forfalt i oktober 2026."
    )


def test_where_files_are_missing_nobody_knows_whether_anything_fell_due() -> None:
    rows = [agreed("3440", "not_due", 0, 0), agreed("3440", "missing", 0, 0)]
    assert commitments_heading([], rows, OCTOBER) == (
        "Det er ikke levert noe som viser hva som ble holdt i oktober 2026."
    )


def test_what_was_not_delivered_is_never_said_to_have_been_kept() -> None:
    kept = [{"commitment": "told_back", "kept": 1, "due": 1}]
    rows = [agreed("3440", "kept", 1, 1), agreed("3439", "missing", None, None)]
    assert commitments_heading(kept, rows, OCTOBER) == (
        "Av det som er levert, ble alt som forfalt i oktober 2026, holdt."
    )
    broken = {"commitment": "report_on_time", "kept": 1, "due": 3}
    assert "Én avtale ble holdt" in commitments_heading([*kept, broken], rows[:1], OCTOBER)
    assert "ble holdt" not in commitments_heading([*kept, broken], rows, OCTOBER)
