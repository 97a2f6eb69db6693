"""Odd numbers of rows are said before storing, and ordinary ones are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data import jumps, store
from data.jumps import Jump
from data.receipts import Receipt
from data.uploads import Upload

Prepared = Callable[..., Upload]
Put = Callable[..., Receipt]

MONTHS = [dt.date(2026, month, 1) for month in range(1, 12)]
OCTOBER, NOVEMBER = MONTHS[9], MONTHS[10]


def rows(count: int, place: str = "3439", start: int = 0) -> list[dict[str, Any]]:
    return [
        {"action_id": f"{place}-{n}", "municipality": place, "title": "x"}
        for n in range(start, start + count)
    ]


def activities(count: int, month: dt.date, place: str = "3439") -> list[dict[str, Any]]:
    return [
        {"activity_id": f"{place}-{month}-{n}", "municipality": place, "ends_on": month}
        for n in range(count)
    ]


def found(folder: Path, upload: Upload, **more: Any) -> tuple[Jump, ...]:
    with store.opened(folder) as opened:
        return jumps.found(opened, upload.tables, upload.covers, **more)


def sorts(folder: Path, upload: Upload, **more: Any) -> list[str]:
    return [jump.sort for jump in found(folder, upload, **more)]


@pytest.mark.parametrize(
    ("count", "said"),
    [(29, []), (30, ["many"]), (4, []), (3, ["few"])],  # three times ten; a third of ten is 3.33
)
def test_three_times_the_usual_list_or_less_than_a_third_is_odd(
    folder: Path, put: Put, prepared: Prepared, count: int, said: list[str]
) -> None:
    put(folder, "actions", *rows(10))
    assert sorts(folder, prepared("actions", *rows(count), months=[NOVEMBER])) == said


def test_what_is_usual_is_the_middle_of_the_last_deliveries(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    for number, count in enumerate((10, 200, 10)):
        put(folder, "actions", *rows(count), months=[MONTHS[number]])
    (jump,) = found(folder, prepared("actions", *rows(40), months=[NOVEMBER]))
    assert (jump.usual, jump.rows, jump.municipality) == (10, 40, "3439")


def test_a_few_rows_more_are_no_jump(folder: Path, put: Put, prepared: Prepared) -> None:
    put(folder, "actions", *rows(1))
    assert sorts(folder, prepared("actions", *rows(5))) == []
    assert sorts(folder, prepared("actions", *rows(6))) == ["many"]


def test_rows_that_are_added_are_compared_month_by_month(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "activities", *activities(10, OCTOBER), months=[OCTOBER])
    # Three months at once hold three times as many, and that is as it should be.
    three = [row for month in MONTHS[6:9] for row in activities(10, month)]
    assert sorts(folder, prepared("activities", *three, months=MONTHS[6:9])) == []
    assert sorts(folder, prepared("activities", *three, months=[NOVEMBER])) == ["many"]


def test_history_that_came_at_once_is_not_what_is_usual(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    years = [dt.date(2024 + n // 12, n % 12 + 1, 1) for n in range(13)]
    put(folder, "actions", *rows(300), months=years)
    assert sorts(folder, prepared("actions", *rows(10))) == []


def test_a_municipality_that_was_in_the_last_such_file_is_missed(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    put(folder, "actions", *rows(3), *rows(3, "3440"), months=[OCTOBER])
    (jump,) = found(folder, prepared("actions", *rows(3), months=[NOVEMBER]))
    assert (jump.sort, jump.municipality) == ("missing", "3440")
    # It has delivered alone since then, and is missed no more.
    put(folder, "actions", *rows(3, "3440"), months=[NOVEMBER])
    assert sorts(folder, prepared("actions", *rows(3), months=[NOVEMBER])) == []


def test_a_first_delivery_and_a_part_are_compared_with_nothing(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    big = prepared("actions", *rows(100))
    assert sorts(folder, big) == []
    put(folder, "actions", *rows(10))
    assert sorts(folder, big, is_part=True) == []


def test_answers_are_counted_for_the_municipality_of_their_wave(
    folder: Path, put: Put, prepared: Prepared
) -> None:
    def answers(wave: str, count: int) -> list[dict[str, Any]]:
        return [
            {"answer_id": f"{wave}-{n}", "question": "nytte", "wave_id": wave} for n in range(count)
        ]

    put(
        folder,
        "survey_waves",
        *({"wave_id": f"U-{n}", "municipality": "3439", "sent_on": OCTOBER} for n in (1, 2)),
    )
    put(folder, "survey_answers", *answers("U-1", 10), months=[OCTOBER])
    coming = prepared("survey_answers", *answers("U-2", 30), months=[NOVEMBER])
    (jump,) = found(folder, coming)
    assert (jump.sort, jump.municipality, jump.usual) == ("many", "3439", 10)
