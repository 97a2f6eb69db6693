"""Open actions by municipality and age: one column of bars per age, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pages.charts import style
from pages.charts.figure import Figure
from pages.text import number, say
from pages.web.tokens import colour

ROW = 34
"""Pixels from one municipality to the next."""

NAMES = 100
"""Pixels for the longest name, Lillehammer, and a little air."""


def ages(frame: pl.DataFrame, parts: Mapping[str, str]) -> Figure:
    """The chart of ages.

    Args:
        frame: One row per municipality in the order to show: `name` and a count per age band; the
            count is null where nothing was delivered.
        parts: The age bands' columns and their words, youngest first. The oldest is the signal.
    """
    made = style.figure(64 + ROW * frame.height, left=NAMES, right=8, top=44)
    made.spec["layout"]["margin"]["b"] = 8
    names = [style.safe(name) for name in frame["name"]]
    highest = max((value or 0 for band in parts for value in frame[band]), default=0) or 1
    width = 1 / len(parts)
    for place, (band, words) in enumerate(parts.items()):
        axis = "x" if place == 0 else f"x{place + 1}"
        is_oldest = place == len(parts) - 1
        made.axis(
            axis,
            # A little more than the highest leaves room for the figure at the bar's end.
            range=[0, highest * 1.35],
            domain=[place * width, (place + 1) * width - 0.02],
            showticklabels=False,
            showgrid=False,
            zeroline=False,
            fixedrange=True,
            anchor="y",
        )
        tone = colour("worse") if is_oldest else colour("same")
        counts = frame[band].to_list()
        made.trace(
            type="bar",
            x=[count or 0 for count in counts],
            y=names,
            xaxis=axis,
            orientation="h",
            width=0.5,
            marker={"color": tone, "line": {"width": 0}},
            text=[_words(count, is_first=place == 0) for count in counts],
            textposition="outside",
            cliponaxis=False,
            textfont={
                "size": style.size("text"),
                "color": tone if is_oldest else colour("ink"),
                "weight": 600 if is_oldest else 400,
            },
            hoverinfo="skip",
        )
        made.note(
            text="<br>".join(style.safe(line) for line in words.rsplit(" ", 1)),
            xref="paper",
            yref="paper",
            x=place * width,
            y=1,
            xanchor="left",
            yanchor="bottom",
            align="left",
            font={
                "size": style.size("note"),
                "color": tone if is_oldest else colour("quiet"),
                "weight": 600 if is_oldest else 400,
            },
        )
    made.axis("y", autorange="reversed", showgrid=False, showticklabels=False)
    for name in names:
        made.note(
            # A long name stands on two lines, so that it does not run into the bars.
            text="<br>".join(style.label_lines(name)),
            xref="paper",
            x=0,
            y=name,
            xanchor="left",
            xshift=-NAMES,
            yanchor="middle",
            font={"size": style.size("text"), "color": colour("ink")},
        )
    return made


def _words(count: int | None, *, is_first: bool) -> str:
    if count is None:
        return say("missing") if is_first else ""
    return number(count)
