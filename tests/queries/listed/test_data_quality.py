"""Data quality: rows refused, days to complete delivery, cells that came too late, and finds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from queries import sql
from tests.queries.worlds import (
    LILLEHAMMER,
    RINGEBU,
    Row,
    builder,
    day,
    delivered,
    noon,
    world,
)

QUALITY = sql.FOLDER / "listed" / "data_quality.sql"
SEPTEMBER, OCTOBER, NOVEMBER = (day(f"2026-{month}-01") for month in ("09", "10", "11"))
TODAY = day("2026-12-20")

Key = tuple[str, str, dt.date]


def quality(**tables: Any) -> dict[Key, tuple[int | None, int | None]]:
    """By measure, place and month, over September to November."""
    tables.setdefault("municipalities", [RINGEBU, LILLEHAMMER])
    tables.setdefault("coverage", [])
    # Rules of the test's own in place of the cards, which may change.
    rules = {name: tables.pop(name) for name in ("card_sources", "card_maturity") if name in tables}
    made = world(SEPTEMBER, NOVEMBER, TODAY, **tables)
    made.update(rules)
    found = sql.run(builder(made), QUALITY)
    return {
        (row["measure"], row["municipality_id"], row["month"]): (
            row["numerator"],
            row["denominator"],
        )
        for row in found.iter_rows(named=True)
    }


def file(at: dt.datetime, rows: int, refused: int = 0, hits: int = 0) -> Row:
    return {"at": at, "file_rows": rows, "refused_rows": refused, "guard_hits": hits}


# ---- rows refused, and finds ------------------------------------------------------------------


def test_rows_are_counted_in_the_month_in_which_they_came() -> None:
    found = quality(
        received=[
            file(noon(day("2026-10-01")), 100),
            # Two of fifty left to be mended, and a file refused whole.
            file(noon(day("2026-10-31")), 50, refused=2),
            file(noon(day("2026-10-15")), 7, refused=7, hits=3),
            file(noon(day("2026-11-02")), 10, refused=1),
            # 23.30 UTC on the last of November is December in Norway.
            file(dt.datetime.fromisoformat("2026-11-30T23:30"), 5, refused=5, hits=1),
        ]
    )
    assert found["rows_refused", "cooperation", OCTOBER] == (9, 157)
    assert found["guard_hits", "cooperation", OCTOBER] == (3, None)
    assert found["rows_refused", "cooperation", NOVEMBER] == (1, 10)
    assert found["rows_refused", "cooperation", day("2026-12-01")] == (5, 5)
    assert found["guard_hits", "cooperation", day("2026-12-01")] == (1, None)
    # A month in which nothing came has a row that says so.
    assert found["rows_refused", "cooperation", SEPTEMBER] == (0, 0)
    assert found["guard_hits", "cooperation", SEPTEMBER] == (0, None)


def test_nobody_is_pointed_at_for_what_was_refused() -> None:
    found = quality(received=[file(noon(OCTOBER), 5, refused=5, hits=5)])
    of = {place for measure, place, _ in found if measure in ("rows_refused", "guard_hits")}
    assert of == {"cooperation"}


# ---- days to complete delivery ----------------------------------------------------------------


def days(*coverage: Row, **tables: Any) -> dict[tuple[str, dt.date], int | None]:
    found = quality(coverage=list(coverage), **tables)
    return {
        (place, month): number
        for (measure, place, month), (number, _) in found.items()
        if measure == "days_to_delivery"
    }


def test_delivery_is_complete_with_its_last_kind() -> None:
    found = days(
        delivered("actions", "3439", OCTOBER, on=day("2026-11-03")),
        delivered("activities", "3439", OCTOBER, on=day("2026-11-09")),
        delivered("actions", "3405", OCTOBER, on=day("2026-11-30")),
        delivered("activities", "3405", OCTOBER, on=day("2026-11-02")),
        # Not monthly, and not awaited.
        delivered("services", "3439", OCTOBER, on=day("2026-12-15")),
    )
    assert found["3439", OCTOBER] == 9
    assert found["3405", OCTOBER] == 30
    assert found["cooperation", OCTOBER] == 30


def test_what_is_not_complete_has_no_days() -> None:
    found = days(
        delivered("actions", "3439", OCTOBER),
        delivered("activities", "3405", OCTOBER),
        delivered("actions", "3405", OCTOBER),
    )
    # Activities are in use, since one of them delivers them.
    assert found["3439", OCTOBER] is None
    assert found["3405", OCTOBER] == 3
    assert found["cooperation", OCTOBER] is None
    assert found["3439", NOVEMBER] is None


def test_a_file_that_comes_before_the_month_is_out_is_no_days_late() -> None:
    found = days(
        delivered("actions", "3439", OCTOBER, on=day("2026-10-30")),
        delivered("actions", "3405", OCTOBER, on=day("2026-10-31")),
    )
    assert found["3439", OCTOBER] == found["3405", OCTOBER] == found["cooperation", OCTOBER] == 0


def test_history_and_months_before_membership_are_nobodys_delay() -> None:
    joined = LILLEHAMMER | {"joined_on": day("2026-10-15"), "joined_precision": "day"}
    found = days(
        *(delivered("actions", "3439", month, on=TODAY) for month in (SEPTEMBER, OCTOBER)),
        municipalities=[RINGEBU, joined],
        acts_locks=[{"month": SEPTEMBER, "at": noon(TODAY), "is_history": True}],
    )
    assert {month for _, month in found} == {OCTOBER, NOVEMBER}
    assert ("3405", OCTOBER) not in found
    assert found["cooperation", OCTOBER] == 50


def test_without_deliveries_nothing_is_awaited() -> None:
    assert days() == {}


# ---- cells that came too late -----------------------------------------------------------------


def touch(kind: str, who: str, month: dt.date, at: dt.datetime) -> Row:
    return {"kind": kind, "municipality": who, "month": month, "at": at}


LOCKS: list[Row] = [
    {"month": SEPTEMBER, "at": noon(day("2026-10-10")), "is_history": False},
    {"month": OCTOBER, "at": noon(day("2026-11-10")), "is_history": False},
]


def late(*touches: Row, locks: list[Row] = LOCKS) -> dict[tuple[str, dt.date], Any]:
    """By place and month of arrival: cells that came too late, of those that something came for."""
    found = quality(touches=list(touches), acts_locks=locks, card_sources=SOURCES,
                    card_maturity=MATURITY)  # fmt: skip
    return {
        (place, month): numbers
        for (measure, place, month), numbers in found.items()
        if measure == "late_cells"
    }


# Participants mature at once, rates after 30 days; what is not about people moves until the lock.
SOURCES: list[Row] = [
    {"indicator": "participants", "kind": "activities", "months": 0},
    {"indicator": "rate", "kind": "survey_waves", "months": 0},
    {"indicator": "rate", "kind": "survey_answers", "months": 0},
    {"indicator": "held", "kind": "activities", "months": 0},
]
MATURITY: list[Row] = [
    {"indicator": "participants", "matures_after_days": 0, "is_once": True},
    {"indicator": "rate", "matures_after_days": 30, "is_once": True},
    {"indicator": "held", "matures_after_days": 0, "is_once": False},
]


def test_what_comes_after_the_lock_that_showed_it_is_too_late() -> None:
    lock = noon(day("2026-11-10"))
    found = late(
        touch("activities", "3439", OCTOBER, lock),
        touch("activities", "3405", OCTOBER, lock + dt.timedelta(microseconds=1)),
    )
    assert found["3439", NOVEMBER] == (0, 1)
    assert found["3405", NOVEMBER] == (1, 1)
    assert found["cooperation", NOVEMBER] == (1, 2)
    assert found["cooperation", OCTOBER] == (0, 0)


def test_answers_are_released_when_their_time_has_passed() -> None:
    def came(on: str, *locks: Row) -> Any:
        return late(
            touch("survey_answers", "3439", OCTOBER, noon(day(on))), locks=[*LOCKS, *locks]
        )["3439", day(on).replace(day=1)]

    # The lock of October came ten days after it: answers had thirty days, and are shown by the
    # next lock.
    assert came("2026-12-15") == (0, 1)
    november = {"month": NOVEMBER, "at": noon(day("2026-12-10")), "is_history": False}
    assert came("2026-12-15", november) == (1, 1)
    assert came("2026-12-09", november) == (0, 1)
    # Locked on the thirtieth day itself they have not had their time.
    too_soon = november | {"at": noon(day("2026-11-30"))}
    assert came("2026-12-15", too_soon) == (0, 1)


def test_a_number_counts_once_however_much_came_for_it() -> None:
    found = late(
        touch("activities", "3439", SEPTEMBER, noon(day("2026-11-02"))),
        touch("activities", "3439", SEPTEMBER, noon(day("2026-11-03"))),
        touch("activities", "3439", OCTOBER, noon(day("2026-11-03"))),
        # A month later once more.
        touch("activities", "3439", SEPTEMBER, noon(day("2026-12-03"))),
        # About no person.
        touch("actions", "3439", SEPTEMBER, noon(day("2026-11-03"))),
        # No member.
        touch("activities", "9999", SEPTEMBER, noon(day("2026-11-03"))),
    )
    assert found["3439", NOVEMBER] == (1, 2)
    assert found["3439", day("2026-12-01")] == (1, 1)


def test_what_was_loaded_before_its_history_was_locked_is_in_time() -> None:
    at_once = noon(day("2026-11-05"))
    history = [{"month": SEPTEMBER, "at": at_once, "is_history": True}]
    loaded = touch("activities", "3439", SEPTEMBER, at_once - dt.timedelta(minutes=5))
    assert late(loaded, locks=history)["3439", NOVEMBER] == (0, 1)
