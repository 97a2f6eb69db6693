"""What was corrected in a locked month, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pages.text import corrections, in_language
from queries.disclosure import COOPERATION

OCTOBER = dt.date(2026, 10, 1)
NAMES = {"3439": "Ringebu"}


def note(**facts: Any) -> dict[str, Any]:
    """Ringebu's overdue actions went from one of four to none of four."""
    told = {"indicator": "overdue_actions", "commitment": None, "municipality_id": "3439"}
    told |= {"grain": "month", "period": OCTOBER, "part": None}
    told |= {"was_state": "measured", "was_numerator": 1.0, "was_denominator": 4.0}
    told |= {"now_state": "measured", "now_numerator": 0.0, "now_denominator": 4.0}
    return told | {"was_delivered": None, "now_delivered": None} | facts


PROMISE = {"indicator": None, "commitment": "told_back"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Over frist: 1 av 4 tiltak → 0 av 4 tiltak"),
        ({"was_state": "missing"}, "Over frist: mangler → 0 av 4 tiltak"),
        ({"was_state": None}, "Over frist: ikke med → 0 av 4 tiltak"),
        ({"now_state": "missing"}, "Over frist: 1 av 4 tiltak → mangler"),
        (
            {"part": "without_due_on", "was_state": "provisional"},
            "Over frist, åpne tiltak uten frist: 1 av 4 tiltak, foreløpig → 0 av 4 tiltak",
        ),
        (
            PROMISE | {"was_state": "not_kept", "now_state": "missing"},
            "Brukerne har fått svar: ikke holdt, 1 av 4 → mangler",
        ),
    ],
)
def test_a_change_says_what_was_and_what_is(facts: dict[str, Any], words: str) -> None:
    assert corrections.lines([note(**facts)], NAMES, "3439") == [words]


def test_of_all_together_it_is_said_whose_it_is_and_of_how_many() -> None:
    same = note(municipality_id=COOPERATION, was_numerator=0.0, was_delivered=1, now_delivered=2)
    assert corrections.lines([note(), same], NAMES, COOPERATION) == [
        "Over frist, Ringebu: 1 av 4 tiltak → 0 av 4 tiltak",
        "Over frist, samarbeidet: 0 av 4 tiltak fra én kommune → 0 av 4 tiltak fra 2 kommuner",
    ]


@pytest.mark.parametrize(
    ("language", "same_as", "changes", "words"),
    [
        ("nb", None, 3, "Rettet etter låsing: versjon 2 fra 14. november, tre tall endret"),
        ("nn", None, 1, "Retta etter låsing: versjon 2 frå 14. november, eitt tal endra"),
        ("nb", None, 0, "Rettet etter låsing: versjon 2 fra 14. november, ingenting endret her"),
        (
            "nb",
            1,
            3,
            "Rettet etter låsing: versjon 2 fra 14. november, igjen med tallene fra versjon 1",
        ),
    ],
)
def test_the_version_and_its_day_are_said(
    language: str, same_as: int | None, changes: int, words: str
) -> None:
    made_at = dt.datetime.fromisoformat("2026-11-13T23:30")
    version = {"month": OCTOBER, "version": 2, "made_at": made_at, "same_as": same_as}
    with in_language(language):
        assert corrections.headline(version, changes) == words
