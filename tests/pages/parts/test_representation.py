"""Who speaks for users, as tables: one required and two the goal, shared seats, tools in use."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.parts import representation
from queries.ask import ask
from queries.cards import load_all

Row = dict[str, Any]
Tables = dict[str, list[Row]]
OCTOBER = dt.date(2026, 10, 1)


def cell(indicator: str, place: str, part: str | None, numerator: float, of: float) -> Row:
    """A measured share of a month."""
    return {
        "indicator": indicator,
        "municipality_id": place,
        "grain": "month",
        "period": OCTOBER,
        "part": part,
        "state": "measured",
        "shown": "exact",
        "numerator": numerator,
        "denominator": of,
        "value": numerator / of if of else None,
    }


@pytest.fixture
def rows(released: Callable[[Tables], Path], tables: Tables) -> Callable[..., list[dict[str, Any]]]:
    """rows(municipality): the answer of a release with these cells and no others."""
    tables["cells"] = [
        cell("seats_filled", "cooperation", None, 3, 5),
        cell("seats_filled", "cooperation", "covers_1", 2, 3),
        cell("seats_filled", "cooperation", "covers_3_or_more", 1, 3),
        cell("seats_filled", "cooperation", "covers_2", 0, 3),
        cell("seats_filled", "cooperation", "days_vacant", 80, 1)
        | {"denominator": None, "value": 80},
        cell("seats_filled", "3441", None, 1, 1),
        cell("seats_filled", "3441", "covers_1", 0, 0),
        cell("bodies_with_two_representatives", "cooperation", None, 1, 3),
        cell("bodies_with_two_representatives", "cooperation", "at_least_one", 2, 3),
        cell("teams_with_users", "cooperation", None, 1, 2),
        cell("tools_in_use", "3441", None, 2, 4),
        # Another month.
        cell("tools_in_use", "3440", None, 1, 4) | {"period": dt.date(2026, 9, 1)},
    ]
    folder = released(tables)
    return lambda municipality: ask(
        "representation", store=folder, municipality=municipality, month=OCTOBER
    ).to_dicts()


def words(markup: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(markup)).split())


def test_one_is_required_and_two_are_the_goal_side_by_side(rows: Callable[..., Any]) -> None:
    said = words(representation.place_table(rows("cooperation"), load_all()))
    assert "Organer med minst én Organer med to eller flere" in said
    assert "Alle samlet 3 av 5 plasser 2 av 3 organer 1 av 3 organer 1 av 2 team" in said
    # What a municipality lacks is said.
    assert "Gausdal 1 av 1 plass mangler mangler mangler" in said


def test_a_municipality_sees_its_own(rows: Callable[..., Any]) -> None:
    said = words(representation.place_table(rows("3441"), load_all()))
    assert "Gausdal" in said
    assert "Alle samlet" not in said


def test_shared_seats_are_told_by_how_many_municipalities_they_speak_for(
    rows: Callable[..., Any],
) -> None:
    card = load_all()["seats_filled"]
    said = words(representation.shared_table(rows("cooperation"), "cooperation", card))
    assert "taler for én kommune 2 av 3" in said
    assert "taler for tre kommuner eller flere 1 av 3" in said
    assert "to kommuner" not in said
    assert words(representation.shared_table(rows("3441"), "3441", card)) == "Ingen verv er besatt."
    assert words(representation.shared_table(rows("3440"), "3440", card)) == "mangler"


def test_the_middle_vacancy_is_said_where_a_seat_is_vacant(rows: Callable[..., Any]) -> None:
    card = load_all()["seats_filled"]
    said = representation.middle_vacancy(rows("cooperation"), "cooperation", card)
    assert words(said) == "Den midterste av dem har vært ledig i 80 dager."
    assert representation.middle_vacancy(rows("3441"), "3441", card) is None


def test_tools_are_told_for_the_chosen_month(rows: Callable[..., Any]) -> None:
    card = load_all()["tools_in_use"]
    said = words(representation.tool_table(rows("cooperation"), card))
    assert "Gausdal 2 av 4 verktøy" in said
    assert "Øyer" not in said
    line = representation.counted_line(rows("3441"), "3441", card)
    assert words(line).startswith("2 av 4 verktøy av de valgte verktøyene")


def test_a_line_without_a_number_is_not_said() -> None:
    card = load_all()["fresh_services"]
    row = {"indicator": card.id, "municipality_id": "3439", "part": None, "state": "missing"}
    assert representation.counted_line([row], "3439", card) is None
