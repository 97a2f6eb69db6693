"""A card that does not describe what its SQL gives is refused by the SQL's name."""

from dataclasses import replace

import polars as pl
import pytest

from queries import cards, fitting, sql
from queries.on_card import CardError
from tests.queries.worlds import OCTOBER, builder, rows, world

TOLD_BACK = cards.load_all()["told_back"]
SEATS = cards.load_all()["seats_filled"]
GIVEN = rows("told_back", world())


def refused(given: pl.DataFrame, card: cards.Card = TOLD_BACK) -> str:
    """What the card is refused with, for this answer of its SQL."""
    with pytest.raises(CardError) as error:
        fitting.refuse_misfit(card, given)
    return str(error.value)


def test_every_card_fits_its_sql() -> None:
    fitting.refuse_misfits(builder(world()), OCTOBER)


def test_every_card_fits_its_sql_over_empty_tables() -> None:
    fitting.refuse_misfits(builder(world(municipalities=[])), OCTOBER)


def test_columns_are_those_of_every_indicator_in_their_order() -> None:
    assert refused(GIVEN.drop("persons")).startswith("told_back.sql gives the columns")
    assert refused(GIVEN.rename({"period": "month"})).startswith("told_back.sql gives the columns")
    turned = GIVEN.select("period", pl.exclude("period"))
    assert refused(turned).startswith("told_back.sql gives the columns")


def test_a_day_that_is_a_moment_is_refused() -> None:
    moments = GIVEN.with_columns(pl.col("period").cast(pl.Datetime))
    assert refused(moments).startswith("told_back.sql: period is of type Datetime")


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("part", pl.Int32), ("numerator", pl.Decimal(38, 0)), ("persons", pl.Float64)],
)
def test_types_are_those_of_every_indicator(column: str, wrong: pl.DataType) -> None:
    given = GIVEN.with_columns(pl.col(column).cast(wrong))
    assert refused(given).startswith(f"told_back.sql: {column} is of type")


def test_one_place_and_period_has_one_row() -> None:
    assert "two rows" in refused(pl.concat([GIVEN, GIVEN]))


def test_a_part_that_the_card_lacks_is_named() -> None:
    part = GIVEN.with_columns(pl.lit("deputy").alias("part"))
    assert refused(part) == "told_back.sql gives the part deputy, which the card lacks"


def test_a_grain_that_nobody_knows_is_named() -> None:
    weeks = GIVEN.with_columns(pl.lit("week").alias("grain"))
    assert refused(weeks) == "told_back.sql gives the grains week"


def test_persons_are_counted_only_where_the_card_protects_them() -> None:
    persons = GIVEN.with_columns(pl.lit(3, pl.Int64).alias("persons"))
    assert "counts persons" in refused(persons)
    fitting.refuse_misfit(replace(TOLD_BACK, privacy="persons"), persons)


def test_a_count_has_nothing_below_the_line() -> None:
    assert "gives a denominator" in refused(GIVEN, replace(TOLD_BACK, unit="count"))


def test_the_cooperation_has_rows_of_its_own_only_where_the_card_says_so() -> None:
    together = GIVEN.with_columns(pl.lit("cooperation").alias("municipality_id"))
    assert "rows for the cooperation" in refused(together)
    fitting.refuse_misfit(replace(TOLD_BACK, combine="none"), together)
    assert "no rows for the cooperation" in refused(GIVEN, replace(TOLD_BACK, combine="none"))
    fitting.refuse_misfit(SEATS, rows("seats_filled", world()))


def test_the_sql_asks_for_no_more_than_the_card_lists() -> None:
    for card in cards.load_all().values():
        assert sql.parameters_of(card.path) == set(card.parameters)


def test_a_period_starts_where_its_grain_does() -> None:
    late = GIVEN.with_columns(pl.lit(OCTOBER.replace(day=2)).alias("period"))
    assert refused(late) == "told_back.sql gives 2026-10-02, on which no month starts"
    tertial = GIVEN.with_columns(pl.lit("tertial").alias("grain"))
    assert refused(tertial) == "told_back.sql gives 2026-10-01, on which no tertial starts"
    september = tertial.with_columns(pl.lit(OCTOBER.replace(month=9)).alias("period"))
    fitting.refuse_misfit(TOLD_BACK, september)


def test_tertials_of_persons_are_made_by_the_release_and_never_by_the_sql() -> None:
    persons = replace(TOLD_BACK, privacy="persons")
    tertial = GIVEN.with_columns(
        pl.lit("tertial").alias("grain"), pl.lit(OCTOBER.replace(month=9)).alias("period")
    )
    assert refused(tertial, persons) == "told_back.sql gives tertials of persons"
