"""Concrete goals: at least one that a leader decided, with something to measure and a due date."""

import pytest

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(goals=some.goals)

GOAL: Row = {
    "goal_id": "1",
    "theme": "dialogue_meetings",
    "measure": "Dialogmøter i året",
    "due_on": day("2026-12-31"),
    "decided_on": day("2026-10-31"),
    "decided_by_role": "kommunalsjef",
}


def has_goal(**facts: object) -> bool:
    """Whether a goal with these facts counts on the last day of October."""
    return one("concrete_goals", world(goals=[GOAL | facts]))[0] == 1


def test_a_goal_applies_from_the_day_it_was_decided_until_it_is_closed() -> None:
    assert has_goal()
    assert not has_goal(decided_on=day("2026-11-01"))
    assert has_goal(closed_on=day("2026-11-01"))
    assert not has_goal(closed_on=day("2026-10-31"))


@pytest.mark.parametrize("lacking", ["measure", "due_on", "decided_on", "decided_by_role", "theme"])
def test_a_goal_that_lacks_something_is_not_concrete(lacking: str) -> None:
    assert not has_goal(**{lacking: None})


def test_a_due_date_that_passed_does_not_close_the_goal_but_is_told() -> None:
    def past_due(*dues: str) -> int:
        goals = [GOAL | {"goal_id": due, "due_on": day(due)} for due in dues]
        made = world(goals=goals)
        assert one("concrete_goals", made) == (1, 1, None)
        return int(one("concrete_goals", made, "past_due")[0] or 0)

    assert past_due("2026-10-30") == 1
    assert past_due("2026-10-31") == 0
    assert past_due("2026-10-30", "2026-10-31") == 0


def test_several_goals_make_one_municipality_and_none_makes_a_row() -> None:
    assert one("concrete_goals", world(goals=[GOAL, GOAL | {"goal_id": "2"}])) == (1, 1, None)
    assert one("concrete_goals", world()) == (0, 1, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("concrete_goals", WORLDS)


def test_a_second_opinion_that_forgets_closing_is_noticed() -> None:
    assert_notices("concrete_goals", WORLDS, changed("current_goals", closed_on=None))


def test_a_second_opinion_that_takes_any_decision_is_noticed() -> None:
    assert_notices("concrete_goals", WORLDS, changed("current_goals", decided_by_role="leder"))
