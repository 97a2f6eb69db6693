"""Leaders present: each member's own leader at every meeting of the leaders' team in the month."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, numbers, one, world

WORLDS = some.worlds(activities=some.activities("leader_team", "leader_team", "working_group"))

OCTOBER = day("2026-10-01")
MEETING: Row = {"activity_id": "1", "kind": "leader_team", "ends_on": day("2026-10-31")}


def test_an_own_leader_counts_and_a_deputy_stands_apart() -> None:
    def present(**facts: int) -> tuple[object, object]:
        made = world(activities=[MEETING | facts])
        return one("leaders_present", made)[:2], one("leaders_present", made, "deputy")[:2]

    assert present(leaders=1) == ((1, 1), (0, 1))
    assert present(leaders=2, deputies=1) == ((1, 1), (0, 1))
    assert present(deputies=1) == ((0, 1), (1, 1))
    assert present(leaders=0, deputies=0) == ((0, 1), (0, 1))


def test_a_member_without_a_row_for_the_meeting_was_not_there() -> None:
    made = world(municipalities=[RINGEBU, LILLEHAMMER], activities=[MEETING | {"leaders": 1}])
    found = numbers("leaders_present", made)
    assert found["3439", OCTOBER, None] == (1, 1, None)
    assert found["3405", OCTOBER, None] == (0, 1, None)


def test_of_two_meetings_the_leader_is_to_be_at_both() -> None:
    second = MEETING | {"activity_id": "2", "ends_on": day("2026-10-01")}
    made = world(activities=[MEETING | {"leaders": 1}, second | {"deputies": 1}])
    assert one("leaders_present", made) == (0, 1, None)
    assert one("leaders_present", made, "deputy") == (1, 1, None)
    both = world(activities=[MEETING | {"leaders": 1}, second | {"leaders": 1}])
    assert one("leaders_present", both) == (1, 1, None)


def test_other_bodies_and_other_months_are_not_meant() -> None:
    made = world(
        activities=[
            MEETING | {"kind": "working_group", "leaders": 1},
            MEETING | {"activity_id": "2", "leaders": 1, "ends_on": day("2026-11-01")},
        ]
    )
    assert one("leaders_present", made) == (0, 0, None)


def test_who_is_no_member_yet_is_not_expected() -> None:
    joined = LILLEHAMMER | {"joined_on": day("2026-10-15"), "joined_precision": "day"}
    made = world(municipalities=[RINGEBU, joined], activities=[MEETING | {"leaders": 1}])
    assert {who for who, _, _ in numbers("leaders_present", made)} == {"3439"}


def test_the_second_opinion_agrees() -> None:
    assert_agree("leaders_present", WORLDS)


def test_a_second_opinion_that_takes_deputies_for_leaders_is_noticed() -> None:
    assert_notices("leaders_present", WORLDS, changed("current_activities", leaders=1))


def test_a_second_opinion_that_forgets_deputies_is_noticed() -> None:
    assert_notices("leaders_present", WORLDS, changed("current_activities", deputies=None))
