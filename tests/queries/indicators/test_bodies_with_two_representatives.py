"""Bodies with two representatives: two filled seats in each body at work, and at least one."""

from tests.queries import random_bodies
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import Row, day, one, world

WORLDS = some.worlds(seats=random_bodies.seats)

SEAT: Row = {"seat_from": day("2026-01-01"), "body_kind": "user_panel"}
FILLED: Row = SEAT | {"filled_from": day("2026-02-01")}


def of(*seats: Row) -> tuple[object, object, object]:
    """With two, with at least one, of how many."""
    made = world(seats=[{"seat_id": f"{number}"} | seat for number, seat in enumerate(seats)])
    two, least = (
        one("bodies_with_two_representatives", made, part) for part in (None, "at_least_one")
    )
    assert two[1] == least[1]
    return two[0], least[0], two[1]


def test_two_filled_seats_are_two_representatives() -> None:
    a, b, c = {"body_id": "A"}, {"body_id": "B"}, {"body_id": "C"}
    assert of(FILLED | a, FILLED | a, FILLED | a) == (1, 1, 1)
    assert of(FILLED | a, FILLED | a, FILLED | b, SEAT | b, SEAT | c) == (1, 2, 3)
    # One seat that two have held after each other is one.
    first = FILLED | a | {"seat_id": "1", "filled_to": day("2026-10-31")}
    second = FILLED | a | {"seat_id": "1", "filled_from": day("2026-10-31")}
    assert of(first, second) == (0, 1, 1)


def test_a_seat_is_filled_through_its_last_day() -> None:
    body = {"body_id": "A"}
    assert of(FILLED | body | {"filled_to": day("2026-10-31")}) == (0, 1, 1)
    assert of(FILLED | body | {"filled_to": day("2026-10-30")}) == (0, 0, 1)
    assert of(FILLED | body | {"filled_from": day("2026-10-31")}) == (0, 1, 1)
    assert of(FILLED | body | {"filled_from": day("2026-11-01")}) == (0, 0, 1)
    # The seat is gone, and its body is not.
    assert of(FILLED | body | {"seat_to": day("2026-10-30")}) == (0, 0, 1)


def test_a_body_counts_from_its_first_day_through_its_last() -> None:
    body = {"body_id": "A"}
    assert of(FILLED | body | {"body_to": day("2026-10-31")}) == (0, 1, 1)
    assert of(FILLED | body | {"body_to": day("2026-10-30")}) == (0, 0, 0)
    assert of(SEAT | body | {"body_from": day("2026-10-31")}) == (0, 0, 1)
    assert of(SEAT | body | {"body_from": day("2026-11-01")}) == (0, 0, 0)
    # Without a day it is known of since its first seat.
    assert of(SEAT | body | {"seat_from": day("2026-10-31")}) == (0, 0, 1)
    assert of(SEAT | body | {"seat_from": day("2026-11-01")}) == (0, 0, 0)


def test_a_body_is_over_when_each_of_its_seats_says_so() -> None:
    body, over = {"body_id": "A"}, {"body_to": day("2026-09-30")}
    assert of(FILLED | body | over, FILLED | body) == (0, 1, 1)
    assert of(FILLED | body | over, FILLED | body | over) == (0, 0, 0)
    # A row that was written before it was over does not keep it going.
    old = FILLED | body | {"seat_id": "1", "filled_to": day("2026-05-01")}
    assert of(old, SEAT | body | over | {"seat_id": "1"}) == (0, 0, 0)


def test_two_bodies_of_one_municipality_are_told_apart_by_their_kind_too() -> None:
    body = {"body_id": "1"}
    assert of(FILLED | body, FILLED | body | {"body_kind": "steering_group"}) == (0, 2, 2)


def test_a_municipality_without_bodies_has_a_row() -> None:
    assert of() == (0, 0, 0)


def test_the_second_opinion_agrees() -> None:
    assert_agree("bodies_with_two_representatives", WORLDS)


def test_a_second_opinion_that_forgets_who_left_is_noticed() -> None:
    misread = changed("current_seats", filled_to=None)
    assert_notices("bodies_with_two_representatives", WORLDS, misread)


def test_a_second_opinion_that_forgets_bodies_that_are_over_is_noticed() -> None:
    misread = changed("current_seats", body_to=None)
    assert_notices("bodies_with_two_representatives", WORLDS, misread)
