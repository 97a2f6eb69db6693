"""Blocks that are decided side by side reckon with each other as if one came after the other."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest

from queries import cards, family, jury
from queries.bases import Truths
from queries.family import BlockKey
from queries.jury import Decided

LOADED = cards.load_all()

TERTIALS = [dt.date(year, month, 1) for year in (2024, 2025) for month in (1, 5, 9)]

NAMES = [card.id for card in LOADED.values() if card.privacy == "answers"]

Shows = dict[BlockKey, Sequence[Any]]


def near(key: BlockKey) -> set[BlockKey]:
    return {block for one in family.families(LOADED, key) for block in one.blocks}


@pytest.mark.parametrize("seed", range(6))
def test_a_block_reckons_with_what_those_before_it_show(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    luck = Random(seed)
    blocks = [(name, tertial) for name in NAMES for tertial in TERTIALS]
    told: Shows = {block: ["old", *block] for block in blocks}
    asked: Shows = {block: ["new", *block] for block in luck.sample(blocks, len(blocks) // 2)}
    slow = {block: luck.random() / 200 for block in asked}
    reckoned: dict[BlockKey, Mapping[BlockKey, Sequence[Any]]] = {}

    def decide(one: Any, seen: Sequence[Any]) -> Decided:
        reckoned[one.key] = one.told
        # They end in another order than they begin in, another one with each seed.
        time.sleep(slow[one.key])
        return Decided(["decided", *seen], "passed", has_passed=True)

    monkeypatch.setattr(jury, "_decided", decide)
    found = jury.decided(asked, told, LOADED, Truths({}, lambda *_: None))

    assert found.keys() == asked.keys()
    order = sorted(asked, key=lambda key: family.turn(LOADED, key))
    for place, key in enumerate(order):
        before = set(order[:place])
        for block in near(key) & set(blocks):
            expected = ["decided", "new", *block] if block in before else ["old", *block]
            assert reckoned[key][block] == expected
    assert any(near(key) & set(order[:place]) for place, key in enumerate(order))


def test_what_goes_wrong_in_one_is_raised_and_the_turns_are_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def decide(*_: object) -> Decided:
        assert sys.getswitchinterval() == pytest.approx(jury.TURN_SECONDS)
        raise ZeroDivisionError

    monkeypatch.setattr(jury, "_decided", decide)
    before = sys.getswitchinterval()
    key = (NAMES[0], TERTIALS[0])
    with pytest.raises(ZeroDivisionError):
        jury.decided({key: []}, {key: []}, LOADED, Truths({}, lambda *_: None))
    assert sys.getswitchinterval() == before
