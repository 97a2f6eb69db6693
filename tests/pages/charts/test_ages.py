"""Open actions by age: one scale for all, a figure at every bar, missing said in a word."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pages.charts.ages import ages
from queries.ask import ask

OCTOBER = dt.date(2026, 10, 1)
BANDS = {
    "days_0_30": "0–30 dager",
    "days_31_90": "31–90 dager",
    "days_91_180": "91–180 dager",
    "days_over_180": "over 180 dager",
}


def by_age(store: Path) -> Any:
    return ask("actions_by_age", store=store, municipality="cooperation", month=OCTOBER)


def test_every_bar_has_its_figure_and_its_released_length(small_release: Path) -> None:
    frame = by_age(small_release)
    figure = ages(frame, BANDS)
    for trace, band in zip(figure.data, BANDS, strict=True):
        assert list(trace.x) == frame[band].to_list()
        assert list(trace.text) == [str(count) for count in frame[band]]


def test_all_columns_have_one_scale(small_release: Path) -> None:
    layout = ages(by_age(small_release), BANDS).layout
    ranges = {layout[axis].range for axis in ("xaxis", "xaxis2", "xaxis3", "xaxis4")}
    assert len(ranges) == 1


def test_a_municipality_without_a_file_is_missing_and_not_zero(
    released: Callable[[Any], Path], tables: dict[str, list[dict[str, Any]]]
) -> None:
    for row in tables["cells"]:
        if row["municipality_id"] == "3439" and row["indicator"] == "open_actions":
            row |= {"state": "missing", "numerator": None, "value": None, "shown": "none"}
    frame = by_age(released(tables))
    place = frame["name"].to_list().index("Ringebu")
    youngest = ages(frame, BANDS).data[0]
    assert youngest.text[place] == "mangler"
    assert [trace.text[place] for trace in ages(frame, BANDS).data[1:]] == ["", "", ""]


def test_municipalities_stand_in_the_order_of_the_alphabet(small_release: Path) -> None:
    figure = ages(by_age(small_release), BANDS)
    assert figure.data[0].y[0] == "Gausdal"
    assert figure.data[0].y[-1] == "Øyer"
    assert figure.layout.yaxis.autorange == "reversed"


def test_a_long_name_stands_on_several_lines_and_keeps_its_bars(
    released: Callable[[Any], Path], tables: dict[str, list[dict[str, Any]]]
) -> None:
    for row in tables["municipalities"]:
        if row["municipality_id"] == "3439":
            row["name"] = "Kensington and Chelsea"
    figure = ages(by_age(released(tables)), BANDS)
    (name,) = [each for each in figure.layout.annotations if "Chelsea" in str(each.text)]
    assert name.text == "Kensington<br>and Chelsea"
    assert name.y in figure.data[0].y
