"""Leaders meet users: of a municipality's activities with users, those where a leader was."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, numbers, one, world

WORLDS = some.worlds(activities=some.activities("dialogue_meeting", "course", "improvement_team"))

OCTOBER = day("2026-10-01")
MEETING: Row = {"activity_id": "1", "kind": "dialogue_meeting", "ends_on": day("2026-10-31")}


def test_users_relatives_and_those_who_speak_for_them_are_met() -> None:
    def met(**facts: object) -> object:
        return one("leaders_meet_users", world(activities=[MEETING | {"leaders": 1} | facts]))[:2]

    assert met(users=1) == met(relatives=1) == met(user_representatives=1) == (1, 1)
    # Nobody to meet.
    assert met() == met(users=0, staff=5) == (0, 0)
    # Nobody who meets them; a deputy is not the leader.
    assert met(users=1, leaders=0) == met(users=1, leaders=None, deputies=1) == (0, 1)
    assert met(users=1, initiative="FACT") == (0, 0)


def test_every_kind_of_activity_with_users_counts_in_its_month() -> None:
    made = world(
        activities=[
            MEETING | {"users": 4, "leaders": 2},
            MEETING | {"activity_id": "2", "kind": "course", "users": 8},
            MEETING | {"activity_id": "3", "users": 4, "ends_on": day("2026-11-01")},
            MEETING | {"activity_id": "4", "users": 4, "ends_on": day("2026-09-30")},
            MEETING | {"activity_id": "5", "users": 4, "ends_on": OCTOBER},
        ]
    )
    assert one("leaders_meet_users", made) == (1, 3, None)


def test_each_municipality_counts_its_own_users_and_leaders() -> None:
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        activities=[
            MEETING | {"users": 3},
            MEETING | {"municipality": "3405", "users": 2, "leaders": 1},
        ],
    )
    found = numbers("leaders_meet_users", made)
    assert found["3439", OCTOBER, None] == (0, 1, None)
    assert found["3405", OCTOBER, None] == (1, 1, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("leaders_meet_users", WORLDS)


def test_a_second_opinion_that_takes_deputies_for_leaders_is_noticed() -> None:
    assert_notices("leaders_meet_users", WORLDS, changed("current_activities", leaders=1))


def test_a_second_opinion_that_forgets_relatives_is_noticed() -> None:
    assert_notices("leaders_meet_users", WORLDS, changed("current_activities", relatives=None))
