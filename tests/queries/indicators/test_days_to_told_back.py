"""Days until told back: the middle time of what was told back within thirty days."""

import datetime as dt

from hypothesis import given, settings

from tests.queries.indicators.agreement import QUIET, assert_agree, assert_notices, changed
from tests.queries.random_loops import loops
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    World,
    day,
    delivered,
    numbers,
    one,
    world,
)

WORLDS = loops()

SEPTEMBER = day("2026-09-01")
DONE_ON = day("2026-09-10")
TOLD: Row = {"told_back_channel": "SMS", "what_changed": "Ny nettside"}


def told(*waits: int, **facts: object) -> list[Row]:
    """Actions that users were told of so many days after they were done."""
    return [
        {"action_id": f"{facts.get('municipality')}-{number}", "opened_on": day("2026-06-01")}
        | TOLD
        | {"done_on": DONE_ON, "told_back_on": DONE_ON + dt.timedelta(days=wait)}
        | facts
        for number, wait in enumerate(waits)
    ]


def days(*actions: Row, today: str = "2026-11-12") -> object:
    return one("days_to_told_back", world(SEPTEMBER, today=day(today), actions=actions))[0]


def test_the_middle_time_of_those_told_in_time() -> None:
    assert days(*told(0, 10, 30)) == 10
    assert days(*told(0, 10)) == 5
    assert days(*told(10, 31)) == 10
    assert days(*told(31)) is None
    assert days() is None
    # Told of it the first time, and done once more since.
    assert days(*told(-3)) == 0


def test_users_are_told_when_the_channel_and_the_change_are_there() -> None:
    assert days(*told(3, told_back_channel=None)) is None
    assert days(*told(3, what_changed=None)) is None


def test_an_action_reopened_before_the_time_was_out_was_not_done_after_all() -> None:
    assert days(*told(3, reopened_on=DONE_ON)) == 3
    assert days(*told(3, reopened_on=DONE_ON + dt.timedelta(days=1))) is None
    assert days(*told(3, reopened_on=DONE_ON + dt.timedelta(days=30))) is None
    assert days(*told(3, reopened_on=DONE_ON + dt.timedelta(days=31))) == 3


def test_an_action_counts_from_the_thirtieth_day_after_it_was_done() -> None:
    assert days(*told(3), today="2026-10-09") is None
    assert days(*told(3), today="2026-10-10") == 3


def test_all_together_are_every_action_of_those_that_delivered() -> None:
    actions = told(2, 4, municipality="3439") + told(20, municipality="3405")
    made = world(SEPTEMBER, municipalities=[RINGEBU, LILLEHAMMER], actions=actions)
    assert numbers("days_to_told_back", made)["cooperation", SEPTEMBER, None] == (4, None, None)
    made["coverage"] = [delivered("actions", "3439", SEPTEMBER)]
    assert numbers("days_to_told_back", made)["cooperation", SEPTEMBER, None] == (3, None, None)


@settings(QUIET, max_examples=20)
@given(WORLDS)
def test_there_is_a_time_wherever_somebody_was_told(made: World) -> None:
    times = numbers("days_to_told_back", made)
    for key, (count, _, _) in numbers("told_back", made).items():
        assert (times[key][0] is None) == (count == 0), key


def test_the_second_opinion_agrees() -> None:
    assert_agree("days_to_told_back", WORLDS)


def test_a_second_opinion_that_forgets_the_channel_is_noticed() -> None:
    assert_notices("days_to_told_back", WORLDS, changed("current_actions", told_back_channel="SMS"))


def test_a_second_opinion_that_forgets_reopening_is_noticed() -> None:
    assert_notices("days_to_told_back", WORLDS, changed("current_actions", reopened_on=None))
