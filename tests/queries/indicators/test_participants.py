"""Participants: users and relatives who came, and how many different ones they were at least."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.indicators.test_activities_held import KINDS
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(activities=some.activities(*KINDS))

LAST_DAY: Row = {"ends_on": day("2026-10-31")}


def test_users_and_relatives_are_added_and_the_largest_attendance_is_who_they_are_at_least() -> (
    None
):
    made = world(
        activities=[
            # Eight of them.
            LAST_DAY | {"activity_id": "1", "kind": "dialogue_meeting", "users": 5, "relatives": 3},
            # Six more, who may be the same people.
            LAST_DAY | {"activity_id": "2", "kind": "dialogue_cafe", "users": 6},
            # One, and representatives and staff who are not counted.
            LAST_DAY
            | {
                "activity_id": "3",
                "kind": "user_panel",
                "relatives": 1,
                "user_representatives": 4,
                "staff": 7,
            },
            # A conference is held, but its audience is not counted as taking part.
            LAST_DAY | {"activity_id": "4", "kind": "dialogue_conference", "users": 80},
            # Neither are those who came to learn.
            LAST_DAY | {"activity_id": "5", "kind": "course", "users": 12},
            # FACT belongs to the cooperation.
            LAST_DAY | {"activity_id": "6", "kind": "workshop", "users": 9, "initiative": "FACT"},
            # Another month.
            {"activity_id": "7", "kind": "workshop", "users": 9, "ends_on": day("2026-11-01")},
        ]
    )
    assert one("participants", made) == (15, None, 8)
    assert one("participants", made, "dialogue_cafe") == (6, None, 6)
    assert one("participants", made, "user_panel") == (1, None, 1)


def test_nobody_came_is_not_the_same_as_nothing_held() -> None:
    meeting = LAST_DAY | {"activity_id": "1", "kind": "dialogue_meeting"}
    assert one("participants", world(activities=[meeting | {"users": 0}])) == (0, None, 0)
    # Counts that were not written are none.
    assert one("participants", world(activities=[meeting])) == (0, None, 0)
    # Where nothing was held everyone may know that nobody came: there are no persons to protect.
    assert one("participants", world()) == (0, None, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("participants", WORLDS)


def test_a_second_opinion_that_counts_fact_is_noticed() -> None:
    assert_notices("participants", WORLDS, changed("current_activities", initiative=None))


def test_a_second_opinion_that_forgets_relatives_is_noticed() -> None:
    assert_notices("participants", WORLDS, changed("current_activities", relatives=None))
