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
from queries.attack import Verdict
from queries.base import later
from tests.queries.attack import a_year, without_files
from tests.queries.attack.answers import ASKED, AnswersAttack
from tests.queries.attack.attacker import INDICATORS, Attack, Books, Success

TERTIALS = ("2026-01-01", "2026-05-01")


def successes(
    exports: Sequence[Mapping[str, Any]],
    books: Mapping[int, Books],
    *,
    most: int | None = None,
    tertials: Sequence[str] = TERTIALS,
) -> list[Success]:
    """What an outsider and every municipality can conclude; at most so many municipalities try."""
    found = []
    for indicator in INDICATORS:
        for tertial in tertials:
            attack = Attack(indicator, tertial, exports)
            assert attack.changed == 0, "a number was shown twice, and otherwise"
            found += attack.successes(books, [None, *sorted(attack.places)[:most]])
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_cells_of_a_random_life_give_nobody_away(seed: int) -> None:
    life = without_files.live(seed, months=4)
    assert successes(life.exports, life.true, most=1) == []


def from_answers(
    exports: Sequence[Mapping[str, Any]], books: Mapping[int, Books], places: Sequence[str | None]
) -> list[Success]:
    """What can be concluded from all indicators together that count the same answers."""
    found = []
    for rate in ASKED:
        attack = AnswersAttack(rate, exports)
        assert attack.changed == 0, "a number was shown twice, and otherwise"
        found += attack.successes(books, places)
    return found


def test_the_exports_of_a_year_with_late_answers_give_nobody_away(tmp_path: Path) -> None:
    year = a_year.live(tmp_path, seed=4)
    exports = [
        json.loads(exported.as_json(exported.shown(tmp_path, number, None)))
        for number in sorted(year.true)
    ]
    attackers = [None, *year.places]
    assert successes(exports, year.true, most=1, tertials=a_year.TERTIALS) == []
    assert from_answers(exports, year.true, attackers) == []
    # The same with one number more: that somebody had few answers is found at once.
    own = [
        (cell, key)
        for cell in exports[-1]["cells"]
        if cell["indicator"] in ASKED and cell["band"] == "0-9" and cell["shown"] == "band"
        if cell["municipality"] != "cooperation" and cell["grain"] == "tertial"
        for key in [(cell["municipality"], cell["period"])]
    ]
    planted, (who, period) = own[0]
    of = [
        numbers[0]
        for (indicator, place, month, _), numbers in year.true[1].items()
        if (indicator, place) == (planted["indicator"], who)
        and period <= month.isoformat() < later(dt.date.fromisoformat(period), 4).isoformat()
    ]
    leaking = {**planted, "numerator": sum(of)}
    rest = [leaking if cell is planted else cell for cell in exports[-1]["cells"]]
    found = from_answers([{**exports[-1], "cells": rest}], year.true, [None])
    assert [(one.municipality, one.period) for one in found] == [(who, period)]


def cell_of(indicator: str, municipality: str, grain: str, **shown: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ["part", "numerator", "denominator", "value", "band", "denominator_band", "reason"]
    )
    alike = {"indicator": indicator, "municipality": municipality, "grain": grain}
    return {**nothing, **alike, "period": "2026-01-01", "state": "measured", **shown}


def test_the_attack_puts_the_answers_beside_what_was_answered() -> None:
    # 22 answered, ten or more in each of the others: A has two at most, whatever they said.
    cells = [cell_of("same_day_evaluation", place, "month", shown="exact") for place in "ABC"]
    rate = {"indicator": "response_rate_same_day", "shown": "band", "denominator_band": "20-49"}
    cells += [
        cell_of(municipality=place, grain="tertial", delivered=1, band="10-19", **rate)
        for place in "BC"
    ]
    exact = {"shown": "exact", "numerator": 22, "denominator": 60}
    total = cell_of("response_rate_same_day", "cooperation", "month", delivered=3, **exact)
    cells.append(cell_of("benefit_same_day", "A", "tertial", shown="band", delivered=1, band="0-9"))
    january = dt.date(2026, 1, 1)
    books: dict[int, Books] = {1: {("benefit_same_day", "A", january, None): (1, 2)}}
    export = {"release": {"number": 1}, "cells": [*cells, total]}
    found = from_answers([export], books, [None])
    assert {(one.what, one.low, one.high) for one in found} == {("x", 0, 2), ("n", 0, 2)}
    assert from_answers([{**export, "cells": cells}], books, [None]) == []


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
