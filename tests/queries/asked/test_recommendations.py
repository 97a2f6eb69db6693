"""Recommendations: the same ones wait on every page that counts them."""

import datetime as dt
from typing import Any

import pytest

from queries import sql
from tests.queries.worlds import builder, day, world

OCTOBER = dt.date(2026, 10, 1)


def listed(*made_on: str, **facts: Any) -> list[dict[str, Any]]:
    """Rows of a release, from feedback that became recommendations on these days."""
    feedback = [
        {"feedback_id": f"I-{number}", "recommendation_on": day(on)} | facts
        for number, on in enumerate(made_on)
    ]
    path = sql.FOLDER / "listed" / "recommendations.sql"
    return sql.run(builder(world(feedback=feedback)), path).to_dicts()


@pytest.mark.parametrize(
    ("made_on", "due_on", "history_from"),
    [
        ("2026-10-01", "2026-10-31", "2027-10-01"),
        ("2026-01-31", "2026-03-02", "2027-01-31"),
        ("2024-02-29", "2024-03-30", "2025-02-28"),
    ],
)
def test_a_recommendation_is_due_after_thirty_days_and_history_after_a_year(
    made_on: str, due_on: str, history_from: str
) -> None:
    (row,) = listed(made_on)
    assert (row["answer_due_on"], row["history_from"]) == (day(due_on), day(history_from))


def counts(asking: Any, rows: list[dict[str, Any]], month: dt.date) -> tuple[int, int, int]:
    """How many wait by waiting, by the list, and late by the list."""
    chosen = {"municipality": "3439", "month": month}
    tables = {"recommendations": rows}
    waiting = {row["thing"]: row["n"] for row in asking("waiting", tables, **chosen)}
    unanswered = asking("recommendations_unanswered", tables, **chosen)
    late = sum(row["is_late"] for row in unanswered)
    return waiting.get("recommendations", 0), len(unanswered), late


@pytest.mark.parametrize(
    ("made_on", "found"),
    [
        ("2025-10-30", (0, 0, 0)),
        ("2025-10-31", (0, 0, 0)),  # a year to the day: history
        ("2025-11-01", (1, 1, 1)),
        ("2026-09-30", (1, 1, 1)),
        ("2026-10-01", (1, 1, 1)),  # thirty days
        ("2026-10-02", (1, 1, 0)),  # waits, but its time is not out
        ("2026-10-31", (1, 1, 0)),
        ("2026-11-01", (0, 0, 0)),
    ],
)
def test_every_question_counts_the_recommendations_of_the_same_year(
    asking: Any, made_on: str, found: tuple[int, int, int, int]
) -> None:
    assert counts(asking, listed(made_on), OCTOBER) == found


def test_an_answer_on_the_last_day_ends_the_waiting_in_every_question(asking: Any) -> None:
    for answered_on, found in (("2026-10-31", (0, 0, 0)), ("2026-11-01", (1, 1, 1))):
        rows = listed("2026-08-14", leader_answered_on=day(answered_on))
        assert counts(asking, rows, OCTOBER) == found
