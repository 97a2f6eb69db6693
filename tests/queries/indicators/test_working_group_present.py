"""Working group present: each member at every meeting of the group, by its own or a deputy."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, numbers, one, world

WORLDS = some.worlds(activities=some.activities("working_group", "working_group", "leader_team"))

OCTOBER = day("2026-10-01")
MEETING: Row = {"activity_id": "1", "kind": "working_group", "ends_on": day("2026-10-31")}


def test_a_deputy_is_present_and_has_a_line_too() -> None:
    def present(**facts: int) -> tuple[object, object]:
        made = world(activities=[MEETING | facts])
        return (
            one("working_group_present", made)[:2],
            one("working_group_present", made, "deputy")[:2],
        )

    assert present(leaders=1) == ((1, 1), (0, 1))
    assert present(leaders=1, deputies=1) == ((1, 1), (0, 1))
    assert present(deputies=1) == ((1, 1), (1, 1))
    assert present(leaders=0, deputies=0) == ((0, 1), (0, 1))


def test_a_member_without_a_row_for_the_meeting_was_not_there() -> None:
    made = world(municipalities=[RINGEBU, LILLEHAMMER], activities=[MEETING | {"leaders": 1}])
    found = numbers("working_group_present", made)
    assert found["3439", OCTOBER, None] == (1, 1, None)
    assert found["3405", OCTOBER, None] == (0, 1, None)


def test_of_two_meetings_the_municipality_is_to_be_at_both() -> None:
    second = MEETING | {"activity_id": "2", "ends_on": day("2026-10-01")}
    one_only = world(activities=[MEETING | {"leaders": 1}, second])
    assert one("working_group_present", one_only) == (0, 1, None)
    both = world(activities=[MEETING | {"leaders": 1}, second | {"deputies": 1}])
    assert one("working_group_present", both) == (1, 1, None)
    assert one("working_group_present", both, "deputy") == (1, 1, None)


def test_where_the_group_did_not_meet_there_is_nothing_to_measure() -> None:
    made = world(
        activities=[
            MEETING | {"kind": "leader_team", "leaders": 1},
            MEETING | {"activity_id": "2", "leaders": 1, "initiative": "FACT"},
            MEETING | {"activity_id": "3", "leaders": 1, "ends_on": day("2026-09-30")},
            MEETING | {"activity_id": "4", "leaders": 1, "ends_on": day("2026-11-01")},
        ]
    )
    assert one("working_group_present", made) == (0, 0, None)
    assert one("working_group_present", made, "deputy") == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("working_group_present", WORLDS)


def test_a_second_opinion_that_forgets_deputies_is_noticed() -> None:
    assert_notices("working_group_present", WORLDS, changed("current_activities", deputies=None))


def test_a_second_opinion_that_counts_the_fact_teams_groups_is_noticed() -> None:
    assert_notices("working_group_present", WORLDS, changed("current_activities", initiative=None))
