"""The drawings of the stage: large enough to read, whole, and what is not known drawn as that."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from pages.charts import ink
from pages.charts.drawing import Chart, Event, Goal, Point, Table
from pages.charts.stage import svg
from pages.web.tokens import colour

SVG = "{http://www.w3.org/2000/svg}"
WIDTH, HEIGHT = 660, 430


def month(place: int) -> dt.date:
    return dt.date(2024 + (10 + place) // 12, (10 + place) % 12 + 1, 1)


def points(count: int = 24) -> tuple[Point, ...]:
    """Months from November 2024, each with a number."""
    return tuple(
        Point(f"m{place}", f"{place} av 30", month(place), value=place / 30)
        for place in range(count)
    )


CHART = Chart(
    kind="months",
    title="Tilbakemeldt til brukerne",
    unit="share",
    points=points(),
    counted="prosent av ferdige tiltak",
    direction="høyere er bedre",
    newest="23 av 30",
    alt="24 måneder",
    table=Table("Tall", ("Måned", "Tall"), (("oktober", "23 av 30"),)),
    tone="better",
    goal=Goal(1.0, "mål: minst 100 % (forslag)"),
    events=(Event(dt.date(2026, 3, 12), "vedtak 12. mars 2026"),),
)

BARS = replace(
    CHART,
    kind="bars",
    unit="count",
    points=(
        Point("Ønsket endring", "41", value=41.0),
        Point("Meldt tilbake til brukerne", "27 av 41", value=27.0, is_leak=True),
        Point("Ingen", "0 av 41", value=0.0),
    ),
    goal=None,
    events=(),
    newest="",
)


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(svg(chart, WIDTH, HEIGHT))


def texts(chart: Chart) -> list[str]:
    return [each.text or "" for each in drawn(chart).iter(f"{SVG}text")]


def with_point(place: int, point: Point) -> Chart:
    here = list(CHART.points)
    here[place] = point
    return replace(CHART, points=tuple(here))


def boxes(chart: Chart) -> Iterator[tuple[str, float, float, float, float]]:
    """Every text, level or upright, with about where it is."""
    for each in drawn(chart).iter(f"{SVG}text"):
        size, words = float(each.get("font-size", "0")), each.text or ""
        width = ink.width_of(words, round(size))
        x = float(each.get("x", "0"))
        left = {"middle": x - width / 2, "end": x - width}.get(each.get("text-anchor", ""), x)
        y = float(each.get("y", "0"))
        if each.get("transform"):
            yield words, x - size * 0.8, x + size * 0.2, y - width, y
            continue
        yield words, left, left + width, y - size * 0.8, y + size * 0.2


@pytest.mark.parametrize("chart", [CHART, BARS], ids=["months", "bars"])
def test_no_text_is_smaller_than_the_back_row_can_read(chart: Chart) -> None:
    sizes = [float(each.get("font-size", "0")) for each in drawn(chart).iter(f"{SVG}text")]
    assert sizes
    assert min(sizes) >= 18


@pytest.mark.parametrize("chart", [CHART, BARS], ids=["months", "bars"])
def test_every_text_lies_within_the_drawing(chart: Chart) -> None:
    for words, left, right, top, bottom in boxes(chart):
        assert left >= -1, words
        assert right <= WIDTH + 12, words
        assert top >= -1, words
        assert bottom <= HEIGHT + 1, words


@pytest.mark.parametrize("events", [0, 1, 3])
def test_no_two_texts_lie_over_each_other(events: int) -> None:
    days = [dt.date(2026, 3, 12), dt.date(2026, 4, 9), dt.date(2026, 10, 13)][:events]
    chart = replace(
        CHART, events=tuple(Event(day, f"vedtak {day.day}. april 2026") for day in days)
    )
    assert_apart(chart)


@pytest.mark.parametrize("missing", [range(8), range(24), range(16, 24), [2, 20]])
@pytest.mark.parametrize("goal", [1.0, 0.3, 0.1, 0.0])
def test_the_word_of_a_gap_and_that_of_the_target_keep_apart(
    missing: Sequence[int], goal: float
) -> None:
    gaps = [
        replace(point, value=None, gap="ikke ennå") if place in missing else point
        for place, point in enumerate(CHART.points)
    ]
    words = "mål: høyst 30 dager (forslag)"
    assert_apart(replace(CHART, points=tuple(gaps), goal=Goal(goal, words), events=(), newest=""))


def assert_apart(chart: Chart) -> None:
    found = list(boxes(chart))
    for place, (words, left, right, top, bottom) in enumerate(found):
        for other, left_2, right_2, top_2, bottom_2 in found[place + 1 :]:
            apart = right <= left_2 or right_2 <= left or bottom <= top_2 or bottom_2 <= top
            assert apart, (words, other)


def level_of_middle(chart: Chart) -> str | None:
    (found,) = (one for one in drawn(chart).iter(f"{SVG}line") if one.get("class") == "line-edge")
    assert found.get("y1") == found.get("y2")
    return found.get("y1")


def test_the_middle_is_drawn_at_its_own_height_and_named_beside_nothing() -> None:
    low, high = (replace(CHART, middle=Goal(value, "midten: 50 %")) for value in (0.5, 0.8))
    assert level_of_middle(low) != level_of_middle(high)
    for chart in (low, high):
        assert_apart(chart)
    assert "— midten: 50 %" in [one.text for one in drawn(low).iter(f"{SVG}text")]


def test_a_middle_above_all_that_is_drawn_has_its_height_too() -> None:
    # It is of the first months, which may all lie before those of the chart.
    few = replace(CHART, unit="count", goal=None)
    far, farther = (replace(few, middle=Goal(value, "midten")) for value in (110.0, 200.0))
    top = {one.get("y1") for one in drawn(far).iter(f"{SVG}line")}
    assert level_of_middle(far) != min(top, key=lambda y: float(y or 0))
    assert level_of_middle(farther) != level_of_middle(far)


def test_the_newest_point_is_named_in_its_colour() -> None:
    (label,) = (each for each in drawn(CHART).iter(f"{SVG}text") if each.text == "23 av 30")
    assert label.get("fill") == colour("better")
    last = list(drawn(CHART).iter(f"{SVG}circle"))[-1]
    assert last.get("stroke") == colour("better")
    assert float(last.get("r", "0")) > 4.5


def test_what_still_grows_is_open() -> None:
    chart = with_point(23, replace(CHART.points[23], is_provisional=True))
    assert list(drawn(chart).iter(f"{SVG}circle"))[-1].get("fill") == colour("paper")


def test_a_month_without_a_number_is_a_gap_with_its_word() -> None:
    chart = with_point(10, Point("m10", "mangler", month(10), gap="mangler"))
    assert "mangler" in texts(chart)
    lines = [each.get("points", "").split() for each in drawn(chart).iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [10, 13]
    assert len(list(drawn(chart).iter(f"{SVG}circle"))) == 23


def test_months_that_are_missing_in_a_row_share_one_word() -> None:
    missing = [Point(f"m{n}", "mangler", month(n), gap="mangler") for n in range(4)]
    chart = replace(CHART, points=(*missing, *CHART.points[4:]))
    assert texts(chart).count("mangler") == 1


def test_a_range_is_drawn_as_one_and_not_as_a_number() -> None:
    points = [Point(f"m{n}", "20–49", month(n), low=20.0, high=49.0) for n in range(23)]
    chart = replace(
        CHART,
        unit="count",
        goal=None,
        events=(),
        newest="50 eller flere",
        points=(*points, Point("m23", "50 eller flere", month(23), low=50.0)),
    )
    rects = list(drawn(chart).iter(f"{SVG}rect"))
    assert len(rects) == 24
    assert not list(drawn(chart).iter(f"{SVG}circle"))
    heights = [float(each.get("height", "0")) for each in rects]
    assert len({round(height) for height in heights[:23]}) == 1
    # The open one reaches to the top of the plot.
    assert float(rects[-1].get("y", "0")) < float(rects[0].get("y", "0"))


def test_the_target_is_dotted_and_says_its_word() -> None:
    assert "mål: minst 100 % (forslag)" in texts(CHART)
    dotted = [each for each in drawn(CHART).iter(f"{SVG}line") if each.get("stroke-dasharray")]
    assert len(dotted) == 2, "the target and the decision"


def test_where_most_stops_is_the_one_bar_in_another_colour() -> None:
    fills = [each.get("fill") for each in drawn(BARS).iter(f"{SVG}rect")]
    assert fills == [colour("accent"), colour("worse")], "nothing at all has no length"
    assert "0 av 41" in texts(BARS)


def test_it_says_in_words_what_it_shows() -> None:
    assert drawn(CHART).get("aria-label") == "24 måneder"
    assert drawn(CHART).get("role") == "img"


def test_words_stay_words_whatever_they_hold() -> None:
    chart = replace(CHART, newest="<b>&", counted='"><script>')
    assert "<b>&" in texts(chart)
    assert not list(drawn(chart).iter("script"))
