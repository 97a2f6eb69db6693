"""Stale actions: open at the end of the month, and not touched for forty-five days."""

import datetime as dt

from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import Row, World, day, one, world

WORLDS = loops()

LAST = day("2026-10-31")
OLD: Row = {"opened_on": day("2026-03-01")}


def before(days: int) -> dt.date:
    return LAST - dt.timedelta(days=days)


def stale(**facts: object) -> object:
    """Of the one action, how many are stale, and how many are open."""
    numerator, denominator, _ = one(
        "stale_actions", world(actions=[OLD | {"action_id": "1"} | facts])
    )
    return numerator, denominator


def test_an_action_is_stale_on_the_forty_fifth_day_without_a_change() -> None:
    assert stale(changed_on=before(44)) == (0, 1)
    assert stale(changed_on=before(45)) == (1, 1)
    assert stale(changed_on=before(46)) == (1, 1)


def test_without_a_change_it_counts_from_the_day_it_was_opened() -> None:
    assert stale(opened_on=before(44)) == (0, 1)
    assert stale(opened_on=before(45)) == (1, 1)


def test_being_reopened_is_a_change() -> None:
    done = {"changed_on": before(90), "done_on": before(90)}
    assert stale(**done) == (0, 0)
    assert stale(**done, reopened_on=before(45)) == (1, 1)
    assert stale(**done, reopened_on=before(44)) == (0, 1)
    assert stale(**done, reopened_on=LAST + dt.timedelta(days=1)) == (0, 0)


def test_an_action_that_changed_after_the_month_is_not_called_stale() -> None:
    assert stale(changed_on=LAST + dt.timedelta(days=5)) == (0, 1)


def test_only_open_actions_are_asked() -> None:
    assert stale(done_on=LAST) == (0, 0)
    assert stale(done_on=LAST + dt.timedelta(days=1)) == (1, 1)
    assert stale(closed_on=LAST) == (0, 0)
    assert stale(opened_on=LAST + dt.timedelta(days=1)) == (0, 0)


def test_the_second_opinion_agrees() -> None:
    assert_agree("stale_actions", WORLDS)


def test_a_second_opinion_that_counts_from_the_opening_alone_is_noticed() -> None:
    assert_notices("stale_actions", WORLDS, changed("current_actions", changed_on=None))


def test_a_second_opinion_that_waits_a_day_more_is_noticed() -> None:
    def a_day_younger(made: World) -> World:
        rows = [
            row | {"changed_on": row["changed_on"] and row["changed_on"] + dt.timedelta(days=1)}
            for row in made["current_actions"]
        ]
        return World(made | {"current_actions": rows})

    assert_notices("stale_actions", WORLDS, a_day_younger)
