"""Personal data is found, refused or dropped, said by place, and never repeated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data import guard
from data.guard import Kept
from data.problems import Problem, about_columns, at_lines
from data.read import Reading, read

# From the test lists of public validators: nobody's.
BORN, D_NUMBER, SYNTHETIC, OF_2032 = "26111594014", "53097248016", "68467038838", "02013299997"
VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors.json"


def vectors() -> list[Any]:
    if not VECTORS.is_file():
        return []
    found = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [one for one in found if one["area"] == "C-pii"]


@pytest.mark.skipif(not VECTORS.is_file(), reason="the numeric cases are not here")
@pytest.mark.parametrize("case", vectors(), ids=lambda case: case["id"])
def test_control_digits_fit_as_in_the_published_cases(case: dict[str, Any]) -> None:
    series = {
        "fnr_checksum_1967": guard.SERIES_1967,
        "fnr_checksum_2032": guard.SERIES_2032,
    }[case["function"]]
    digits = case["input"]["s"].replace(" ", "")
    assert guard.control_digits_fit(digits, series) is case["expected"]["valid"]


@pytest.mark.parametrize("number", [BORN, D_NUMBER, SYNTHETIC, OF_2032])
@pytest.mark.parametrize(
    "sign", ["", " ", "-", ".", "\u00a0", "\u202f", " - ", "\u200b", "\u00ad", "\ufeff"]
)
def test_an_identity_number_is_known_with_any_sign_after_the_birth_date(
    number: str, sign: str
) -> None:
    assert guard.is_identity_number(f"{number[:6]}{sign}{number[6:]}")
    assert guard.has_identity_number(f"se {number[:6]}{sign}{number[6:]}, takk")


def test_a_column_gives_away_numbers_however_they_are_written() -> None:
    wide = BORN.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    written = [
        f"{BORN[:2]}.{BORN[2:4]}.{BORN[4:6]} - {BORN[6:]}",
        f"{BORN[:6]}\u200b{BORN[6:]}",
        wide,
    ]
    found = guard.hits(pl.Series([*written, "12.03.2026 - 15.03.2026"]), phones=False)
    assert found["identity_number"].to_list() == [True, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "26111594015",  # a control digit that does not fit
        "2611159401",  # too short
        "126111594014",  # inside a longer number
        "1234.56.78903",  # an account number: no such day
        "2026-10-12 14:30",
        "",
    ],
)
def test_other_numbers_are_no_identity_numbers(text: str) -> None:
    assert not guard.is_identity_number(text)
    assert not guard.has_identity_number(text)


def test_an_identity_number_is_found_beside_other_numbers() -> None:
    assert guard.has_identity_number(f"3439 {BORN}")
    assert guard.has_identity_number(f"{BORN} 3439")
    assert guard.has_identity_number("nr 26 11 15 940 14 i 2026")


@given(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 999),
       st.sampled_from([(0, 0), (40, 0), (0, 40), (0, 65), (0, 80), (40, 80)]),
       st.integers(0, 3))  # fmt: skip
def test_every_number_that_the_registers_may_give_out_is_known(
    day: int, month: int, year: int, individual: int, marks: tuple[int, int], remainder: int
) -> None:
    """Built by the rule itself: what is given out is nine digits and the two that fit them."""
    nine = f"{day + marks[0]:02}{month + marks[1]:02}{year:02}{individual:03}"
    first = sum(w * int(d) for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), nine, strict=True))
    tenth = (remainder - first) % 11
    assume(tenth < 10)
    second = sum(
        w * int(d) for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), f"{nine}{tenth}", strict=True)
    )
    eleventh = -second % 11
    assume(eleventh < 10)
    assert guard.is_identity_number(f"{nine}{tenth}{eleventh}")


@pytest.mark.parametrize("text", ["kari@example.no", "til ola.n@kommune.example.no i dag"])
def test_an_email_address_is_found(text: str) -> None:
    assert guard.has_email_address(text)


@pytest.mark.parametrize("text", ["@", "a@b", "50@ kr", "fornøyd@alle"])
def test_an_at_sign_alone_is_no_email_address(text: str) -> None:
    assert not guard.has_email_address(text)


@pytest.mark.parametrize("text", ["ring 412 34 567", "tlf. 61050000", "+46 70 123 45 67"])
def test_a_telephone_number_is_found(text: str) -> None:
    assert guard.has_phone_number(text)


@pytest.mark.parametrize("text", ["2026-10-12", "12.10.2026 kl. 14.30", "K-2026-03", "20261012"])
def test_a_date_or_a_code_is_no_telephone_number(text: str) -> None:
    assert not guard.has_phone_number(text)


def test_a_column_is_searched_whole_and_telephones_only_where_people_write() -> None:
    cells = pl.Series(["ok", None, f"se {BORN}", "412 34 567", "a@b.no", f"se {BORN}"])
    assert {code: mask.arg_true().to_list() for code, mask in
            guard.hits(cells, phones=True).items()} == {
        "identity_number": [2, 5],
        "phone_number": [3],
        "email_address": [4],
    }  # fmt: skip
    assert set(guard.hits(cells, phones=False)) == {"identity_number", "email_address"}


@pytest.mark.parametrize(
    ("heading", "says", "may"),
    [
        ("Navn", True, True),
        ("E-post", True, True),
        ("IP address", True, True),
        ("fødselsdato", True, True),
        ("Assigned To", True, True),
        ("RecipientEmail", True, True),
        ("Navn på deltaker", False, True),
        ("Kommentarer", False, True),
        ("tjenestenavn", False, False),
        ("kommune", False, False),
        ("status", False, False),
    ],
)
def test_a_heading_tells_what_its_column_may_hold(heading: str, says: bool, may: bool) -> None:
    assert (guard.says_who(heading), guard.may_hold_persons(heading)) == (says, may)


# -- a reading ---------------------------------------------------------------------------------


def reading(text: str) -> Reading:
    return read(text.encode("cp1252"), "fil.csv")


def test_a_hit_in_a_kept_column_is_placed_and_emptied() -> None:
    found = guard.guard(
        reading(f"id;tiltak\n1;skilt\n2;ring {BORN}\n3;skriv a@b.no\n"),
        [Kept("id", False), Kept("tiltak", True)],
    )
    assert found.problems == (
        at_lines("identity_number", [3], column="tiltak"),
        at_lines("email_address", [4], column="tiltak"),
    )
    assert (found.hits, found.is_clean) == (2, False)
    assert found.reading.cells["tiltak"].to_list() == ["skilt", None, None]
    assert found.emptied == {("tiltak", 3), ("tiltak", 4)}


def test_a_column_that_is_not_kept_is_dropped_and_a_hit_in_it_is_said() -> None:
    found = guard.guard(
        reading(f"id;navn;vekt;merknad\n1;Kari;3;ok\n2;Ola;4;{BORN}\n"), [Kept("id", False)]
    )
    assert found.dropped == ("navn", "vekt", "merknad")
    assert found.reading.columns == ("id",)
    assert found.problems == (
        at_lines("dropped_personal_data", [3], column="merknad"),
        *about_columns("dropped_column", ["navn", "merknad"]),
    )


def test_a_mapping_says_what_is_personal_and_what_is_harmless() -> None:
    found = guard.guard(
        reading("id;vekt;Bucket Name\n1;3;a\n"),
        [Kept("id", False)],
        personal={"vekt"},
        harmless={"bucketname"},
    )
    assert found.problems == about_columns("dropped_column", ["vekt"])


def test_a_kept_column_that_says_who_is_refused_unless_the_contract_calls_it_so() -> None:
    text = "navn;antall\nTjenesten;3\n"
    refused = guard.guard(reading(text), [Kept("navn", True), Kept("antall", False)])
    assert refused.problems == (Problem("personal_column", column="navn"),)
    allowed = guard.guard(reading(text), [Kept("navn", True, True), Kept("antall", False)])
    assert (allowed.problems, allowed.is_clean) == ((), True)


def test_personal_data_in_a_heading_is_told_by_the_columns_number() -> None:
    found = guard.guard(reading(f"id;a@b.no\n1;{BORN}\n"), [Kept("id", False)])
    assert Problem("personal_heading", line=1, column="#2") in found.problems
    assert found.dropped == ("#2",)


def test_a_row_that_was_left_out_and_a_file_name_are_looked_at_too() -> None:
    raw = f"Kontakt: a@b.no;;\n;;\nid;tema;antall\n1;x;2\n2;y;3\nSum {BORN};;\n".encode()
    found = guard.guard(read(raw, f"svar {BORN}.csv"), [Kept("id", False)])
    assert at_lines("dropped_personal_data", [1]) in found.problems
    assert Problem("personal_file_name") in found.problems
    assert (found.reading.name, found.reading.left_out[0].text) == ("….csv", "")


def test_a_problem_loses_whatever_is_somebodys() -> None:
    problem = Problem("unknown_code", line=3, column="a@b.no", found=f"x {BORN}", expected="y")
    assert guard.without_traces(problem) == Problem("unknown_code", line=3, expected="y")
