"""Open actions: those that are open on the last day, by the dates alone, and how old they are."""

import datetime as dt

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import day, numbers, one, world

WORLDS = some.worlds(actions=some.actions)


def test_what_is_open_on_the_last_day_counts() -> None:
    made = world(
        actions=[
            # Counts: opened on the last day.
            {"action_id": "1", "opened_on": day("2026-10-31")},
            # Does not: opened the day after.
            {"action_id": "2", "opened_on": day("2026-11-01")},
            # Does not: done on the last day.
            {"action_id": "3", "opened_on": day("2026-09-01"), "done_on": day("2026-10-31")},
            # Counts: done the day after, whatever the status of today says.
            {
                "action_id": "4",
                "opened_on": day("2026-09-01"),
                "done_on": day("2026-11-01"),
                "status": "done",
            },
            # Does not: closed without action.
            {"action_id": "5", "opened_on": day("2026-09-01"), "closed_on": day("2026-10-15")},
            # Does not: another municipality's.
            {"action_id": "6", "opened_on": day("2026-09-01"), "municipality": "3405"},
            # Counts: users were told before it was done; telling does not close it.
            {"action_id": "7", "opened_on": day("2026-09-01"), "told_back_on": day("2026-10-01")},
        ]
    )
    assert one("open_actions", made) == (3, None, None)


def test_an_action_done_and_later_reopened_is_open_again_from_that_date() -> None:
    made = world(
        day("2026-06-01"),
        day("2026-10-01"),
        actions=[
            {
                "action_id": "1",
                "opened_on": day("2026-05-20"),
                "done_on": day("2026-07-10"),
                "reopened_on": day("2026-09-01"),
                "closed_on": day("2026-10-31"),
            }
        ],
    )
    found = numbers("open_actions", made)
    by_month = {key[1].month: number[0] for key, number in found.items() if key[2] is None}
    # Open, done, done, reopened, closed at last.
    assert by_month == {6: 1, 7: 0, 8: 0, 9: 1, 10: 0}


def test_reopened_on_the_day_it_was_done_it_was_done_again_that_day() -> None:
    made = world(
        actions=[
            {
                "action_id": "1",
                "opened_on": day("2026-09-01"),
                "done_on": day("2026-10-10"),
                "reopened_on": day("2026-10-10"),
            },
            # The day after, it is open again.
            {
                "action_id": "2",
                "opened_on": day("2026-09-01"),
                "done_on": day("2026-10-10"),
                "reopened_on": day("2026-10-11"),
            },
        ]
    )
    assert one("open_actions", made) == (1, None, None)


def test_ages_fall_in_their_bands_at_the_limits() -> None:
    end = day("2026-10-31")
    ages = (0, 30, 31, 90, 91, 180, 181, 400)
    made = world(
        actions=[{"action_id": str(age), "opened_on": end - dt.timedelta(days=age)} for age in ages]
    )
    bands = ("0_30", "31_90", "91_180", "over_180")
    assert [one("open_actions", made, band)[0] for band in bands] == [2, 2, 2, 2]


def test_a_reopened_action_is_as_old_as_it_is() -> None:
    made = world(
        actions=[
            {
                "action_id": "1",
                "opened_on": day("2026-01-01"),
                "done_on": day("2026-10-10"),
                "reopened_on": day("2026-10-20"),
            }
        ]
    )
    assert one("open_actions", made, "over_180") == (1, None, None)


def test_silence_is_a_row() -> None:
    assert one("open_actions", world()) == (0, None, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("open_actions", WORLDS)


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices("open_actions", WORLDS, changed("current_actions", reopened_on=None))


def test_a_second_opinion_that_forgets_closing_is_noticed() -> None:
    assert_notices("open_actions", WORLDS, changed("current_actions", closed_on=None))
