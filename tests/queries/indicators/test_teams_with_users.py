"""Teams with users: improvement teams at work that have somebody in a user's seat."""

from tests.queries import random_bodies
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import LILLEHAMMER, RINGEBU, Row, day, numbers, one, world

WORLDS = some.worlds(seats=random_bodies.seats)

SEAT: Row = {"seat_from": day("2026-01-01"), "body_kind": "improvement_team"}
FILLED: Row = SEAT | {"filled_from": day("2026-02-01")}


def test_a_team_with_one_filled_seat_has_users() -> None:
    made = world(
        seats=[
            FILLED | {"seat_id": "1", "body_id": "A"},
            SEAT | {"seat_id": "2", "body_id": "A"},
            # Left the day before, through the last day, and never filled.
            FILLED | {"seat_id": "3", "body_id": "B", "filled_to": day("2026-10-30")},
            FILLED | {"seat_id": "4", "body_id": "C", "filled_to": day("2026-10-31")},
            SEAT | {"seat_id": "5", "body_id": "D"},
            # Over since yesterday, and not begun.
            FILLED | {"seat_id": "6", "body_id": "E", "body_to": day("2026-10-30")},
            SEAT | {"seat_id": "7", "body_id": "F", "body_from": day("2026-11-01")},
            # No team.
            FILLED | {"seat_id": "8", "body_id": "G", "body_kind": "user_panel"},
        ]
    )
    assert one("teams_with_users", made) == (2, 4, None)


def test_two_municipalities_may_call_a_team_the_same() -> None:
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        seats=[
            FILLED | {"seat_id": "1", "body_id": "A"},
            SEAT | {"seat_id": "1", "body_id": "A", "municipality": "3405"},
        ],
    )
    found = numbers("teams_with_users", made)
    assert found["3439", day("2026-10-01"), None] == (1, 1, None)
    assert found["3405", day("2026-10-01"), None] == (0, 1, None)


def test_a_municipality_without_teams_has_a_row() -> None:
    assert one("teams_with_users", world()) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("teams_with_users", WORLDS)


def test_a_second_opinion_that_counts_every_body_is_noticed() -> None:
    misread = changed("current_seats", body_kind="improvement_team")
    assert_notices("teams_with_users", WORLDS, misread)


def test_a_second_opinion_that_forgets_who_left_is_noticed() -> None:
    assert_notices("teams_with_users", WORLDS, changed("current_seats", filled_to=None))
