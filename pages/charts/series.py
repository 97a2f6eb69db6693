"""One indicator over 24 months: a thin line, gaps where nothing is shown, the newest named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import polars as pl

from pages.charts import style
from pages.charts.figure import Figure
from pages.charts.style import Row
from pages.text import cells, month, say
from pages.text.axes import DIRECTIONS, counted_words
from pages.web.tokens import colour
from queries.cards import Card

HEIGHT = 300
"""Pixels: two charts and their headings fit a projected page."""

TONES = {"improvement": "better", "concern": "worse", "increase": "change", "decrease": "change"}


def series(frame: pl.DataFrame, card: Card, decisions: Sequence[Row] = ()) -> Figure:
    """The chart of a monthly series.

    Args:
        frame: Cells of one indicator and one municipality, one per month, in order.
        card: The indicator's card.
        decisions: Rows with `decided_on` and `text`, drawn as dated marks.
    """
    rows = frame.to_dicts()
    months: list[dt.date] = frame["period"].to_list()
    newest = rows[-1] if rows else None
    bands = [_band_edges(row) for row in rows]
    off_axis = _off_axis(rows, bands, card)
    words = "" if off_axis and off_axis[-1] else _newest_words(newest, card)
    lines = style.event_rows(months, decisions)
    made = style.figure(HEIGHT + style.LINE * lines, right=style.label_room(words) if words else 16)
    top = style.value_axis(made, card.unit, _highest(rows, bands, card), lines_below=lines)
    style.month_axis(made, months)
    style.gaps(made, rows, off_axis)
    style.direction(made, counted_words(card), say(DIRECTIONS[card.direction]))
    if card.target is not None:
        words_of_target = say("target: {target}", target=cells.target_text(card))
        style.target(made, card.target.value, words_of_target, frame["value"].to_list())
    if newest is not None and (middle := cells.middle_value(newest, card)):
        # What is said to have changed lies on one side of it for long, or far from it.
        style.middle(made, newest["centre"], say("middle: {value}", value=middle))
    style.events(made, months, decisions, style.LINE)
    _draw_bands(made, rows, bands, top, card)
    _draw_line(made, rows, card)
    if newest is not None and words:
        height = _height(newest, bands[-1], top)
        style.last_label(made, len(rows) - 1, height, words, _tone(newest))
    return made


def _off_axis(rows: Sequence[Row], bands: Sequence[Any], card: Card) -> list[str | None]:
    """What months say that have no place on an axis of per cent: a band counts answers.

    So does the newest month where there was nothing to count: at the foot it would look like zero.
    It says its number; of earlier ones the table does, since the words would stand in a crowd.
    """
    if card.unit != "share":
        return []
    return [say("no percentage") if band else None for band in bands[:-1]] + [
        _newest_words(row, card) if row["value"] is None else None for row in rows[-1:]
    ]


def _height(row: Row, band: tuple[float, float | None] | None, top: float) -> float:
    """Where the words of a cell stand: at its value, amid its band, or else at the foot."""
    if row["value"] is not None:
        return float(row["value"])
    if band is None:
        return 0.0
    low, high = band
    return (low + min(high or top, top)) / 2


def _newest_words(row: Row | None, card: Card) -> str:
    if row is None or row["state"] not in ("measured", "provisional"):
        return ""
    return "" if row["shown"] == "none" else cells.shown_text(row, card)


def _tone(row: Row) -> str:
    return colour(TONES.get(row["signal"] or "", "ink"))


def _band_edges(row: Row) -> tuple[float, float | None] | None:
    """The lowest and the highest number of a band; no highest for the open one."""
    if row["shown"] != "band" or row["band"] is None or row["value"] is not None:
        return None
    low, _, high = row["band"].rstrip("+").partition("-")
    return float(low), float(high) if high else None


def _highest(rows: Sequence[Row], bands: Sequence[Any], card: Card) -> float:
    values = [row["value"] for row in rows if row["value"] is not None]
    # The open band needs room above its lower edge to be seen as open.
    values += [edges[1] or edges[0] * 1.4 for edges in bands if edges]
    if card.target is not None:
        values.append(card.target.value)
    if rows and rows[-1].get("centre") is not None:
        # Of the first months, which may all lie before those that are drawn.
        values.append(rows[-1]["centre"])
    return max(values, default=1.0)


def _hover(row: Row, card: Card) -> str:
    when = month(row["period"])
    return style.wrapped(say("{month}: {value}", month=when, value=cells.shown_text(row, card)))


def _draw_bands(
    made: Figure, rows: Sequence[Row], bands: Sequence[Any], top: float, card: Card
) -> None:
    """A number that is known only as a range is drawn as that range."""
    known = [(place, edges) for place, edges in enumerate(bands) if edges]
    if card.unit == "share" or not known:
        return
    made.trace(
        type="bar",
        x=[place for place, _ in known],
        base=[low for _, (low, _) in known],
        y=[(top * style.HEADROOM if high is None else high) - low for _, (low, high) in known],
        width=0.5,
        marker={"color": colour("edge"), "opacity": 0.55, "line": {"width": 0}},
        hovertext=[_hover(rows[place], card) for place, _ in known],
        hoverinfo="text",
    )


def _draw_line(made: Figure, rows: Sequence[Row], card: Card) -> None:
    values = [row["value"] for row in rows]
    hover = [_hover(row, card) for row in rows]
    last = len(rows) - 1
    is_open = [row["state"] == "provisional" for row in rows]
    fills = [colour("paper") if is_open[place] else colour("same") for place in range(len(rows))]
    edges = [colour("same")] * len(rows)
    sizes = [7.0] * len(rows)
    if rows:
        tone = _tone(rows[last])
        edges[last], sizes[last] = tone, 12.0
        fills[last] = colour("paper") if is_open[last] else tone
    made.trace(
        type="scatter",
        x=list(range(len(rows))),
        y=values,
        mode="lines+markers",
        connectgaps=False,
        cliponaxis=False,
        line={"color": colour("same"), "width": 2},
        marker={
            "size": sizes,
            "color": fills,
            "opacity": 1,
            "line": {"color": edges, "width": 2},
        },
        hovertext=hover,
        hoverinfo="text",
    )
