"""One released number, and its row."""

import datetime as dt

from queries import cell
from queries.cell import Cell
from queries.disclosure import COOPERATION, Shown

OCTOBER, DAY = dt.date(2026, 10, 1), dt.date(2026, 11, 4)


def test_a_cell_survives_its_row_in_a_release() -> None:
    before = Cell(
        "same_day_evaluation",
        COOPERATION,
        "month",
        OCTOBER,
        None,
        "measured",
        Shown(1.0, 2.0, 0.5, how="exact"),
        delivered=5,
        members=6,
        updated_on=DAY,
        frozen_in=OCTOBER,
    )
    assert cell.from_row(cell.as_row(before)) == before
    assert cell.key_of(cell.as_row(before)) == before.key


def test_a_period_ends_with_its_last_day() -> None:
    assert cell.period_end("month", dt.date(2028, 2, 1)) == dt.date(2028, 2, 29)
    assert cell.period_end("tertial", dt.date(2026, 9, 1)) == dt.date(2026, 12, 31)
