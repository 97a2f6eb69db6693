"""A course lacks an evaluation when its time is out, for a year back."""

import datetime as dt
from typing import Any

OCTOBER = dt.date(2026, 10, 1)
LAST = dt.date(2026, 10, 31)
DAY = dt.timedelta(1)


def course(name: str, ended_on: dt.date, due_on: dt.date, **facts: Any) -> dict[str, Any]:
    row = {"activity_id": name, "municipality_id": "3439", "ended_on": ended_on}
    return row | {"half_year_due_on": due_on} | facts


def lacking(asking: Any, *courses: dict[str, Any]) -> dict[str, tuple[bool, bool]]:
    rows = asking("courses_to_evaluate", {"courses": courses}, municipality="3439", month=OCTOBER)
    return {row["activity_id"]: (row["lacks_same_day"], row["lacks_half_year"]) for row in rows}


def test_the_same_day_is_that_day_and_no_other(asking: Any) -> None:
    ended, due = dt.date(2026, 9, 10), dt.date(2027, 3, 10)
    found = lacking(
        asking,
        course("sent", ended, due, same_day_sent_on=ended),
        course("late", ended, due, same_day_sent_on=ended + DAY),
        course("never", ended, due),
    )
    assert found == {"late": (True, False), "never": (True, False)}


def test_after_half_a_year_there_are_fourteen_days(asking: Any) -> None:
    ended = dt.date(2026, 4, 1)
    given = {"same_day_sent_on": ended}
    due = LAST - 15 * DAY
    found = lacking(
        asking,
        course("out", ended, due, **given),
        # The fourteenth day is the month's last: it is not over.
        course("in-time", ended, due + DAY, **given),
        course("sent", ended, due, half_year_sent_on=due + 14 * DAY, **given),
        course("sent-late", ended, due, half_year_sent_on=due + 15 * DAY, **given),
    )
    assert found == {"out": (False, True), "sent-late": (False, True)}


def test_what_ended_more_than_a_year_ago_is_history(asking: Any) -> None:
    year_before = dt.date(2025, 10, 31)
    found = lacking(
        asking,
        course("old", year_before, year_before + 182 * DAY, half_year_sent_on=year_before),
        course("young", year_before + DAY, LAST, same_day_sent_on=None),
    )
    assert list(found) == ["young"]
