"""A seat is vacant from the day after it was last held, and as long as it exists."""

import datetime as dt
from typing import Any

OCTOBER = dt.date(2026, 10, 1)
LAST = dt.date(2026, 10, 31)
DAY = dt.timedelta(1)


def seat(name: str, **facts: Any) -> dict[str, Any]:
    made = {"municipality_id": "3439", "seat_from": dt.date(2024, 1, 1), "body": "Panelet"}
    return {"seat_id": name} | made | facts


def vacant(asking: Any, *seats: dict[str, Any], municipality: str = "3439") -> dict[str, Any]:
    rows = asking("vacant_seats", {"seats": seats}, municipality=municipality, month=OCTOBER)
    return {row["seat_id"]: (row["vacant_since"], row["days_vacant"]) for row in rows}


def test_vacancy_counts_from_the_day_after_the_last_one_left(asking: Any) -> None:
    held = {"filled_from": dt.date(2024, 2, 1)}
    found = vacant(
        asking,
        seat("left", **held, filled_to=dt.date(2026, 7, 15)),
        # On the last day of a filling the seat is still filled.
        seat("last-day", **held, filled_to=LAST),
        seat("day-before", **held, filled_to=LAST - DAY),
        seat("held", **held),
    )
    assert found == {
        "left": (dt.date(2026, 7, 16), 107),
        "day-before": (LAST, 0),
    }


def test_a_seat_that_never_was_filled_is_vacant_since_it_was_made(asking: Any) -> None:
    found = vacant(asking, seat("never", seat_from=dt.date(2026, 9, 1)))
    assert found == {"never": (dt.date(2026, 9, 1), 60)}


def test_a_seat_that_is_filled_again_is_not_vacant(asking: Any) -> None:
    found = vacant(
        asking,
        seat("again", filled_from=dt.date(2024, 2, 1), filled_to=dt.date(2025, 2, 1)),
        seat("again", filled_from=dt.date(2025, 6, 1)),
    )
    assert found == {}


def test_a_seat_that_is_not_there_is_not_vacant(asking: Any) -> None:
    found = vacant(
        asking,
        seat("gone", seat_to=LAST - DAY),
        seat("not-yet", seat_from=LAST + DAY),
        seat("last-day", seat_to=LAST),
    )
    assert list(found) == ["last-day"]


def test_a_filling_after_the_month_does_not_fill_it(asking: Any) -> None:
    found = vacant(asking, seat("later", filled_from=LAST + DAY))
    assert list(found) == ["later"]


def test_the_longest_vacant_comes_first_and_names_follow_the_norwegian_alphabet(
    asking: Any,
) -> None:
    rows = asking(
        "vacant_seats",
        {
            "seats": [
                seat("a", municipality_id="3440"),
                seat("b", municipality_id="3441"),
                seat("c", municipality_id="3439", seat_from=dt.date(2023, 1, 1)),
            ]
        },
        municipality="cooperation",
        month=OCTOBER,
    )
    assert [row["name"] for row in rows] == ["Ringebu", "Gausdal", "Øyer"]
