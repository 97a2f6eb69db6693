"""Which files are waited for: those that somebody delivers, and answers only where they are due."""

from __future__ import annotations

from typing import Any

from queries import sql
from tests.queries.worlds import LILLEHAMMER, RINGEBU, builder, day, delivered, world

DELIVERIES = sql.FOLDER / "listed" / "deliveries.sql"
OCTOBER = day("2026-10-01")


def expected(**tables: Any) -> set[tuple[str, str]]:
    """Municipality and kind of the files that are waited for in October."""
    made = world(OCTOBER, OCTOBER, municipalities=[RINGEBU, LILLEHAMMER], **tables)
    found = sql.run(builder(made), DELIVERIES)
    assert not found.filter("is_delivered")["delivered_on"].has_nulls()
    waited = found.filter("is_expected")
    return set(waited.select("municipality_id", "kind").iter_rows())


def test_a_kind_is_waited_for_from_all_once_somebody_has_delivered_it() -> None:
    assert expected(coverage=[]) == set()
    found = expected(coverage=[delivered("actions", "3439", day("2026-09-01"))])
    assert found == {("3439", "actions"), ("3405", "actions")}


def test_what_came_for_a_month_that_is_not_over_has_come_and_was_not_waited_for() -> None:
    november = day("2026-11-01")
    came = [delivered("actions", "3439", month) for month in (OCTOBER, november)]
    made = world(OCTOBER, OCTOBER, municipalities=[RINGEBU, LILLEHAMMER], coverage=came)
    found = sql.run(builder(made), DELIVERIES)
    (newest,) = found.filter(month=november).to_dicts()
    assert (newest["municipality_id"], newest["kind"]) == ("3439", "actions")
    assert newest["is_delivered"]
    assert not newest["is_expected"]


def test_answers_are_waited_for_only_where_a_wave_has_no_total() -> None:
    came = [delivered("survey_answers", "3405", day("2026-09-01"))]
    wave = {"wave_id": "1", "measurement": "other", "sent_on": day("2026-10-20")}
    assert expected(coverage=came, survey_waves=[wave | {"answered": 3}]) == set()
    found = expected(coverage=came, survey_waves=[wave | {"answered": None}])
    assert found == {("3439", "survey_answers")}
