"""n of m, month by month, as dots: filled for each that happened, open for the rest."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pages.charts import style
from pages.charts.figure import Figure
from pages.charts.style import Row
from pages.text import cells, month, say
from pages.web.tokens import colour
from queries.cards import Card

DOT = 10.0
"""Pixels across: 24 of them stand beside each other on a phone."""

ROW = 19
"""Pixels from one dot to the one above it."""

FEWEST_ROWS = 3
"""A chart of single dots still has room for its words."""


def dots(
    frame: pl.DataFrame, card: Card, words: tuple[str, str], decisions: Sequence[Row] = ()
) -> Figure:
    """The chart of a share of few.

    Args:
        frame: Cells of one indicator and one municipality, one per month, in order.
        card: The indicator's card.
        words: What one dot is; what filled and open mean.
        decisions: Rows with `decided_on` and `text`, drawn as dated marks.
    """
    rows = frame.to_dicts()
    months = frame["period"].to_list()
    highest = max([FEWEST_ROWS, *(round(row["denominator"] or 0) for row in rows)])
    # One row more than the highest column, for a word above it and for the dates of decisions.
    lines = style.event_rows(months, decisions)
    lowest, top = 0.3 - lines, highest + 1.4
    made = style.figure(round(98 + ROW * (top - lowest)), left=8, right=8)
    style.month_axis(made, months)
    made.axis("y", range=[lowest, top], showticklabels=False, showgrid=False)
    style.gaps(made, rows)
    style.provisional(made, rows)
    style.events(made, months, decisions, ROW)
    style.direction(made, *words)
    _baseline(made)
    _draw(made, rows, card, is_filled=True)
    _draw(made, rows, card, is_filled=False)
    return made


def _baseline(made: Figure) -> None:
    made.shape(
        type="line",
        xref="paper",
        yref="paper",
        x0=0,
        x1=1,
        y0=0,
        y1=0,
        line={"color": colour("line"), "width": 1},
        layer="below",
    )


def _draw(made: Figure, rows: Sequence[Row], card: Card, *, is_filled: bool) -> None:
    places: list[int] = []
    heights: list[int] = []
    hover: list[str] = []
    for place, row in enumerate(rows):
        done, whole = round(row["numerator"] or 0), round(row["denominator"] or 0)
        here = range(1, done + 1) if is_filled else range(done + 1, whole + 1)
        told = say(
            "{month}: {value}", month=month(row["period"]), value=cells.shown_text(row, card)
        )
        places += [place] * len(here)
        heights += here
        hover += [style.wrapped(told)] * len(here)
    tone = colour("accent")
    made.trace(
        type="scatter",
        x=places,
        y=heights,
        mode="markers",
        cliponaxis=False,
        marker={
            "size": DOT,
            "color": tone if is_filled else colour("paper"),
            "line": {"color": tone if is_filled else colour("worse"), "width": 1.8},
        },
        hovertext=hover,
        hoverinfo="text",
    )
