"""Users with from start to end: at all three points of the actions that were done."""

from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import Row, day, one, world

WORLDS = loops()

SEPTEMBER = day("2026-09-01")
DONE: Row = {"opened_on": day("2026-06-01"), "done_on": day("2026-09-10")}
WITH: Row = {"users_at_start": True, "users_midway": True, "users_at_end": True}


def test_only_users_at_all_three_points_count() -> None:
    made = world(
        SEPTEMBER,
        actions=[
            DONE | WITH | {"action_id": "1"},
            DONE | WITH | {"action_id": "2", "users_at_start": False},
            DONE | WITH | {"action_id": "3", "users_midway": False},
            # Not stated is no yes.
            DONE | WITH | {"action_id": "4", "users_at_end": None},
            # At none of the three.
            DONE | dict.fromkeys(WITH, False) | {"action_id": "5"},
            DONE | {"action_id": "6"},
            # Not done, done in another month, closed without action.
            WITH | {"action_id": "7", "opened_on": day("2026-06-01")},
            DONE | WITH | {"action_id": "8", "done_on": day("2026-10-01")},
            WITH
            | {"action_id": "9", "opened_on": day("2026-06-01"), "closed_on": day("2026-09-10")},
        ],
    )
    assert one("users_involved_throughout", made) == (1, 6, None)
    assert one("users_involved_throughout", made, "at_none") == (2, 6, None)


def test_an_action_reopened_before_the_month_was_over_was_not_done_after_all() -> None:
    def done(reopened_on: str) -> object:
        row = DONE | WITH | {"action_id": "1", "reopened_on": day(reopened_on)}
        return one("users_involved_throughout", world(SEPTEMBER, actions=[row]))[1]

    assert done("2026-09-10") == 1  # reopened first, done at last
    assert done("2026-09-11") == 0
    assert done("2026-09-30") == 0
    assert done("2026-10-01") == 1  # it was done when the month ended


def test_the_second_opinion_agrees() -> None:
    assert_agree("users_involved_throughout", WORLDS)


def test_a_second_opinion_that_forgets_the_middle_is_noticed() -> None:
    assert_notices(
        "users_involved_throughout", WORLDS, changed("current_actions", users_midway=True)
    )


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices(
        "users_involved_throughout", WORLDS, changed("current_actions", reopened_on=None)
    )
