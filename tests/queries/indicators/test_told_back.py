"""Told back: users heard what changed, and how they did, within thirty days of its being done."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(actions=some.actions)

DONE: Row = {"opened_on": day("2026-06-01"), "done_on": day("2026-09-10")}
TOLD: Row = {"told_back_channel": "SMS", "what_changed": "Ny nettside"}
SEPTEMBER = day("2026-09-01")


def test_told_within_thirty_days_with_channel_and_change_counts() -> None:
    made = world(
        SEPTEMBER,
        actions=[
            # Told on the day it was done.
            DONE | TOLD | {"action_id": "1", "told_back_on": day("2026-09-10")},
            # Told on day 30.
            DONE | TOLD | {"action_id": "2", "told_back_on": day("2026-10-10")},
            # Told on day 31: too late.
            DONE | TOLD | {"action_id": "3", "told_back_on": day("2026-10-11")},
            # Never told.
            DONE | {"action_id": "4"},
            # Told, but not how.
            DONE | {"action_id": "5", "told_back_on": day("2026-09-20"), "what_changed": "Alt"},
            # Told, but not what changed.
            DONE
            | {"action_id": "6", "told_back_on": day("2026-09-20"), "told_back_channel": "SMS"},
            # Its own due date, long gone, has nothing to do with it.
            DONE
            | TOLD
            | {"action_id": "7", "told_back_on": day("2026-09-30"), "due_on": day("2026-07-01")},
            # Closed without action: nothing was done.
            {"action_id": "8", "opened_on": day("2026-06-01"), "closed_on": day("2026-09-10")},
            # Done in another month.
            DONE | TOLD | {"action_id": "9", "done_on": day("2026-08-31")},
        ],
    )
    assert one("told_back", made) == (3, 7, None)


def test_an_action_counts_from_the_thirtieth_day_after_it_was_done() -> None:
    def on(today: str) -> tuple[object, ...]:
        return one(
            "told_back", world(SEPTEMBER, today=day(today), actions=[DONE | {"action_id": "1"}])
        )

    assert on("2026-10-09") == (0, 0, None)  # day 29: there is still time to tell
    assert on("2026-10-10") == (0, 1, None)  # day 30
    assert on("2026-10-11") == (0, 1, None)


def test_an_action_reopened_before_the_time_was_out_was_not_done_after_all() -> None:
    made = world(
        SEPTEMBER,
        actions=[
            # Not done after all.
            DONE | {"action_id": "1", "reopened_on": day("2026-09-11")},
            DONE | {"action_id": "2", "reopened_on": day("2026-10-10")},
            # Done, and much later reopened: users should have been told.
            DONE | {"action_id": "3", "reopened_on": day("2026-10-11")},
            # Reopened first, done at last.
            DONE | {"action_id": "4", "reopened_on": day("2026-09-10")},
            DONE | {"action_id": "5", "reopened_on": day("2026-08-01")},
        ],
    )
    assert one("told_back", made) == (0, 3, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("told_back", WORLDS)


def test_a_second_opinion_that_forgets_the_channel_is_noticed() -> None:
    assert_notices("told_back", WORLDS, changed("current_actions", told_back_channel="SMS"))


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices("told_back", WORLDS, changed("current_actions", reopened_on=None))
