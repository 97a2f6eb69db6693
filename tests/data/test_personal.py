"""A text that holds somebody is known for it, however it is written, and others are not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data import personal

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
        "fnr_checksum_1967": personal.SERIES_1967,
        "fnr_checksum_2032": personal.SERIES_2032,
    }[case["function"]]
    digits = case["input"]["s"].replace(" ", "")
    assert personal.control_digits_fit(digits, series) is case["expected"]["valid"]


@pytest.mark.parametrize("number", [BORN, D_NUMBER, SYNTHETIC, OF_2032])
@pytest.mark.parametrize(
    "sign", ["", " ", "-", ".", "\u00a0", "\u202f", " - ", "\u200b", "\u00ad", "\ufeff"]
)
def test_an_identity_number_is_known_with_any_sign_after_the_birth_date(
    number: str, sign: str
) -> None:
    assert personal.is_identity_number(f"{number[:6]}{sign}{number[6:]}")
    assert personal.has_identity_number(f"se {number[:6]}{sign}{number[6:]}, takk")


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
    assert not personal.is_identity_number(text)
    assert not personal.has_identity_number(text)


def test_an_identity_number_is_found_beside_other_numbers() -> None:
    assert personal.has_identity_number(f"3439 {BORN}")
    assert personal.has_identity_number(f"{BORN} 3439")
    assert personal.has_identity_number("nr 26 11 15 940 14 i 2026")


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
    assert personal.is_identity_number(f"{nine}{tenth}{eleventh}")


@pytest.mark.parametrize("text", ["kari@example.no", "til ola.n@kommune.example.no i dag"])
def test_an_email_address_is_found(text: str) -> None:
    assert personal.has_email_address(text)


@pytest.mark.parametrize("text", ["@", "a@b", "50@ kr", "fornøyd@alle"])
def test_an_at_sign_alone_is_no_email_address(text: str) -> None:
    assert not personal.has_email_address(text)


@pytest.mark.parametrize("text", ["ring 412 34 567", "tlf. 61050000", "+46 70 123 45 67"])
def test_a_telephone_number_is_found(text: str) -> None:
    assert personal.has_phone_number(text)


@pytest.mark.parametrize("text", ["2026-10-12", "12.10.2026 kl. 14.30", "K-2026-03", "20261012"])
def test_a_date_or_a_code_is_no_telephone_number(text: str) -> None:
    assert not personal.has_phone_number(text)


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
    assert (personal.says_who(heading), personal.may_hold_persons(heading)) == (says, may)


# -- in disguise -------------------------------------------------------------------------------

DISGUISES = {
    "wide": "２６１１１５９４０１４",
    "another script's digits": "٢٦١١١٥٩٤٠١٤",
    "styled digits": "𝟚𝟞𝟙𝟙𝟙𝟝𝟡𝟜𝟘𝟙𝟜",
    "a soft hyphen inside": "2611\u00ad1594014",
    "joiners and marks of direction inside": "\u202a26111\u200b5940\u206014\u202c",
    "no-break spaces": "26 11 15 940 14",
    "a dash": "261115–94014",
    "a minus sign": "261115−94014",
    "a middle dot": "261115·94014",
    "a line break": "261115\r\n94014",
    "a slash": "261115/94014",
    "an underscore": "261115_94014",
    "a float": "26111594014.0",
    "a float with a comma": "26111594014,00",
    "scientific": "2.6111594014E10",
    "scientific with a comma": "2,6111594014E+10",
    "thousands": "26 111 594 014",
    "thousands with commas": "26,111,594,014",
    "after letters": "fnr26111594014",
    "after a date": "12.10.2026 26111594014",
}


@pytest.mark.parametrize("text", DISGUISES.values(), ids=DISGUISES)
def test_an_identity_number_is_known_in_every_disguise(text: str) -> None:
    assert personal.has_identity_number(text)
    assert personal.has_identity_number(f"Avtalt med {text} i dag")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("1010150074", True),
        ("1010150074.0", True),
        ("1010150074,00", True),
        ("sak 1010150074", False),  # ten digits beside words are an id
        ("1010150075", False),
        ("101015007", False),
    ],
)
def test_a_number_that_lost_its_first_zero_is_known_where_it_stands_alone(
    text: str, is_one: bool
) -> None:
    assert personal.has_lost_its_zero(text) is is_one


@pytest.mark.parametrize(
    "text",
    ["05.10.2026 120 deltakere", "2019-10-05 120", "5/10/2026 1234", "3405, 3441, 3440, 3439"],
)
def test_a_date_and_a_number_after_it_are_no_identity_number(text: str) -> None:
    assert not personal.has_identity_number(text)


@pytest.mark.parametrize(
    "text", ["kari＠example．no", "kari@exam\u00adple.no", "ｋａｒｉ@example.no"]
)
def test_an_email_address_is_found_in_disguise(text: str) -> None:
    assert personal.has_email_address(text)


@pytest.mark.parametrize("text", ["４１２３４５６７", "412\u200b34567", "412 34 567", "412–34–567"])
def test_a_telephone_number_is_found_in_disguise(text: str) -> None:
    assert personal.has_phone_number(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("+47 412 34 567", True),
        ("K+4741234567", True),
        ("004741234567", True),
        ("0047 412 34 567", True),
        ("+46 70 123 45 67", True),
        ("41234567", False),  # an id, as far as anybody can tell
        ("0047123456789", False),
        ("+1", False),
        ("A+4", False),
    ],
)
def test_only_a_number_with_a_country_code_is_a_telephone_among_ids(
    text: str, is_one: bool
) -> None:
    assert personal.has_international_number(text) is is_one


@pytest.mark.parametrize(
    "text", ["31102026", "20261012", "12.10.2026 kl. 14.30", "10/12/2026 2:30"]
)
def test_a_date_is_no_telephone_number(text: str) -> None:
    assert not personal.has_phone_number(text)


def test_everything_that_a_text_holds_is_named() -> None:
    text = f"{BORN}, kari@example.no, tlf. 412 34 567"
    assert personal.kinds_of(text) == ["identity_number", "email_address"]
    assert personal.kinds_of("kari@example.no, tlf. 412 34 567") == [
        "email_address",
        "phone_number",
    ]
    assert personal.kinds_of("Svare innen to dager") == []


# -- how often it is wrong ---------------------------------------------------------------------


def test_the_date_in_it_keeps_most_account_numbers_from_being_taken_for_a_persons() -> None:
    """An account number ends in the same control digit, so only the others tell it apart."""
    dice = random.Random(2026)
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    accounts = []
    while len(accounts) < 5_000:
        ten = f"{dice.randrange(10**10):010}"
        last = -sum(weight * int(digit) for weight, digit in zip(weights, ten, strict=True)) % 11
        if last < 10:
            accounts.append(f"{ten}{last}")
    by_digits = sum(map(personal.control_digits_fit, accounts)) / len(accounts)
    by_all = sum(map(personal.is_identity_number, accounts)) / len(accounts)
    assert 0.34 < by_digits < 0.39  # four remainders of eleven
    assert 0.09 < by_all < 0.12  # and a day and a month that exist


def test_half_of_all_eight_digit_ids_would_be_telephones_so_keys_are_not_looked_at() -> None:
    dice = random.Random(2026)
    ids = [f"{dice.randrange(10**8):08}" for _ in range(1_000)]
    assert 0.45 < sum(map(personal.has_phone_number, ids)) / len(ids) < 0.65
    assert not any(map(personal.has_international_number, ids))
