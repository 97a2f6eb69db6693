"""Where the loop stops: only what was due is counted, and one leak is the largest."""

import datetime as dt
from typing import Any

OCTOBER = dt.date(2026, 10, 1)
LAST = dt.date(2026, 10, 31)
YEAR_BEFORE = dt.date(2025, 10, 31)
DAY = dt.timedelta(1)

Found = dict[str, tuple[int, int, bool]]


def steps(asking: Any, municipality: str = "3439", **tables: list[dict[str, Any]]) -> Found:
    """By step: how much was due, how much happened, and whether it is the largest leak."""
    rows = asking("loop_steps", tables, municipality=municipality, month=OCTOBER)
    assert [row["step"] for row in rows] == ["answered", "done", "told_back"]
    return {row["step"]: (row["due"], row["happened"], row["is_largest_leak"]) for row in rows}


def action(number: int, **facts: Any) -> dict[str, Any]:
    opened = {"opened_on": dt.date(2024, 1, 1), "municipality_id": "3439"}
    return {"action_id": f"T-{number}"} | opened | facts


def recommendation(number: int, **facts: Any) -> dict[str, Any]:
    made = facts["recommendation_on"]
    days = {
        "answer_due_on": made + 30 * DAY,
        "history_from": made.replace(year=made.year + 1),
    }
    return {"feedback_id": f"I-{number}", "municipality_id": "3439"} | days | facts


def test_a_recommendation_is_due_an_answer_after_thirty_days(asking: Any) -> None:
    found = steps(
        asking,
        recommendations=[
            # Thirty days old at month end: due, and not answered.
            recommendation(1, recommendation_on=LAST - 30 * DAY),
            # A day younger: not due yet.
            recommendation(2, recommendation_on=LAST - 29 * DAY),
            # Answered on the last day: in time for this month's count.
            recommendation(3, recommendation_on=LAST - 90 * DAY, leader_answered_on=LAST),
            # Answered the day after: not yet at month end.
            recommendation(4, recommendation_on=LAST - 90 * DAY, leader_answered_on=LAST + DAY),
            # Older than a year: history.
            recommendation(5, recommendation_on=YEAR_BEFORE),
            recommendation(6, recommendation_on=YEAR_BEFORE + DAY),
        ],
    )
    assert found["answered"] == (4, 1, True)


def test_an_action_is_due_when_its_due_date_has_passed(asking: Any) -> None:
    found = steps(
        asking,
        actions=[
            action(1, due_on=LAST - DAY),
            # The last day is not over when it is the due date.
            action(2, due_on=LAST),
            action(3, due_on=LAST - DAY, done_on=LAST),
            action(4, due_on=LAST - DAY, done_on=LAST + DAY),
            # Closed without action it promised nothing more.
            action(5, due_on=LAST - DAY, closed_on=LAST - 2 * DAY),
            action(6, due_on=None),
        ],
    )
    assert found["done"][:2] == (3, 1)


def test_users_are_due_to_be_told_thirty_days_after_an_action_was_done(asking: Any) -> None:
    found = steps(
        asking,
        actions=[
            action(1, done_on=LAST - 30 * DAY),
            action(2, done_on=LAST - 29 * DAY),
            action(3, done_on=LAST - 40 * DAY, told_back_on=LAST),
            action(4, done_on=YEAR_BEFORE),
        ],
    )
    assert found["told_back"] == (2, 1, True)


def test_of_equal_leaks_the_later_is_the_largest(asking: Any) -> None:
    found = steps(
        asking,
        recommendations=[recommendation(1, recommendation_on=LAST - 60 * DAY)],
        actions=[action(1, done_on=LAST - 60 * DAY)],
    )
    assert [found[step][2] for step in found] == [False, False, True]


def test_without_a_leak_none_is_the_largest(asking: Any) -> None:
    found = steps(asking, actions=[action(1, done_on=LAST - 60 * DAY, told_back_on=LAST)])
    assert not any(is_largest for _, _, is_largest in found.values())


def test_all_together_counts_every_municipality_and_one_only_its_own(asking: Any) -> None:
    actions = [
        action(1, done_on=LAST - 60 * DAY),
        action(2, done_on=LAST - 60 * DAY, municipality_id="3440"),
    ]
    assert steps(asking, actions=actions)["told_back"][0] == 1
    assert steps(asking, "cooperation", actions=actions)["told_back"][0] == 2
