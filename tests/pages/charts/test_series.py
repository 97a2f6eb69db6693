"""A line of 24 months: every state is drawn as what it is, and the good way is said in words."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest

from pages.charts.series import series
from pages.web.tokens import colour
from queries.ask import ask
from queries.cards import load_all

OCTOBER = dt.date(2026, 10, 1)


def cells(store: Path, indicator: str, municipality: str = "cooperation") -> pl.DataFrame:
    return ask(
        "monthly_series", store=store, indicator=indicator, municipality=municipality, month=OCTOBER
    )


def drawn(store: Path, indicator: str, municipality: str = "cooperation") -> go.Figure:
    return series(cells(store, indicator, municipality), load_all()[indicator]).checked()


def words(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def line(figure: go.Figure) -> go.Scatter:
    (found,) = [trace for trace in figure.data if isinstance(trace, go.Scatter)]
    return found


def test_the_line_holds_the_released_values_and_nothing_else(small_release: Path) -> None:
    frame = cells(small_release, "told_back")
    assert list(line(drawn(small_release, "told_back")).y) == frame["value"].to_list()


def test_a_missing_month_is_a_gap_with_its_word(small_release: Path) -> None:
    figure = drawn(small_release, "activities_held", "3438")
    assert line(figure).connectgaps is False
    assert [place for place, y in enumerate(line(figure).y) if y is None] == [11, 12]
    # The two months beside each other have one shade and one word.
    assert words(figure).count("mangler") == 1
    (shade,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (shade.x0, shade.x1) == (10.5, 12.5)


@pytest.mark.parametrize("centre", [0.25, 0.75])
def test_the_middle_is_a_line_with_its_name(small_release: Path, centre: float) -> None:
    frame = cells(small_release, "told_back").with_columns(centre=pl.lit(centre))
    figure = series(frame, load_all()["told_back"]).checked()
    (middle,) = [shape for shape in figure.layout.shapes if shape.y0 == shape.y1 == centre]
    assert middle.line.dash is None
    assert f"— midten: {round(centre * 100)}\xa0%" in words(figure)


def test_a_middle_above_all_that_is_drawn_is_drawn_too(small_release: Path) -> None:
    # It is of the first months, which may all lie before those of the chart.
    frame = cells(small_release, "activities_held").with_columns(centre=pl.lit(200.0))
    figure = series(frame, load_all()["activities_held"]).checked()
    assert figure.layout.yaxis.range[1] > 200


def test_without_judgement_there_is_no_middle(small_release: Path) -> None:
    frame = cells(small_release, "told_back").with_columns(centre=pl.lit(None, pl.Float64))
    figure = series(frame, load_all()["told_back"]).checked()
    assert not [said for said in words(figure) if "midten" in said]


def test_a_hidden_month_says_that_it_is_hidden(small_release: Path) -> None:
    assert "vises ikke" in words(drawn(small_release, "participants"))


def test_a_number_known_as_a_range_is_drawn_as_that_range(small_release: Path) -> None:
    figure = drawn(small_release, "participants")
    (bars,) = [trace for trace in figure.data if isinstance(trace, go.Bar)]
    assert set(bars.base) == {20.0}
    assert set(bars.y) == {29.0}
    places = [place for place, y in enumerate(line(figure).y) if y is None]
    assert set(bars.x) <= set(places)


def test_an_open_range_reaches_the_top(
    released: Callable[[Any], Path], tables: dict[str, list[dict[str, Any]]]
) -> None:
    for row in tables["cells"]:
        if row["indicator"] == "participants" and row.get("band") and row["grain"] == "month":
            row["band"] = "50+"
    figure = drawn(released(tables), "participants")
    (bars,) = [trace for trace in figure.data if isinstance(trace, go.Bar)]
    top = figure.layout.yaxis.range[1]
    assert [base + height for base, height in zip(bars.base, bars.y, strict=True)] == [top] * 6


def test_the_target_is_a_dotted_line_with_its_standing(small_release: Path) -> None:
    figure = drawn(small_release, "told_back")
    assert "mål: 100\u00a0% (forslag)" in words(figure)
    assert any(shape.y0 == 1.0 and shape.line.dash == "dot" for shape in figure.layout.shapes)


def test_the_good_way_is_said_in_words(small_release: Path) -> None:
    assert any("høyere er bedre" in text for text in words(drawn(small_release, "told_back")))
    assert any("lavere er bedre" in text for text in words(drawn(small_release, "overdue_actions")))


def test_the_newest_point_is_named_and_open_while_it_may_grow(small_release: Path) -> None:
    figure = drawn(small_release, "told_back")
    assert any(
        "foreløpig" in text and "av 4" in text.replace("<br>", " ") for text in words(figure)
    )
    assert line(figure).marker.color[-1] == colour("paper")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        # Nothing was sent in the newest month.
        ({"shown": "exact", "reason": "nothing_held", "numerator": 0.0}, "ingen utsending"),
        # Answers without a list of those asked: a band of answers on an axis of shares.
        ({"shown": "band", "reason": "no_list_of_asked", "band": "50+"}, "50 eller flere svar"),
        ({"shown": "band", "reason": "no_list_of_asked", "band": "0-9"}, "under 10 svar"),
    ],
)
def test_a_newest_month_without_a_share_is_shaded_and_says_why_upright(
    released: Callable[[Any], Path],
    tables: dict[str, list[dict[str, Any]]],
    facts: dict[str, Any],
    said: str,
) -> None:
    nothing = dict.fromkeys(("numerator", "denominator", "value", "band", "denominator_band"))
    for row in tables["cells"]:
        if (row["indicator"], row["period"]) == ("response_rate_same_day", OCTOBER):
            row |= {"state": "measured", **nothing, **facts}
    figure = drawn(released(tables), "response_rate_same_day")
    (label,) = [
        note for note in figure.layout.annotations if note.text.replace("<br>", " ") == said
    ]
    assert label.textangle == -90, "at the foot of the axis it would look like zero"
    assert any(shape.x0 == 22.5 and shape.x1 == 23.5 for shape in figure.layout.shapes)


def test_colour_tells_what_the_signal_says(
    released: Callable[[Any], Path], tables: dict[str, list[dict[str, Any]]]
) -> None:
    for row in tables["cells"]:
        if row["indicator"] == "overdue_actions" and row["period"] == OCTOBER:
            row["signal"] = "concern"
    figure = drawn(released(tables), "overdue_actions")
    assert line(figure).marker.color[-1] == colour("worse")


def test_hovering_says_the_month_and_the_value_in_norwegian(small_release: Path) -> None:
    told = line(drawn(small_release, "feedback_freshness")).hovertext
    assert told[-1] == "oktober 2026: 53 dager"


def test_an_empty_series_is_an_empty_chart_and_no_error(small_release: Path) -> None:
    empty = cells(small_release, "participants", "3439")
    assert empty.is_empty()
    assert series(empty, load_all()["participants"]).layout.height
