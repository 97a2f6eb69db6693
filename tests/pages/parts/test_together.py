"""Shared and borrowed actions: how many, whose, from whom, and no more than of the last year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts import action_list, together
from queries.ask import ask

OCTOBER = dt.date(2026, 10, 1)
CHOICES = {"kommune": "alle", "maned": "2026-10"}

Rows = list[dict[str, Any]]
Release = Callable[[dict[str, Rows]], Path]


def action(number: int, **facts: Any) -> dict[str, Any]:
    row = {
        "action_id": f"T-{number}",
        "municipality_id": "3439",
        "title": f"Tiltak {number}",
        "opened_on": dt.date(2025, 1, 5),
        "status": "open",
        "scope": "own",
    }
    return row | facts


@pytest.fixture
def listed(tables: dict[str, Rows], released: Release) -> Rows:
    actions = [
        action(1),
        action(2, borrowed_from="3440"),
        action(3, scope="cross_municipal", done_on=dt.date(2025, 11, 2)),
        action(4, borrowed_from="3440", done_on=dt.date(2025, 10, 31)),  # a year ago: history
        action(5, borrowed_from="3440", opened_on=dt.date(2026, 11, 2)),  # after the month
        action(6, borrowed_from="3439", municipality_id="3440"),
    ]
    store = released(tables | {"actions": actions})
    found = ask(
        "actions_listed",
        store=store,
        municipality="cooperation",
        month=OCTOBER,
        view="together",
        search="",
        themes="",
        most=action_list.MOST_ROWS,
    )
    return found.to_dicts()


def test_what_is_shared_or_borrowed_and_going_on_or_of_the_last_year_is_listed(
    listed: Rows,
) -> None:
    assert {row["action_id"] for row in listed} == {"T-2", "T-3", "T-6"}
    assert together.finding(listed) == (
        "To tiltak er lånt av en nabo. Én kommune har tiltak som er felles for flere."
    )


def test_only_to_borrowed_actions_that_are_there_goes_a_link(listed: Rows) -> None:
    assert "Se de lånte tiltakene i lista" in together.together(listed, CHOICES)
    shared = [row for row in listed if row["borrowed_from"] is None]
    assert "Se de lånte tiltakene i lista" not in together.together(shared, CHOICES)


def test_each_says_whose_it_is_and_from_whom_it_was_borrowed(listed: Rows) -> None:
    shown = together.together(listed, CHOICES)
    plain = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert "lånt av nabo: Øyer" in plain
    assert "felles for flere kommuner" in plain
    assert "ferdig 2. november 2025, ikke tilbakemeldt" in plain
    assert "/actions?kommune=alle&amp;maned=2026-10&amp;vis=lant_av_nabo#tiltakene" in shown
    assert together.BORROWED in action_list.VIEWS


def test_where_there_is_none_one_sentence_says_so() -> None:
    assert together.finding([]) == "Ingen tiltak er delt eller lånt."
    assert "<table" not in together.together([], CHOICES)
