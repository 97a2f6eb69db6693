"""`release` brings the numbers up to date, and tells of any release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from queries import ask

Run = Callable[..., Any]


def test_a_release_that_holds_everything_is_not_made_again(run: Run, small: Path) -> None:
    number = ask.current_release(small)
    first = run("release", "--store", small, "--json")
    assert first.json["number"] == number
    assert first.json["is_current"] is True
    assert first.json["is_demo"] is True
    assert first.json["today"] == "2026-11-12"
    assert run("release", "--store", small, "--json").json == first.json


def test_an_earlier_release_is_told_and_nothing_is_made(run: Run, locked: Path) -> None:
    said = run("release", "1", "--store", locked, "--json")
    assert said.json["number"] == 1
    assert said.json["is_current"] is False
    assert said.json["locked_months"] == []
    assert "ble vist før." in run("release", "1", "--store", locked).out


def test_it_is_told_in_words_what_is_shown(run: Run, locked: Path) -> None:
    lines = run("release", "--store", locked).out.splitlines()
    assert lines[0].startswith(f"Utgave {ask.current_release(locked)} fra ")
    assert lines[2:] == [
        "Låst til og med oktober 2026",
        "Eksempeldata – tallene er oppdiktet",
    ]


@pytest.mark.parametrize("number", ["0", "99"])
def test_a_release_that_is_not_there_is_refused(run: Run, small: Path, number: str) -> None:
    said = run("release", number, "--store", small)
    assert said.code == 1
    assert said.err == (
        "Den utgaven finnes ikke her, eller det er ingen ennå. Kommandoen release lager en.\n"
    )
