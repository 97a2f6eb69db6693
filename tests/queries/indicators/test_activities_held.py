"""Activities held: those in which users have a say, by the month in which they ended."""

from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, numbers, one, world

KINDS = (
    "dialogue_meeting",
    "dialogue_cafe",
    "dialogue_conference",
    "peer_evaluation",
    "user_panel",
    "workshop",
    "course",
    "leader_team",
)
WORLDS = some.worlds(activities=some.activities(*KINDS))

LAST_DAY: Row = {"ends_on": day("2026-10-31")}


def test_kinds_with_users_count_and_others_do_not() -> None:
    made = world(
        activities=[
            LAST_DAY | {"activity_id": "1", "kind": "dialogue_meeting"},
            LAST_DAY | {"activity_id": "2", "kind": "dialogue_cafe"},
            LAST_DAY | {"activity_id": "3", "kind": "dialogue_conference"},
            LAST_DAY | {"activity_id": "4", "kind": "peer_evaluation"},
            LAST_DAY | {"activity_id": "5", "kind": "user_panel"},
            # None of these: teaching, guidance, and meetings of those who work there.
            LAST_DAY | {"activity_id": "6", "kind": "course", "users": 9},
            LAST_DAY | {"activity_id": "7", "kind": "guidance", "users": 9},
            LAST_DAY | {"activity_id": "8", "kind": "leader_team"},
            LAST_DAY | {"activity_id": "9", "kind": "improvement_team", "users": 2},
            LAST_DAY | {"activity_id": "10", "kind": "gathering", "users": 2},
            # FACT belongs to the cooperation.
            LAST_DAY | {"activity_id": "11", "kind": "dialogue_meeting", "initiative": "FACT"},
            # Another initiative is the municipality's own.
            LAST_DAY | {"activity_id": "12", "kind": "dialogue_meeting", "initiative": "KB"},
        ]
    )
    assert one("activities_held", made) == (6, None, None)
    assert one("activities_held", made, "dialogue_meeting") == (2, None, None)
    assert one("activities_held", made, "user_panel") == (1, None, None)


def test_a_workshop_counts_when_at_least_one_came_for_the_users() -> None:
    workshop = LAST_DAY | {"kind": "workshop", "staff": 12}
    made = world(
        activities=[
            # Staff alone.
            workshop | {"activity_id": "1"},
            workshop | {"activity_id": "2", "users": 0, "relatives": 0, "user_representatives": 0},
            # With one of them each.
            workshop | {"activity_id": "3", "users": 1},
            workshop | {"activity_id": "4", "relatives": 1},
            workshop | {"activity_id": "5", "user_representatives": 1},
        ]
    )
    assert one("activities_held", made, "workshop") == (3, None, None)


def test_an_activity_belongs_to_the_month_in_which_it_ended() -> None:
    meeting = {"kind": "dialogue_meeting"}
    made = world(
        activities=[
            # Began in September, ended on the first of October.
            meeting
            | {"activity_id": "1", "starts_on": day("2026-09-30"), "ends_on": day("2026-10-01")},
            meeting | {"activity_id": "2", "ends_on": day("2026-10-31")},
            # Ended before and after.
            meeting | {"activity_id": "3", "ends_on": day("2026-09-30")},
            meeting
            | {"activity_id": "4", "starts_on": day("2026-10-31"), "ends_on": day("2026-11-01")},
        ]
    )
    assert one("activities_held", made) == (2, None, None)


def test_what_several_held_together_counts_in_each() -> None:
    shared = LAST_DAY | {"activity_id": "1", "kind": "dialogue_conference"}
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        activities=[shared, shared | {"municipality": "3405"}],
    )
    found = numbers("activities_held", made)
    assert [found[who, day("2026-10-01"), None][0] for who in ("3405", "3439")] == [1, 1]


def test_silence_is_a_row() -> None:
    assert one("activities_held", world()) == (0, None, None)
    assert one("activities_held", world(), "workshop") == (0, None, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("activities_held", WORLDS)


def test_a_second_opinion_that_counts_fact_is_noticed() -> None:
    assert_notices("activities_held", WORLDS, changed("current_activities", initiative=None))


def test_a_second_opinion_that_lets_staff_workshops_in_is_noticed() -> None:
    assert_notices("activities_held", WORLDS, changed("current_activities", users=1))
