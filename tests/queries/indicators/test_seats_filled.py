"""Seats filled: those held on the last day, how long others were vacant, and who came how."""

from tests.queries import random_bodies
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import assert_agree, assert_notices, changed
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    day,
    delivered,
    numbers,
    one,
    world,
)

WORLDS = some.worlds(seats=random_bodies.seats)

OCTOBER = day("2026-10-01")
SEAT: Row = {"seat_from": day("2026-01-01"), "body_id": "B", "body_kind": "improvement_team"}
FILLED: Row = SEAT | {"filled_from": day("2026-02-01"), "recruited_via": "open_call"}


def test_a_seat_is_filled_through_the_last_day_somebody_held_it() -> None:
    made = world(
        seats=[
            # Held.
            FILLED | {"seat_id": "1"},
            # Taken over on the last day.
            FILLED | {"seat_id": "2", "filled_from": day("2026-10-31")},
            # Held through the last day.
            FILLED | {"seat_id": "3", "filled_to": day("2026-10-31")},
            # Vacant: left the day before, taken over the day after, never filled.
            FILLED | {"seat_id": "4", "filled_to": day("2026-10-30")},
            FILLED | {"seat_id": "5", "filled_from": day("2026-11-01")},
            SEAT | {"seat_id": "6"},
        ]
    )
    assert one("seats_filled", made) == (3, 6, None)
    # Vacant since the last day, since the first of January, and since it was made that day.
    assert one("seats_filled", made, "days_vacant") == (303, None, None)


def test_a_seat_with_several_holders_is_one_seat() -> None:
    made = world(
        seats=[
            FILLED | {"seat_id": "1", "filled_to": day("2026-05-01")},
            FILLED | {"seat_id": "1", "filled_from": day("2026-06-01")},
            # Left on the 20th; the row that says it is vacant is not another seat.
            FILLED | {"seat_id": "2", "filled_to": day("2026-10-20")},
            SEAT | {"seat_id": "2"},
        ]
    )
    assert one("seats_filled", made) == (1, 2, None)
    assert one("seats_filled", made, "days_vacant") == (10, None, None)


def test_a_seat_exists_while_it_and_its_body_do() -> None:
    made = world(
        seats=[
            # Made on the last day, and both in their last day.
            SEAT | {"seat_id": "1", "seat_from": day("2026-10-31")},
            SEAT | {"seat_id": "2", "seat_to": day("2026-10-31"), "body_to": day("2026-10-31")},
            # Not yet, or no longer.
            FILLED | {"seat_id": "3", "seat_from": day("2026-11-01")},
            FILLED | {"seat_id": "4", "seat_to": day("2026-10-30")},
            FILLED | {"seat_id": "5", "body_to": day("2026-10-30")},
            FILLED | {"seat_id": "6", "body_from": day("2026-11-01")},
        ]
    )
    assert one("seats_filled", made) == (0, 2, None)


def test_how_seats_were_filled_is_told_for_all_together_only() -> None:
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        seats=[
            FILLED | {"seat_id": "1", "recruited_via": "known_to_service"},
            FILLED | {"seat_id": "2", "recruited_via": "panel"},
            FILLED | {"seat_id": "3", "recruited_via": "panel", "municipality": "3405"},
            # Nobody wrote how.
            FILLED | {"seat_id": "4", "recruited_via": None},
            # Gone.
            FILLED | {"seat_id": "5", "recruited_via": "other", "filled_to": day("2026-10-01")},
        ],
    )
    found = numbers("seats_filled", made)
    assert found["cooperation", OCTOBER, None] == (4, 5, None)
    assert found["cooperation", OCTOBER, "panel"] == (2, 4, None)
    assert found["cooperation", OCTOBER, "known_to_service"] == (1, 4, None)
    assert found["cooperation", OCTOBER, "other"] == (0, 4, None)
    channels = {"organisation", "open_call", "known_to_service", "panel", "other"}
    assert not channels & {part for who, _, part in found if who == "3439"}


def test_a_filled_seat_says_how_many_municipalities_it_speaks_for() -> None:
    made = world(
        seats=[
            FILLED | {"seat_id": "1", "covers_municipalities": 1},
            FILLED | {"seat_id": "2", "covers_municipalities": 2},
            FILLED | {"seat_id": "3", "covers_municipalities": 3},
            FILLED | {"seat_id": "4", "covers_municipalities": 6},
            FILLED | {"seat_id": "5"},
            # Whoever left spoke for six, and whoever took over speaks for one.
            FILLED | {"seat_id": "6", "covers_municipalities": 6, "filled_to": day("2026-10-30")},
            FILLED | {"seat_id": "6", "covers_municipalities": 1, "filled_from": day("2026-10-31")},
            # Vacant.
            SEAT | {"seat_id": "7"},
        ]
    )
    parts = ("covers_1", "covers_2", "covers_3_or_more", "covers_unknown")
    assert [one("seats_filled", made, part)[:2] for part in parts] == [
        (2, 6),
        (1, 6),
        (2, 6),
        (1, 6),
    ]


def test_who_did_not_deliver_is_not_among_all() -> None:
    made = world(
        municipalities=[RINGEBU, LILLEHAMMER],
        seats=[FILLED | {"seat_id": "1"}, SEAT | {"seat_id": "2", "municipality": "3405"}],
        coverage=[delivered("seats", "3439", OCTOBER)],
    )
    found = numbers("seats_filled", made)
    assert found["3405", OCTOBER, None] == (0, 1, None)
    assert found["cooperation", OCTOBER, None] == (1, 1, None)
    assert found["cooperation", OCTOBER, "days_vacant"] == (None, None, None)


def test_a_municipality_without_seats_has_a_row() -> None:
    assert one("seats_filled", world()) == (0, 0, None)


def test_the_second_opinion_agrees() -> None:
    assert_agree("seats_filled", WORLDS)


def test_a_second_opinion_that_forgets_who_left_is_noticed() -> None:
    assert_notices("seats_filled", WORLDS, changed("current_seats", filled_to=None))


def test_a_second_opinion_that_forgets_bodies_is_noticed() -> None:
    assert_notices("seats_filled", WORLDS, changed("current_seats", body_from=None, body_to=None))


def test_a_second_opinion_that_takes_every_seat_for_the_own_municipalitys_is_noticed() -> None:
    misread = changed("current_seats", covers_municipalities=1)
    assert_notices("seats_filled", WORLDS, misread)
