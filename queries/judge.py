"""Signals and assurance of released cells, from the released values alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from queries import signals
from queries.cards import Card
from queries.cell import Cell, CellKey, as_row
from queries.signals import Point, Signal

TERTIALS_RECENT = 1
"""A tertial is longer than the three months for which a rule speaks: only the last one does."""


def judged(
    cells: Sequence[Cell],
    cards: Mapping[str, Card],
    before: Mapping[CellKey, Mapping[str, Any]] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """Every cell as a row of the release's table, with what its series said at that time.

    A cell's signal looks back from its own period and never ahead, so that a month that is opened
    again later says what it said then. Breakdowns have no signal of their own.

    Args:
        before: Rows of the release before. As long as every cell of a series stood still in it,
            what was said of them is said again.
    """
    series: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    rows: list[dict[str, Any]] = []
    for cell in cells:
        if cell.part is None:
            series[cell.indicator, cell.municipality_id, cell.grain].append(cell)
        else:
            rows.append(as_row(cell) | _NOTHING)
    for (indicator, _, grain), members in series.items():
        ordered = sorted(members, key=lambda cell: cell.period)
        points = tuple(_point(cell) for cell in ordered)
        is_as_before = True
        for place, cell in enumerate(ordered):
            earlier = before.get(cell.key)
            is_as_before &= earlier is not None and earlier["frozen_in"] is not None
            if is_as_before and earlier is not None:
                rows.append(dict(earlier))
            else:
                rows.append(as_row(cell) | _verdict(cards[indicator], grain, points[: place + 1]))
    return rows


_NOTHING: dict[str, Any] = {
    "signal": None,
    "signal_rule": None,
    "signal_since": None,
    "limits_are_provisional": None,
    "centre": None,
    "assurance": None,
}


def _point(cell: Cell) -> Point:
    shown = cell.shown
    return Point(
        cell.period,
        shown.value,
        shown.numerator,
        shown.denominator,
        is_settled=cell.state == "measured",
    )


def _verdict(card: Card, grain: str, points: tuple[Point, ...]) -> dict[str, Any]:
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


def _signal(points: tuple[Point, ...], unit: str, grain: str) -> Signal:
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
