"""The story's deviations: every rule suggests what it should, and people answered what it did."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from data.demo.story import RULES
from queries import rules
from queries.builder import Builder

Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def demo(demo_tables: Tables) -> Iterator[Builder]:
    """The builder over the demo store, with what the rules suggest."""
    builder = Builder({**demo_tables, "suggestions": rules.no_suggestions()})
    rules.suggest(builder)
    yield builder
    builder.close()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_suggests_what_the_story_tells(rule: str, demo: Builder) -> None:
    fired = demo.table("clean_suggestions").filter(rule=rule)
    holding = set(fired.filter(pl.col("until_on").is_null())["row_key"])
    scene = RULES[rule]
    if rule == "month_not_delivered":
        assert {"2026-05", "2026-06"} <= holding
    elif rule == "leader_absent_twice":
        # Once for both meetings, at the second of them.
        assert holding == {scene.rows[-1]}
    else:
        assert set(scene.rows) <= holding


def test_people_answered_only_what_a_rule_suggested(demo: Builder) -> None:
    answered = demo.table("clean_judgements").filter(pl.col("rule") != "reported")
    assert answered.filter(~pl.col("is_of_suggestion")).is_empty()


def test_every_state_is_there_and_nobody_drowns_in_suggestions(demo: Builder) -> None:
    states = demo.table("clean_deviation_turns").filter(pl.col("to_on").is_null())["state"]
    counts = dict(states.value_counts().iter_rows())
    assert set(counts) == {"suggested", "confirmed", "reported", "rejected", "closed"}
    # Six coordinators, ten months, twelve rules.
    assert counts["suggested"] < 60
    assert len(states) < 200


def test_a_deviation_has_one_last_turn_and_its_number_once(demo: Builder) -> None:
    numbers = demo.table("clean_deviations")["deviation_id"].to_list()
    turns = demo.table("clean_deviation_turns").filter(pl.col("to_on").is_null())
    assert sorted(numbers) == sorted(set(numbers)) == sorted(turns["deviation_id"])
