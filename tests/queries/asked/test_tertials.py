"""Four months at a time: a month that is opened again shows those that it knew."""

import datetime as dt
from typing import Any

import pytest

WINTER, SPRING, AUTUMN = dt.date(2026, 1, 1), dt.date(2026, 5, 1), dt.date(2026, 9, 1)
TODAY = dt.date(2026, 11, 12)


@pytest.mark.parametrize("question", ["tertial_cells", "cooperation_tertials"])
@pytest.mark.parametrize(
    ("month", "expected"),
    [
        # What was going on in June is over in November: it belongs to the months from August on.
        (dt.date(2026, 6, 1), {WINTER}),
        (dt.date(2026, 8, 1), {WINTER, SPRING}),
        # What is still going on says so, wherever it has begun.
        (dt.date(2026, 9, 1), {WINTER, SPRING, AUTUMN}),
        (dt.date(2026, 10, 1), {WINTER, SPRING, AUTUMN}),
    ],
)
def test_a_tertial_is_told_from_the_month_that_closes_it_or_while_it_goes_on(
    asking: Any, question: str, month: dt.date, expected: set[dt.date]
) -> None:
    who = {"tertial_cells": "3439", "cooperation_tertials": "cooperation"}[question]
    cells = [
        {
            "indicator": "benefit_same_day",
            "municipality_id": who,
            "grain": "tertial",
            "period": period,
            "state": "not_due" if period == AUTUMN else "measured",
            "shown": "none",
        }
        for period in (WINTER, SPRING, AUTUMN)
    ]
    told = {"cells": cells, "release": [RELEASE]}
    asked = {"indicator": "benefit_same_day", "municipality": who, "month": month}
    rows = asking(question, told, **asked)
    assert {row["period"] for row in rows} == expected


RELEASE = {
    "number": 1,
    "made_at": dt.datetime(2026, 11, 12, 8),  # noqa: DTZ001 - as stored
    "app_version": "0.1.0",
    "store_id": "a",
    "is_demo": False,
    "today": TODAY,
    "ledger_entry": 1,
    "content_hash": "",
}
