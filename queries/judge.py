"""Signals and assurance of released cells, from the released values alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from queries import signals
from queries.cards import Card
from queries.cell import Cell, as_row, from_row
from queries.signals import Point, Signal

TERTIALS_RECENT = 1
"""A tertial is longer than the three months for which a rule speaks: only the last one does."""


SERIES = ["indicator", "municipality_id", "grain"]


def judged(
    cells: Sequence[Cell], cards: Mapping[str, Card], still: pl.DataFrame
) -> list[dict[str, Any]]:
    """Cells that move as rows of the release's table, with what their series said at that time.

    A cell's signal looks back from its own period and never ahead, so that a month that is opened
    again later says what it said then. Breakdowns have no signal of their own.

    Args:
        still: The rows of the release before that stand still. What was said of them is said again
            as long as every cell before them in their series stands still too.

    Returns:
        A row for each cell, and for each of the rows in `still` of which something is said anew.
    """
    series: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    rows: list[dict[str, Any]] = []
    for cell in cells:
        if cell.part is None:
            series[cell.indicator, cell.municipality_id, cell.grain].append(cell)
        else:
            rows.append(as_row(cell) | _NOTHING)
    firsts = pl.DataFrame(
        [(*key, min(cell.period for cell in members)) for key, members in series.items()],
        schema={**dict.fromkeys(SERIES, pl.String), "first": pl.Date},
        orient="row",
    )
    beside = still.filter(pl.col("part").is_null()).join(firsts, on=SERIES)
    for row in beside.filter(pl.col("period") > pl.col("first")).iter_rows(named=True):
        series[row["indicator"], row["municipality_id"], row["grain"]].append(from_row(row))
    before: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    earlier = beside.filter(pl.col("period") < pl.col("first")).sort("period")
    is_settled = (pl.col("state") == "measured").alias("is_settled")
    of_point = ["period", "value", "numerator", "denominator", is_settled]
    told = earlier.group_by(SERIES, maintain_order=True).agg(of_point)
    for *whose, periods, values, numerators, denominators, settled_ones in told.iter_rows():
        columns = zip(periods, values, numerators, denominators, settled_ones, strict=True)
        before[tuple(whose)] = list(map(Point._make, columns))
    for key, members in series.items():
        card, points = cards[key[0]], before[key]
        settled = sum(map(_is_settled, points))
        for cell in sorted(members, key=lambda cell: cell.period):
            points.append(_point(cell))
            settled += _is_settled(points[-1])
            # Most of what moves is not due, or missing: of so little nothing is asked.
            is_enough = settled >= FEWEST
            said = _verdict(card, cell.grain, points) if is_enough else _too_few(card)
            rows.append(as_row(cell) | said)
    return rows


_NOTHING: dict[str, Any] = {
    "signal": None,
    "signal_rule": None,
    "signal_since": None,
    "limits_are_provisional": None,
    "centre": None,
    "assurance": None,
}


FEWEST = min(signals.FEWEST_POINTS, signals.ASSURANCE_POINTS)
"""Points below which neither a signal nor a target has anything to say."""


def _too_few(card: Card) -> dict[str, Any]:
    """What `_verdict` says of a series with fewer points than FEWEST."""
    assurance = None if card.target is None else "too_few"
    said = {"signal": "too_few", "limits_are_provisional": True, "assurance": assurance}
    return _NOTHING | said


def _is_settled(point: Point) -> bool:
    return point.is_settled and point.value is not None


def _point(cell: Cell) -> Point:
    shown = cell.shown
    return Point(
        cell.period,
        shown.value,
        shown.numerator,
        shown.denominator,
        is_settled=cell.state == "measured",
    )


def _verdict(card: Card, grain: str, points: Sequence[Point]) -> dict[str, Any]:
    found = _signal(points, card.unit, grain)
    verdict: dict[str, Any] = {
        "signal": word(found.word, card.direction),
        "signal_rule": found.rule,
        "signal_since": found.since,
        "limits_are_provisional": found.is_provisional,
        "centre": found.centre,
        "assurance": None,
    }
    if card.target is not None:
        values = [point.value if point.is_settled else None for point in points]
        verdict["assurance"] = signals.assurance(values, card.target.value, card.target.at)
    return verdict


def _signal(points: Sequence[Point], unit: str, grain: str) -> Signal:
    recent = signals.RECENT_MONTHS if grain == "month" else TERTIALS_RECENT
    return signals.signal(points, unit, recent)


def word(moved: str, direction: str) -> str:
    """What a move means for this indicator: better or worse where it has a good direction."""
    if moved in ("none", "too_few"):
        return {"none": "no_change", "too_few": "too_few"}[moved]
    if direction == "neutral":
        return {"up": "increase", "down": "decrease"}[moved]
    is_better = (moved == "up") == (direction == "higher")
    return "improvement" if is_better else "concern"
