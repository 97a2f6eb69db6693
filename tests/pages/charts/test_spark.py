"""A spark line shows what is released, where it is released, and nothing between."""

import datetime as dt
import re

from pages.charts.spark import HEIGHT, MONTHS, WIDTH, spark

LAST = dt.date(2026, 10, 1)


def months(count: int = MONTHS) -> list[dt.date]:
    ends = [LAST.year * 12 + LAST.month - 1 - back for back in range(count)]
    return [dt.date(end // 12, end % 12 + 1, 1) for end in reversed(ends)]


def lines(drawing: str) -> list[list[tuple[float, float]]]:
    found = re.findall(r'polyline points="([^"]+)"', drawing)
    return [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.split())]
        for line in found
    ]


def test_a_whole_series_is_one_line_from_edge_to_edge() -> None:
    (line,) = lines(spark([(month, 0.5) for month in months()], last=LAST, ceiling=1))
    assert len(line) == MONTHS
    assert line[0][0] < 5
    assert line[-1][0] > WIDTH - 5
    assert {y for _, y in line} == {HEIGHT / 2}


def test_a_missing_month_is_a_gap_and_not_a_zero() -> None:
    points = [(month, None if index == 10 else 1.0) for index, month in enumerate(months())]
    before, after = lines(spark(points, last=LAST))
    assert (len(before), len(after)) == (10, 13)


def test_a_month_alone_between_two_gaps_is_a_dot() -> None:
    points = [(month, 1.0 if index == 10 else None) for index, month in enumerate(months())]
    drawing = spark(points, last=LAST)
    assert not lines(drawing)
    assert drawing.count('class="alone"') == 1
    assert 'class="last' not in drawing


def test_the_newest_point_has_the_colour_of_its_verdict() -> None:
    drawing = spark([(month, 2.0) for month in months()], last=LAST, tone="better")
    assert 'class="last better"' in drawing


def test_no_newest_point_is_drawn_where_the_newest_month_shows_nothing() -> None:
    points = [(month, None if month == LAST else 2.0) for month in months()]
    assert 'class="last' not in spark(points, last=LAST)


def test_the_bottom_is_zero_and_a_share_fills_its_scale() -> None:
    first, second = months(2)
    (line,) = lines(spark([(first, 0.0), (second, 1.0)], last=LAST, ceiling=1))
    assert line[0][1] == HEIGHT - 4
    assert line[1][1] == 4


def test_what_is_older_than_the_axis_is_left_out() -> None:
    points = [(month, 1.0) for month in months(30)]
    (line,) = lines(spark(points, last=LAST))
    assert len(line) == MONTHS


def test_a_target_is_dotted_across_even_above_every_value() -> None:
    drawing = spark([(month, 20.0) for month in months()], last=LAST, target=90)
    assert re.search(r'class="target" x1="0" x2="168" y1="4" y2="4"', drawing)


def test_a_series_of_nothing_and_one_of_zeros_are_drawn_without_dividing_by_zero() -> None:
    assert not lines(spark([], last=LAST))
    (line,) = lines(spark([(month, 0.0) for month in months()], last=LAST))
    assert {y for _, y in line} == {HEIGHT - 4}


def test_it_is_hidden_from_a_screen_reader_unless_it_has_words_of_its_own() -> None:
    hidden = spark([], last=LAST)
    told = spark([], last=LAST, title="Evaluering <samme> dag", description="24 måneder")
    assert 'aria-hidden="true"' in hidden
    assert "<title>" not in hidden
    assert 'role="img"' in told
    assert "<title>Evaluering &lt;samme&gt; dag</title><desc>24 måneder</desc>" in told
    assert "aria-hidden" not in told
