"""From which month a municipality is a member: numbers and who may attest say the same."""

import datetime as dt
from typing import Any, cast

import polars as pl
import pytest

from data import allowed
from data.store import Store
from queries import sql


class Holding:
    """A store of one municipality."""

    def __init__(self, joined_on: dt.date, precision: str) -> None:
        self.row = (joined_on, precision)

    def rows(self, *_: Any) -> list[tuple[dt.date, str]]:
        return [self.row]


@pytest.mark.parametrize(
    ("joined_on", "precision", "expected"),
    [
        (dt.date(2018, 11, 1), "year", dt.date(2018, 1, 1)),
        (dt.date(2018, 11, 1), "month", dt.date(2018, 12, 1)),
        (dt.date(2018, 12, 31), "month", dt.date(2019, 1, 1)),
        (dt.date(2018, 11, 1), "day", dt.date(2018, 11, 1)),
        (dt.date(2018, 11, 2), "day", dt.date(2018, 12, 1)),
        (dt.date(2020, 1, 31), "day", dt.date(2020, 2, 1)),
    ],
)
def test_the_first_full_month_is_the_same_for_acts_and_numbers(
    joined_on: dt.date, precision: str, expected: dt.date
) -> None:
    held = cast("Store", Holding(joined_on, precision))
    assert allowed.member_from(held, "3439") == expected
    connection = sql.in_memory({})
    municipalities = pl.DataFrame(
        {"municipality_id": ["3439"], "joined_on": [joined_on], "joined_precision": [precision]}
    )
    sql.put(connection, "clean_municipalities", municipalities)
    found = sql.run(connection, sql.FOLDER / "clean" / "memberships.sql")
    assert found["member_from"].to_list() == [expected]
