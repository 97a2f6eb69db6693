"""Overdue: open on the last day, and due before it; what has no due date stands on its own line."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import day, one, world

WORLDS = some.worlds(actions=some.actions)


def test_only_what_was_due_before_the_last_day_is_overdue() -> None:
    opened = {"opened_on": day("2026-08-01")}
    made = world(
        actions=[
            # Overdue: due the day before the last.
            opened | {"action_id": "1", "due_on": day("2026-10-30")},
            # Not: due on the last day, which it still has.
            opened | {"action_id": "2", "due_on": day("2026-10-31")},
            # Not: due the day after.
            opened | {"action_id": "3", "due_on": day("2026-11-01")},
            # Neither above nor below the line: no due date.
            opened | {"action_id": "4"},
            # Not counted at all: done too late, but done.
            opened | {"action_id": "5", "due_on": day("2026-10-01"), "done_on": day("2026-10-20")},
            # Overdue: done only after the month.
            opened | {"action_id": "6", "due_on": day("2026-10-01"), "done_on": day("2026-11-02")},
        ]
    )
    assert one("overdue_actions", made) == (2, 4, None)
    assert one("overdue_actions", made, "without_due_on") == (1, 5, None)


def test_a_reopened_action_is_overdue_again() -> None:
    made = world(
        actions=[
            {
                "action_id": "1",
                "opened_on": day("2026-08-01"),
                "due_on": day("2026-09-01"),
                "done_on": day("2026-08-20"),
                "reopened_on": day("2026-10-31"),
            }
        ]
    )
    assert one("overdue_actions", made) == (1, 1, None)


def test_silence_is_a_row_with_zero_below_the_line() -> None:
    assert one("overdue_actions", world()) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("overdue_actions", WORLDS)


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices("overdue_actions", WORLDS, changed("current_actions", reopened_on=None))


def test_a_second_opinion_that_forgets_due_dates_is_noticed() -> None:
    assert_notices("overdue_actions", WORLDS, changed("current_actions", due_on=None))
