"""n of m as dots: as many as there are, filled as many as happened."""

import datetime as dt
from pathlib import Path

import plotly.graph_objects as go

from pages.charts.dots import dots
from pages.web.tokens import colour
from queries.ask import ask
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)
WORDS = ("Hver prikk er et kurs", "● evaluert  ○ ikke evaluert")


def drawn(store: Path, indicator: str, municipality: str = "cooperation") -> go.Figure:
    frame = ask(
        "monthly_series", store=store, indicator=indicator, municipality=municipality, month=OCTOBER
    )
    return dots(frame, load_all()[indicator], WORDS)


def test_there_is_a_dot_for_each_filled_for_those_that_happened(small_release: Path) -> None:
    filled, rest = drawn(small_release, "same_day_evaluation").data
    # 15 months with 4 of 8, then nine months with all eight.
    assert (len(filled.x), len(rest.x)) == (15 * 4 + 9 * 8, 15 * 4)
    assert [y for x, y in zip(filled.x, filled.y, strict=True) if x == 0] == [1, 2, 3, 4]
    assert [y for x, y in zip(rest.x, rest.y, strict=True) if x == 0] == [5, 6, 7, 8]


def test_filled_and_open_differ_in_more_than_colour(small_release: Path) -> None:
    filled, rest = drawn(small_release, "same_day_evaluation").data
    assert filled.marker.color == colour("accent")
    assert rest.marker.color == colour("paper")


def test_what_a_dot_is_stands_above(small_release: Path) -> None:
    figure = drawn(small_release, "same_day_evaluation")
    assert "<br>".join(WORDS) in [note.text for note in figure.layout.annotations]


def test_provisional_months_are_shaded_and_named(small_release: Path) -> None:
    figure = drawn(small_release, "half_year_evaluation", "3439")
    assert "foreløpig" in [note.text for note in figure.layout.annotations]
    (shade,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (shade.x0, shade.x1, shade.fillcolor) == (22.5, 23.5, colour("ribbon"))


def test_a_month_without_courses_has_no_dot(small_release: Path) -> None:
    filled, rest = drawn(small_release, "same_day_evaluation", "3439").data
    months = set(filled.x) | set(rest.x)
    assert 0 < len(months) < 24
