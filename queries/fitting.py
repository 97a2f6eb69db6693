"""Refuses, by name, a card that does not describe what its SQL gives."""

from __future__ import annotations

import datetime as dt

import polars as pl

from queries import cards, sql
from queries.cards import Card
from queries.disclosure import COOPERATION
from queries.on_card import CardError

COLUMNS = {
    "municipality_id": (pl.String,),
    "period": (pl.Date,),
    "grain": (pl.String,),
    "part": (pl.String,),
    "numerator": (pl.Int64, pl.Int32, pl.Float64),
    "denominator": (pl.Int64, pl.Int32, pl.Float64),
    "persons": (pl.Int64, pl.Int32),
}
"""What every indicator's SQL gives, in this order; a day that is a timestamp is not a day."""


def refuse_misfit(card: Card, rows: pl.DataFrame) -> None:
    """Refuse a card that does not describe what its SQL gave.

    Args:
        rows: What the SQL gave, over the real tables or over empty ones; of empty ones only the
            columns and their types can be judged.

    Raises:
        CardError: Columns, types, parts or rows are not those that the card says.
    """
    name = card.path.name
    if rows.columns != list(COLUMNS):
        raise CardError(f"{name} gives the columns {', '.join(rows.columns)}")
    for column, types in COLUMNS.items():
        if rows.schema[column] not in types:
            raise CardError(f"{name}: {column} is of type {rows.schema[column]}")
    if rows.select("municipality_id", "period", "grain", "part").is_duplicated().any():
        raise CardError(f"{name} gives two rows for one municipality, period and part")
    grains = set(rows["grain"].to_list())
    if not grains <= {"month", "tertial"}:
        raise CardError(f"{name} gives the grains {', '.join(sorted(map(str, grains)))}")
    if "tertial" in grains and card.privacy != "none":
        # What is about persons or answers comes by month, and is shown by fixed grains.
        raise CardError(f"{name} gives tertials of {card.privacy}")
    is_first = pl.col("period").dt.day() == 1
    is_grain = (pl.col("grain") == "month") | pl.col("period").dt.month().is_in([1, 5, 9])
    is_whole = pl.col("part").is_null()
    # One question for all: each by itself took longer than the indicator's own rows.
    told = rows.select(
        is_odd=(~(is_first & is_grain)).any(),
        has_denominator=(is_whole & pl.col("denominator").is_not_null()).any(),
        has_persons=pl.col("persons").is_not_null().any(),
        has_cooperation=(pl.col("municipality_id") == COOPERATION).any(),
    ).row(0, named=True)
    if told["is_odd"]:
        odd = rows.filter(~(is_first & is_grain)).row(0, named=True)
        raise CardError(f"{name} gives {odd['period']}, on which no {odd['grain']} starts")
    unlisted = set(rows["part"].to_list()) - {None, *card.parts}
    if unlisted and card.parts_from is None:
        raise CardError(f"{name} gives the part {min(unlisted)}, which the card lacks")
    if card.unit != "share" and told["has_denominator"]:
        raise CardError(f"{name} gives a denominator, and {card.unit} has none")
    if card.privacy == "none" and told["has_persons"]:
        raise CardError(f"{name} counts persons, and the card says there are none")
    if card.combine != "none" and told["has_cooperation"]:
        raise CardError(f"{name} gives rows for the cooperation, and the card adds them up")
    if card.combine == "none" and not told["has_cooperation"] and not rows.is_empty():
        raise CardError(f"{name} gives no rows for the cooperation, and nobody else does")


def refuse_misfits(connection: sql.Connection, month: dt.date) -> None:
    """Refuse the first card that does not fit its SQL, run for one month over these tables.

    Raises:
        CardError: As `refuse_misfit`.
    """
    for card in cards.load_all().values():
        refuse_misfit(card, sql.run(connection, card.path, first_month=month, last_month=month))
