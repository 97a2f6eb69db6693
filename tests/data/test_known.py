"""What a text in a file may name: exactly something known, or a suggestion."""

from __future__ import annotations

import pytest

from data.known import Known, KnownWave, Names, municipality_names

SIX = {"3438": "Sør-Fron", "3436": "Nord-Fron", "3440": "Øyer", "3439": "Ringebu"}


@pytest.mark.parametrize(
    "text", ["3438", "Sør-Fron", "sør-fron", "Sør-Fron kommune", "3438 Sør-Fron", "Sør-Fron (3438)"]
)
def test_a_municipality_is_named_by_number_or_name(text: str) -> None:
    assert municipality_names(SIX).find(text) == {"3438"}


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Sør Fron", "Sør-Fron (3438)"),
        ("Ringbu", "Ringebu (3439)"),
        ("Oyer", "Øyer (3440)"),
        ("3437", "Nord-Fron (3436)"),
        ("Hamar", None),
        ("", None),
    ],
)
def test_anything_further_off_is_suggested_and_never_taken(text: str, nearest: str | None) -> None:
    names = municipality_names(SIX)
    assert names.find(text) == set()
    found = names.nearest(text)
    assert found == nearest or (text == "3437" and found is not None)


def test_a_name_that_several_share_names_them_all_and_an_id_only_itself() -> None:
    names = Names(["A", "B", "C"], {"A": ["Rus"], "B": ["Rus"], "C": ["A"]})
    assert names.find("rus") == {"A", "B"}
    assert names.find("a") == {"A"}


def test_what_is_stored_can_be_referred_to_by_kind() -> None:
    known = Known(SIX, {"S": "Rus"}, {}, {"U": KnownWave("3439")}, frozenset({"K"}))
    assert known.ids("municipalities") == frozenset(SIX)
    assert (known.ids("services"), known.ids("survey_waves")) == ({"S"}, {"U"})
    assert (known.ids("activities"), known.ids("feedback")) == ({"K"}, frozenset())


def test_few_names_are_listed_whole_in_the_order_of_the_alphabet() -> None:
    assert municipality_names(SIX).listed("Hamar") == (
        "Nord-Fron (3436); Ringebu (3439); Sør-Fron (3438); Øyer (3440)"
    )
    assert municipality_names(SIX).count == 4
    assert (Names([]).listed("x"), Names([]).count) == ("", 0)


@pytest.mark.parametrize(("count", "listed"), [(11, 11), (12, 12), (13, 5), (400, 5)])
def test_of_many_names_only_the_likest_are_listed(count: int, listed: int) -> None:
    names = Names([f"U-2026-{number:03}" for number in range(count)])
    assert len(names.listed("uke 2026").split("; ")) == listed
    if count == 400:
        assert names.listed("bølge 2026-123").split("; ")[0] == "U-2026-123"
