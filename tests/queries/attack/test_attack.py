"""Nobody learns a municipality's number from all releases of random small stores together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pages.terminal import exported
from queries import gate
from queries.audit import Verdict
from tests.queries.attack import random_stores, without_files
from tests.queries.attack.attacker import INDICATORS, Attack, Books, Success

TERTIALS = ("2026-01-01", "2026-05-01")


def successes(
    exports: Sequence[Mapping[str, Any]], books: Mapping[int, Books], *, most: int | None = None
) -> list[Success]:
    """What an outsider and every municipality can conclude; at most so many municipalities try."""
    found = []
    for indicator in INDICATORS:
        for tertial in TERTIALS:
            attack = Attack(indicator, tertial, exports)
            assert attack.changed == 0, "a number was shown twice, and otherwise"
            found += attack.successes(books, [None, *sorted(attack.places)[:most]])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_cells_of_a_random_life_give_nobody_away(seed: int) -> None:
    life = without_files.live(seed, months=4)
    assert successes(life.exports, life.true, most=1) == []


def test_the_exports_of_a_random_store_give_nobody_away(tmp_path: Path) -> None:
    life = random_stores.live(tmp_path, seed=3, months=4)
    exports = [
        json.loads(exported.as_json(exported.shown(tmp_path, number, None)))
        for number in sorted(life.true)
    ]
    assert successes(exports, life.true, most=1) == []


def three_of_five() -> without_files.Told:
    """Three municipalities with five each: ten are left without any of them, so all have five."""
    january = dt.date(2026, 1, 1)
    life = without_files.Told(Path(), Random(1), ["3401", "3402", "3403"], [january], 20)
    life.begin()
    for place in life.places:
        meeting = {"kind": "dialogue_meeting", "users": 5, "relatives": None}
        life.activities[place, january], life.waves[place, january] = [meeting], []
        life.delivered |= {("activities", place, january), ("survey_waves", place, january)}
    life.release()
    return life


def test_the_attack_succeeds_where_nothing_is_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    life = three_of_five()
    assert successes(life.exports, life.true) == []
    monkeypatch.setattr(gate.audit, "audited", lambda *_: Verdict(()))
    life = three_of_five()
    assert {(one.low, one.high) for one in successes(life.exports, life.true)} == {(5, 5)}


def test_the_attack_notices_a_number_that_is_shown_otherwise_later() -> None:
    life = without_files.live(1)
    first = life.exports[-1]
    later = [cell | {"band": "50+"} if cell["band"] == "0-9" else cell for cell in first["cells"]]
    attack = Attack("participants", TERTIALS[0], [first, {**first, "cells": later}])
    assert attack.changed
