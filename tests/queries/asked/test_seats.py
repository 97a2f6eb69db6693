"""A seat is filled, vacant or gone on the same day in the indicator and on every page."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings

from queries import sql
from tests.queries import random_worlds as some
from tests.queries.indicators.agreement import QUIET
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    World,
    builder,
    day,
    horizon,
    months,
    numbers,
    world,
)

OCTOBER = day("2026-10-01")
LISTED = sql.FOLDER / "listed"


def release_of(made: World) -> duckdb.DuckDBPyConnection:
    """A release in memory that holds the seats and the municipalities of this world."""
    connection = duckdb.connect(":memory:")
    connection.execute(sql.text(sql.FOLDER / "release.sql"))
    for table in ("seats", "municipalities"):
        rows = sql.run(builder(made), LISTED / f"{table}.sql", **horizon(made))
        connection.register("incoming", rows.to_arrow())
        connection.execute(f"insert into {table} by name select * from incoming")
        connection.unregister("incoming")
    return connection


def asked(
    connection: duckdb.DuckDBPyConnection, question: str, municipality: str, month: dt.date
) -> pl.DataFrame:
    path = sql.FOLDER / "asked" / f"{question}.sql"
    return sql.run(connection, path, municipality=municipality, month=month)


def vacancies(made: World) -> dict[tuple[str, dt.date], tuple[list[int], int]]:
    """By municipality and month: days vacant of every vacant seat, and how many wait too long."""
    connection = release_of(made)
    found = {}
    for row in made["current_municipalities"]:
        who = row["municipality_id"]
        for month in months(*horizon(made).values()):
            days = asked(connection, "vacant_seats", who, month)["days_vacant"].to_list()
            waiting = asked(connection, "waiting", who, month).filter(pl.col("thing") == "vacant")
            found[who, month] = (sorted(days), sum(waiting["n"]))
    connection.close()
    return found


def by_indicator(made: World) -> dict[tuple[str, dt.date], tuple[int, float | None]]:
    """By municipality and month: how many seats are vacant, and their median days."""
    told = numbers("seats_filled", made)
    return {
        (who, month): (int((seats or 0) - (filled or 0)), told[who, month, "days_vacant"][0])
        for (who, month, part), (filled, seats, _) in told.items()
        if part is None and who != "cooperation"
    }


def agree(made: World) -> bool:
    lists = vacancies(made)
    return all(
        len(lists[key][0]) == vacant
        and (statistics.median(lists[key][0]) if vacant else None) == days
        and lists[key][1] == sum(day > 60 for day in lists[key][0])
        for key, (vacant, days) in by_indicator(made).items()
    )


SEAT: Row = {"seat_id": "1", "body": "Panelet", "body_kind": "user_panel"}
SINCE: Row = {"seat_from": day("2024-01-01")}
HELD: Row = SINCE | {"filled_from": day("2024-02-01")}


def october(*rows: Row) -> tuple[list[int], int]:
    """Days vacant in Ringebu at the end of October, after a look that all questions agree."""
    made = world(seats=[SEAT | row for row in rows])
    assert agree(made)
    return vacancies(made)["3439", OCTOBER]


@pytest.mark.parametrize(
    ("filled_to", "days"),
    [("2026-10-30", [0]), ("2026-10-31", []), ("2026-11-01", [])],
)
def test_on_the_last_day_of_a_filling_the_seat_is_still_filled(
    filled_to: str, days: list[int]
) -> None:
    assert october(HELD | {"filled_to": day(filled_to)}) == (days, 0)


@pytest.mark.parametrize(
    ("filled_from", "days"),
    [("2026-10-30", []), ("2026-10-31", []), ("2026-11-01", [60])],
)
def test_from_the_first_day_of_a_filling_the_seat_is_filled(
    filled_from: str, days: list[int]
) -> None:
    seat = {"seat_from": day("2026-09-01"), "filled_from": day(filled_from)}
    assert october(seat) == (days, 0)


@pytest.mark.parametrize("end", ["seat_to", "body_to"])
@pytest.mark.parametrize(
    ("last", "days"), [("2026-10-30", []), ("2026-10-31", [60]), ("2026-11-01", [60])]
)
def test_a_seat_is_there_through_its_last_day_and_that_of_its_body(
    end: str, last: str, days: list[int]
) -> None:
    assert october({"seat_from": day("2026-09-01"), end: day(last)}) == (days, 0)


@pytest.mark.parametrize("start", ["seat_from", "body_from"])
@pytest.mark.parametrize(
    ("first", "days"), [("2026-10-30", [1]), ("2026-10-31", [0]), ("2026-11-01", [])]
)
def test_a_seat_is_there_from_the_first_day_of_it_and_of_its_body(
    start: str, first: str, days: list[int]
) -> None:
    assert october(SINCE | {start: day(first)}) == (days, 0)


@pytest.mark.parametrize(("left", "waits"), [("2026-08-31", 0), ("2026-08-30", 1)])
def test_a_seat_waits_when_it_has_been_vacant_for_more_than_sixty_days(
    left: str, waits: int
) -> None:
    assert october(HELD | {"filled_to": day(left)}) == ([60 + waits], waits)


def test_seats_of_two_municipalities_with_the_same_number_are_two_seats() -> None:
    rows: Sequence[Row] = [
        SEAT | SINCE | {"municipality": "3439"},
        SEAT | HELD | {"municipality": "3405", "body_to": day("2026-12-31")},
    ]
    made = world(municipalities=[RINGEBU, LILLEHAMMER], seats=rows)
    assert agree(made)
    found = vacancies(made)
    assert (len(found["3439", OCTOBER][0]), found["3405", OCTOBER][0]) == (1, [])


@settings(QUIET, max_examples=15)
@given(some.worlds(seats=some.seats))
def test_the_list_of_vacant_seats_and_the_indicator_agree_over_random_worlds(made: Any) -> None:
    assert agree(made)
