"""The story's deviations: every rule suggests what it should, and people answered what it did."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from data.demo.story import RULES
from queries import rules, sql

Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def demo(demo_tables: Tables) -> Iterator[sql.Connection]:
    """The builder over the demo store, with what the rules suggest."""
    connection = sql.builder({**demo_tables, "suggestions": rules.no_suggestions()})
    rules.suggest(connection)
    yield connection
    connection.close()


def column(connection: sql.Connection, asked: str) -> list[str]:
    return [str(value) for (value,) in connection.execute(asked).fetchall()]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_suggests_what_the_story_tells(rule: str, demo: sql.Connection) -> None:
    fired = rules.fired(demo, rules.load_all()[rule])
    holding = set(fired.filter(pl.col("until_on").is_null())["row_key"])
    scene = RULES[rule]
    if rule == "month_not_delivered":
        assert {"2026-05", "2026-06"} <= holding
    elif rule == "leader_absent_twice":
        # Once for both meetings, at the second of them.
        assert holding == {scene.rows[-1]}
    else:
        assert set(scene.rows) <= holding


def test_people_answered_only_what_a_rule_suggested(demo: sql.Connection) -> None:
    lost = column(
        demo,
        "select row_key from clean_judgements where not is_of_suggestion and rule <> 'reported'",
    )
    assert lost == []


def test_every_state_is_there_and_nobody_drowns_in_suggestions(demo: sql.Connection) -> None:
    states = column(demo, "select state from clean_deviation_turns where to_on is null")
    counts = {state: states.count(state) for state in set(states)}
    assert set(counts) == {"suggested", "confirmed", "reported", "rejected", "closed"}
    # Six coordinators, ten months, twelve rules.
    assert counts["suggested"] < 60
    assert len(states) < 200


def test_a_deviation_has_one_last_turn_and_its_number_once(demo: sql.Connection) -> None:
    numbers = column(demo, "select deviation_id from clean_deviations")
    last = column(demo, "select deviation_id from clean_deviation_turns where to_on is null")
    assert sorted(numbers) == sorted(set(numbers)) == sorted(last)
