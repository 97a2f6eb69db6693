"""One released number: what identifies it, what is shown of it, and how it stands in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.acts import month_end
from queries import disclosure
from queries.disclosure import Shown

CellKey = tuple[str, str, str, dt.date, str | None]
"""Indicator, municipality (or the cooperation), grain, period, part."""


@dataclass(frozen=True)
class Cell:
    """One released number, before signals.

    Attributes:
        delivered, members: Of a cooperation's cell how many municipalities are in it, of how many;
            of a municipality's tertial how many months are in it, of how many.
        frozen_in: The locked month whose lock made it stand still; None while it still moves.
    """

    indicator: str
    municipality_id: str
    grain: str
    period: dt.date
    part: str | None
    state: str
    shown: Shown
    delivered: int | None = None
    members: int | None = None
    updated_on: dt.date | None = None
    frozen_in: dt.date | None = None

    @property
    def key(self) -> CellKey:
        return (self.indicator, self.municipality_id, self.grain, self.period, self.part)


def period_end(grain: str, period: dt.date) -> dt.date:
    """The last day of a month or a tertial."""
    return month_end(period) if grain == "month" else disclosure.tertial_end(period)


def as_row(cell: Cell) -> dict[str, Any]:
    """A cell as a row of the release's table, without what signals add."""
    shown = cell.shown
    return {
        "indicator": cell.indicator,
        "municipality_id": cell.municipality_id,
        "grain": cell.grain,
        "period": cell.period,
        "part": cell.part,
        "state": cell.state,
        "numerator": shown.numerator,
        "denominator": shown.denominator,
        "value": shown.value,
        "band": shown.band,
        "denominator_band": shown.denominator_band,
        "shown": shown.how,
        "reason": shown.reason,
        "low": shown.low,
        "high": shown.high,
        "delivered": cell.delivered,
        "members": cell.members,
        "updated_on": cell.updated_on,
        "frozen_in": cell.frozen_in,
    }


def from_row(row: Mapping[str, Any]) -> Cell:
    """The cell that a row of an earlier release holds."""
    return Cell(
        indicator=row["indicator"],
        municipality_id=row["municipality_id"],
        grain=row["grain"],
        period=row["period"],
        part=row["part"],
        state=row["state"],
        shown=Shown(
            numerator=row["numerator"],
            denominator=row["denominator"],
            value=row["value"],
            band=row["band"],
            denominator_band=row["denominator_band"],
            how=row["shown"],
            reason=row["reason"],
            low=row["low"],
            high=row["high"],
        ),
        delivered=row["delivered"],
        members=row["members"],
        updated_on=row["updated_on"],
        frozen_in=row["frozen_in"],
    )


def key_of(row: Mapping[str, Any]) -> CellKey:
    """What identifies the cell in a row of a release."""
    return (
        row["indicator"],
        row["municipality_id"],
        row["grain"],
        row["period"],
        row["part"],
    )
