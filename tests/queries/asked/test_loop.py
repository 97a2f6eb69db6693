"""The loop of a page: the newest tertial that had its time, its leak, and the tertials before."""

import datetime as dt
from typing import Any

OCTOBER = dt.date(2026, 10, 1)
WINTER, SPRING = dt.date(2026, 1, 1), dt.date(2026, 5, 1)
STAGES = ("recommended", "action", "done", "told_back")

Rows = list[dict[str, Any]]


def tertial(
    period: dt.date, *came: int, refused: int = 0, state: str = "measured", who: str = "3439"
) -> Rows:
    """The cells of one tertial: how many were received, and how many came to each stage."""
    whole: dict[str, Any] = {
        "indicator": "loop",
        "municipality_id": who,
        "grain": "tertial",
        "period": period,
        "state": state,
        "shown": "exact",
        "delivered": 4,
        "members": 4,
    }
    received, *stages = came
    rows = [whole | {"numerator": stages[-1], "denominator": received}]
    for stage, here, before in zip(STAGES, stages, came, strict=False):
        rows.append(whole | {"part": stage, "numerator": here, "denominator": before})
        rows.append(whole | {"part": f"days_to_{stage}", "numerator": 9.5, "value": 9.5})
    refusals = {"part": "refused", "numerator": refused, "denominator": stages[0]}
    return [*rows, whole | refusals, whole | {"part": "days_all_the_way", "value": 100.0}]


def asked(asking: Any, cells: Rows, month: dt.date = OCTOBER, who: str = "3439") -> Rows:
    rows: Rows = asking("loop", {"cells": cells}, municipality=who, month=month)
    return rows


def leak(rows: Rows) -> list[str]:
    return [row["stage"] for row in rows if row["is_largest_leak"]]


def test_each_stage_says_how_many_came_and_how_many_stopped(asking: Any) -> None:
    rows = asked(asking, tertial(WINTER, 10, 9, 6, 4, 3, refused=1))
    assert [row["stage"] for row in rows] == list(STAGES)
    assert [(row["came"], row["came_before"], row["stopped"]) for row in rows] == [
        (9, 10, 1),
        (6, 9, 2),  # one of the three that stopped got a reasoned no
        (4, 6, 2),
        (3, 4, 1),
    ]
    assert [row["refused"] for row in rows] == [0, 1, 0, 0]
    assert {row["days"] for row in rows} == {9.5}
    # Of equal leaks the later one.
    assert leak(rows) == ["done"]
    assert {(row["received"], row["came_all_the_way"]) for row in rows} == {(10, 3)}


def test_without_a_leak_none_is_the_largest(asking: Any) -> None:
    assert leak(asked(asking, tertial(WINTER, 4, 4, 4, 4, 4))) == []
    assert leak(asked(asking, tertial(WINTER, 4, 4, 3, 3, 3, refused=1))) == []
    assert leak(asked(asking, tertial(WINTER, 0, 0, 0, 0, 0))) == []


def test_a_tertial_that_is_still_followed_gives_way_to_one_that_had_its_time(asking: Any) -> None:
    young = tertial(SPRING, 8, 8, 8, 0, 0, state="provisional")
    old = tertial(WINTER, 10, 9, 6, 4, 3)
    assert {row["period"] for row in asked(asking, [*young, *old])} == {WINTER}
    # Where none has, the newest is shown, and says so.
    assert {(row["period"], row["state"]) for row in asked(asking, young)} == {
        (SPRING, "provisional")
    }
    # More than a year back is no news.
    long_ago = tertial(dt.date(2025, 5, 1), 10, 9, 6, 4, 3)
    missing = [
        cell
        for period in (WINTER, dt.date(2025, 9, 1))
        for cell in tertial(period, 0, 0, 0, 0, 0, state="missing")
    ]
    assert {row["period"] for row in asked(asking, [*young, *missing, *long_ago])} == {SPRING}


def test_a_tertial_belongs_to_the_months_from_the_one_that_closes_it(asking: Any) -> None:
    cells = tertial(SPRING, 8, 8, 8, 0, 0)
    assert asked(asking, cells, dt.date(2026, 7, 1)) == []
    assert asked(asking, cells, dt.date(2026, 8, 1))
    for question, found in (("loop", 0), ("loop_tertials", 0)):
        chosen = {"municipality": "3439", "month": dt.date(2026, 7, 1)}
        assert len(asking(question, {"cells": cells}, **chosen)) == found


def test_each_place_has_its_own(asking: Any) -> None:
    cells = tertial(WINTER, 4, 4, 4, 4, 4) + tertial(WINTER, 9, 9, 9, 9, 9, who="cooperation")
    assert asked(asking, cells)[0]["received"] == 4
    assert asked(asking, cells, who="cooperation")[0]["received"] == 9


def test_the_last_six_tertials_come_newest_first(asking: Any) -> None:
    periods = [dt.date(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 5, 9)][:8]
    cells = [cell for period in periods for cell in tertial(period, 4, 3, 2, 1, 1)]
    rows = asking("loop_tertials", {"cells": cells}, municipality="3439", month=OCTOBER)
    assert [row["period"] for row in rows] == periods[:1:-1]
