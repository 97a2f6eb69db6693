"""Benefit the same day beside half a year later: a change in words, and never more than that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.drawn_html import opened

Tables = dict[str, list[dict[str, Any]]]
JANUARY = dt.date(2026, 1, 1)


def _part() -> None:
    import datetime as dt

    from pages.parts import benefit
    from pages.parts.draw import draw

    draw(benefit.benefit(dt.date(2026, 10, 1)), benefit.listened_to(dt.date(2026, 10, 1)))


def told() -> str:
    page = AppTest.from_function(_part)
    page.run(timeout=30)
    assert not page.exception, page.exception
    shown = opened(" ".join(str(one.proto.body) for one in page.main if one.type == "html"))
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split()).replace("\u00a0", " ")


def together(indicator: str, numerator: float, denominator: float) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "municipality_id": "cooperation",
        "grain": "tertial",
        "period": JANUARY,
        "state": "measured",
        "shown": "exact",
        "numerator": numerator,
        "denominator": denominator,
        "value": round(numerator / denominator, 2),
    }


@pytest.fixture
def releasing(
    released: Callable[[Tables], Path], tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    def release(*cells: dict[str, Any]) -> None:
        changed = {**tables, "cells": [*tables["cells"], *cells]}
        monkeypatch.setenv("FORANKRING_STORE", str(released(changed)))

    return release


def test_the_change_is_told_of_all_together_with_what_it_cannot_say(
    releasing: Callable[..., None],
) -> None:
    releasing(together("benefit_same_day", 61, 95), together("benefit_half_year", 17, 35))
    words = told()
    assert "64 % svarte 4 eller 5 samme dag, 49 % et halvt år etter" in words
    assert "Endringen er −16 prosentpoeng (−34 til 3)." in words
    assert "Den er ikke større enn at den kan være tilfeldig." in words
    assert "Ulike personer kan ha svart de to gangene." in words
    assert "effekt" not in words.casefold()


def test_under_ten_answers_are_not_compared(releasing: Callable[..., None]) -> None:
    hidden = together("benefit_half_year", 0, 1) | {
        "shown": "band",
        "reason": "small_rest",
        "band": "0-9",
        "denominator_band": "10-19",
        "numerator": None,
        "denominator": None,
        "value": None,
    }
    releasing(together("benefit_same_day", 61, 95), hidden)
    words = told()
    assert "De to målingene kan ikke sammenlignes ennå" in words
    # What there are few of is the answers, not those of them that are high.
    assert "10–19 svar" in words
    assert "ikke sammenlignet" in words


def test_who_is_listened_to_is_told_of_all_together(releasing: Callable[..., None]) -> None:
    releasing(together("listened_to", 13, 24))
    assert "54 % av 24 svar" in told()
