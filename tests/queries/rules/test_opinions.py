"""Each rule agrees with its second opinion over random worlds, which notice a misreading."""

from __future__ import annotations

import pytest

from queries import rules
from tests.queries.rules.agreement import fired, made, opinion
from tests.queries.rules.opinions import OPINIONS, Fired
from tests.queries.worlds import Row, World

SEEDS = range(14)

Worlds = list[tuple[World, dict[str, Fired]]]


@pytest.fixture(scope="module")
def lived() -> Worlds:
    """Random worlds, with what every rule's SQL gives over each."""
    worlds = [made(seed) for seed in SEEDS]
    return [(world, {rule: fired(rule, world) for rule in OPINIONS}) for world in worlds]


def test_every_rule_has_an_opinion() -> None:
    assert set(OPINIONS) == set(rules.load_all())


@pytest.mark.parametrize("rule", OPINIONS)
def test_the_second_opinion_agrees(rule: str, lived: Worlds) -> None:
    for seed, (world, told) in zip(SEEDS, lived, strict=True):
        second = opinion(rule, world)
        assert told[rule] == second, (seed, set(told[rule].items()) ^ set(second.items()))
    assert sum(len(told[rule]) for _, told in lived) > 2, "worlds in which it fires"


def other(table: str, **values: object) -> tuple[str, dict[str, object]]:
    return table, values


MISREAD = {
    "course_without_same_day_wave": other("current_activities", initiative=None),
    "course_without_half_year_wave": other("current_survey_waves", activity_id=None),
    "no_report": other("current_activities", report_on=None),
    "report_without_recommendation": other("current_activities", recommendations=None),
    "recommendation_unanswered": other("current_feedback", leader_answered_on=None),
    "not_told_back": other("current_actions", reopened_on=None),
    "action_without_users": other("current_actions", users_midway=False),
    "team_without_user": other("current_seats", seat_to=None),
    "seat_vacant": other("current_seats", filled_to=None),
    "leader_absent_twice": other("current_activities", leaders=0),
    "service_without_fresh_feedback": other("current_survey_waves", respondent="user"),
    "month_not_delivered": other("acts_locks", is_history=False),
}


@pytest.mark.parametrize("rule", OPINIONS)
def test_a_second_opinion_that_misreads_a_column_is_noticed(rule: str, lived: Worlds) -> None:
    table, values = MISREAD[rule]

    def misread(rows: list[Row]) -> list[Row]:
        return [row | values for row in rows]

    assert any(
        opinion(rule, World(world | {table: misread(world[table])})) != told[rule]
        for world, told in lived
    )


# What is seen in a row that came, nobody needs another file for.
NEED_NO_FILE = {"report_without_recommendation", "action_without_users"}


@pytest.mark.parametrize("rule", sorted(OPINIONS.keys() - NEED_NO_FILE))
def test_a_second_opinion_that_takes_what_is_missing_for_nothing_is_noticed(
    rule: str, lived: Worlds
) -> None:
    def everything(world: World) -> World:
        rows = world["coverage"]
        first = {row["kind"]: row for row in rows}
        whole = [
            first[kind] | {"municipality": who, "month": month}
            for kind in first
            for who in {row["municipality"] for row in rows}
            for month in {row["month"] for row in rows}
        ]
        return World(world | {"coverage": whole})

    assert any(opinion(rule, everything(world)) != told[rule] for world, told in lived)
