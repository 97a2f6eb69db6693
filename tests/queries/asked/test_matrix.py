"""What is shown of each indicator: what nobody has had a number of is not in use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.queries.asked.conftest import Asking

OCTOBER, SEPTEMBER = dt.date(2026, 10, 1), dt.date(2026, 9, 1)
RELEASE = {
    "number": 1,
    "made_at": dt.datetime.combine(dt.date(2026, 11, 10), dt.time(9)),
    "app_version": "0.1.0",
    "store_id": "s",
    "is_demo": False,
    "today": dt.date(2026, 11, 10),
    "ledger_entry": 1,
    "content_hash": "c",
}


def cell(place: str, month: dt.date, state: str, part: str | None = None) -> dict[str, Any]:
    return {
        "indicator": "told_back",
        "municipality_id": place,
        "grain": "month",
        "period": month,
        "part": part,
        "state": state,
        "shown": "none",
    }


@pytest.mark.parametrize(
    ("elsewhere", "is_in_use"),
    [
        ("missing", False),
        ("not_due", False),
        ("not_member", False),
        ("measured", True),
        ("provisional", True),
        ("withheld", True),
    ],
)
def test_an_indicator_is_in_use_once_anybody_has_had_a_number(
    asking: Asking, elsewhere: str, is_in_use: bool
) -> None:
    cells = [cell("3439", OCTOBER, "missing"), cell("3440", SEPTEMBER, elsewhere)]
    (row,) = asking(
        "matrix", {"release": [RELEASE], "cells": cells}, municipality="3439", month=OCTOBER
    )
    assert (row["state"], row["is_in_use"]) == ("missing", is_in_use)


def test_an_indicator_is_in_use_once_a_file_of_it_has_come(asking: Asking) -> None:
    # In the first months of a store a number may need a file from half a year before.
    cells = [cell("3439", OCTOBER, "missing") | {"updated_on": OCTOBER}]
    (row,) = asking(
        "matrix", {"release": [RELEASE], "cells": cells}, municipality="3439", month=OCTOBER
    )
    assert row["is_in_use"]


def test_what_is_not_due_yet_is_in_use(asking: Asking) -> None:
    cells = [cell("3439", OCTOBER, "not_due"), cell("3439", SEPTEMBER, "not_due", "line")]
    (row,) = asking(
        "matrix", {"release": [RELEASE], "cells": cells}, municipality="3439", month=OCTOBER
    )
    assert row["is_in_use"]
