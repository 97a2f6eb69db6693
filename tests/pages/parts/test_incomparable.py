"""What is not compared says why, from what the municipalities have told of themselves."""

import re
from typing import Any

from pages.parts.incomparable import FEWEST_FTE, reasons
from queries.cards import load_all


def told(*capacities: tuple[str, float | None, str | None]) -> str:
    rows: list[dict[str, Any]] = [
        {"name": name, "capacity": capacity, "capacity_unit": unit}
        for name, capacity, unit in capacities
    ]
    return " ".join(re.sub(r"<[^>]+>", " ", reasons(rows, load_all())).split())


def test_employees_are_not_full_time_equivalents() -> None:
    said = told(("Lillehammer", 60, "headcount"), ("Ringebu", 14, "fte"))
    assert "Lillehammer har oppgitt antall ansatte" in said
    assert "Ringebu" not in said


def test_a_small_service_is_named_with_its_size() -> None:
    below, at = FEWEST_FTE - 0.1, FEWEST_FTE
    said = told(("Sør-Fron", below, "fte"), ("Øyer", at, "fte"))
    assert "Sør-Fron (4,9)" in said
    assert "Øyer" not in said


def test_who_has_not_told_is_named() -> None:
    assert "Gausdal og Øyer har ikke oppgitt noe" in told(
        ("Gausdal", None, None), ("Øyer", None, None)
    )


def test_when_nothing_stands_in_the_way_nothing_is_said_of_it() -> None:
    assert "Tall per årsverk" not in told(("Ringebu", 14, "fte"))


def test_every_count_of_people_is_named_and_no_share_that_has_a_verdict_of_its_own() -> None:
    said = told().lower()
    for card in load_all().values():
        if card.privacy != "none":
            assert (card.words("title").lower() in said) == (card.unit != "share")
