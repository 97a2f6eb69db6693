"""Of what stands still nothing is counted anew, and of what does not everything is."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from queries import cards, combine, fitting, moving
from queries.cell import Cell
from queries.disclosure import COOPERATION
from queries.truth import Measured

LOADED = cards.load_all()
PLACES = ("3405", "3439")
MONTHS = [dt.date(2026, month, 1) for month in range(1, 9)]
PERSONS, ANSWERS, COUNTED = "participants", "response_rate_same_day", "same_day_evaluation"


def measured(indicator: str) -> Measured:
    """Two municipalities and two tertials, and one line of the breakdown where there are any."""
    parts = [None, *list(LOADED[indicator].parts)[:1]]
    rows = [
        (place, month, "month", part, 3, 4 if LOADED[indicator].unit == "share" else None, None)
        for place in PLACES
        for month in MONTHS
        for part in parts
    ]
    schema = {name: types[0] for name, types in fitting.COLUMNS.items()}
    known = [(place, month, "measured", None) for place in PLACES for month in MONTHS]
    columns = {
        "municipality_id": pl.String,
        "period": pl.Date,
        "state": pl.String,
        "updated_on": pl.Date,
    }
    return Measured(
        pl.DataFrame(rows, schema=schema, orient="row"),
        pl.DataFrame(known, schema=columns, orient="row"),
    )


def cells(indicator: str, of: Measured) -> list[Cell]:
    card = LOADED[indicator]
    return combine.cells(card, of.rows.counted, of.rows.states, parts=of.parts)


def moving_of(indicator: str, whole: Measured, still: pl.DataFrame) -> Measured:
    """What moves of one indicator, beside another one of which everything does."""
    other = PERSONS if indicator != PERSONS else COUNTED
    found = moving.still_moving(LOADED, {indicator: whole, other: measured(other)}, still)
    assert found[other].counted.equals(measured(other).counted)
    return found[indicator]


def standing(found: list[Cell]) -> pl.DataFrame:
    schema = {
        "indicator": pl.String,
        "municipality_id": pl.String,
        "grain": pl.String,
        "period": pl.Date,
        "part": pl.String,
    }
    return pl.DataFrame([one.key for one in found], schema=schema, orient="row")


@pytest.mark.parametrize("indicator", [PERSONS, ANSWERS, COUNTED])
def test_where_everything_stands_still_nothing_is_counted_anew(indicator: str) -> None:
    whole = measured(indicator)
    left = moving_of(indicator, whole, standing(cells(indicator, whole)))
    assert left.counted.is_empty()
    assert left.known.is_empty()


@pytest.mark.parametrize("indicator", [PERSONS, ANSWERS, COUNTED])
def test_whichever_number_still_moves_it_is_counted_anew_as_with_all_the_others(
    indicator: str,
) -> None:
    whole = measured(indicator)
    found = cells(indicator, whole)
    for one in found:
        still = standing([other for other in found if other != one])
        left = moving_of(indicator, whole, still)
        again = combine.cells(
            LOADED[indicator], left.rows.counted, left.rows.states, parts=whole.parts
        )
        assert one in again
        assert set(again) <= set(found)
        assert left.counted["period"].n_unique() == (1 if indicator == COUNTED else 4)


def test_a_line_that_a_tertial_has_no_rows_of_is_shown_of_it_all_the_same() -> None:
    whole = measured(PERSONS)
    late = pl.col("part").is_null() | (pl.col("period") >= MONTHS[4])
    whole = Measured(whole.counted.filter(late), whole.known)
    found = cells(PERSONS, whole)
    line = next(one for one in found if one.part is not None and one.period == MONTHS[0])
    assert line.municipality_id == COOPERATION
    left = moving_of(PERSONS, whole, standing([other for other in found if other != line]))
    again = combine.cells(LOADED[PERSONS], left.rows.counted, left.rows.states, parts=whole.parts)
    assert line in again


@pytest.mark.parametrize("indicator", [PERSONS, COUNTED])
def test_an_indicator_without_any_row_is_left_as_it_is(indicator: str) -> None:
    whole = measured(indicator)
    empty = Measured(whole.counted.clear(), whole.known)
    assert moving_of(indicator, empty, standing([])) is empty
    assert moving.still_moving(LOADED, {indicator: empty}, standing([]))[indicator] is empty
