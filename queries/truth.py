"""The true numbers that a release is made of, as its indicators count them; nobody sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from functools import cached_property

import polars as pl

from queries import fitting, sql
from queries.cards import Card
from queries.combine import Counted, State
from queries.gate import Rows

QUESTIONS_AT_ONCE = 2
"""Indicators that are asked side by side: of so small a question DuckDB has little to share out."""


@dataclass(frozen=True)
class Measured:
    """What the SQL gave for one indicator.

    Attributes:
        counted: Its rows, with the columns that `fitting` names.
        known: The states of its months: municipality_id, period, state, updated_on.
    """

    counted: pl.DataFrame
    known: pl.DataFrame

    def within(self, months: pl.Series) -> Measured:
        """The same of these months alone, or of the tertials that begin in them."""
        is_in = pl.col("period").is_in(months.implode())
        counted = self.counted.filter(is_in)
        # A row of a tertial rests on all its months.
        whole = counted.filter(pl.col("grain") == "tertial")["period"].unique()
        is_of = pl.any_horizontal(
            pl.col("period").dt.offset_by(f"-{back}mo").is_in(whole.implode()) for back in range(4)
        )
        return Measured(counted, self.known.filter(is_in | is_of))

    @property
    def parts(self) -> list[str]:
        """The lines of its breakdown, of all months."""
        return sorted(self.counted["part"].drop_nulls().unique().to_list())

    @cached_property
    def rows(self) -> Rows:
        """The same for what works cell by cell."""
        counted = self.counted.select(field.name for field in fields(Counted))
        return Rows(
            [Counted(*row) for row in counted.iter_rows()],
            {
                (who, month): State(state, updated_on)
                for who, month, state, updated_on in self.known.iter_rows()
            },
        )


class EveryRow(Mapping[str, Rows]):
    """The rows of indicators, each made of its frame when somebody asks for it."""

    def __init__(self, measured: Mapping[str, Measured]) -> None:
        self.measured = measured

    def __getitem__(self, indicator: str) -> Rows:
        return self.measured[indicator].rows

    def __contains__(self, indicator: object) -> bool:
        return indicator in self.measured

    def __iter__(self) -> Iterator[str]:
        return iter(self.measured)

    def __len__(self) -> int:
        return len(self.measured)


def every_row(
    connection: sql.Connection, asked: Iterable[Card], first: dt.date, last: dt.date
) -> EveryRow:
    """The true rows of indicators in these months, and the states of their months."""
    period = {"first_month": first, "last_month": last}
    states = sql.run(connection, sql.FOLDER / "states.sql", **period)
    known = {
        str(indicator): frame.drop("indicator")
        for (indicator,), frame in states.partition_by("indicator", as_dict=True).items()
    }

    def measured(card: Card) -> Measured:
        counted = sql.run(connection, card.path, **period)
        fitting.refuse_misfit(card, counted)
        return Measured(counted, known.get(card.id, states.clear().drop("indicator")))

    asked = list(asked)
    with ThreadPoolExecutor(QUESTIONS_AT_ONCE) as pool:
        found = {card.id: one for card, one in zip(asked, pool.map(measured, asked), strict=True)}
    return EveryRow(found)
