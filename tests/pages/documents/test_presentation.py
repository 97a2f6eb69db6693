"""The slide file: the stage's order and words, native charts of its numbers, all told in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.oxml.ns import qn

from pages.charts.drawing import Chart, Event, Goal, Point, Table
from pages.documents.package import Wanted
from pages.documents.presentation import notes, slides
from pages.documents.stamp import stamp
from pages.programme.slides import Slide, Verdict
from pages.text import in_language


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def content(file: Callable[[str, str], bytes]) -> bytes:
    return file("lysark", "pptx")


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[Any]:
    return list(opened(content).slides)


def words_of(page: Any) -> list[str]:
    return [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]


def test_the_slides_are_those_of_the_stage_in_the_same_order_and_words(
    pages: list[Any], wanted: Wanted
) -> None:
    shown = wanted.programme.slides
    assert [page.shapes.title.text_frame.text for page in pages] == [one.finding for one in shown]
    for page, slide in zip(pages, shown, strict=True):
        said = "\n".join(words_of(page))
        for sentence in (*slide.sentences, *filter(None, [slide.question])):
            assert sentence in said
        assert all(one.word in said for one in slide.verdicts)
        assert page.notes_slide.notes_text_frame.text == "\n".join(notes(slide))
        assert all(sentence in notes(slide) for sentence in slide.sentences)


def test_every_slide_says_its_month_release_content_and_that_it_is_example_data(
    pages: list[Any], wanted: Wanted
) -> None:
    for page in pages:
        (foot,) = [
            shape.text_frame.text
            for shape in page.placeholders
            if shape._element.ph.get("type") == "ftr"
        ]
        assert foot == f"Eksempeldata – tallene er oppdiktet · {stamp(wanted.programme)}"
        assert any(shape._element.ph.get("type") == "sldNum" for shape in page.placeholders)


def differing(page: Any, chart: Chart) -> list[tuple[str, Any, Any]]:
    """The points of a slide's chart that are not the programme's."""
    (native,) = [shape.chart for shape in page.shapes if shape.has_chart]
    values = list(native.plots[0].series[0].values)
    labels = list(native.plots[0].categories)
    assert len(values) == len(labels) == len(chart.points)
    return [
        (point.label, found, point.value)
        for point, label, found in zip(chart.points, labels, values, strict=True)
        if (label, found) != (point.label, point.value)
    ]


def test_charts_are_native_with_the_programmes_numbers_and_gaps_as_gaps(
    pages: list[Any], wanted: Wanted
) -> None:
    compared = 0
    for page, slide in zip(pages, wanted.programme.slides, strict=True):
        if slide.chart is None:
            assert not any(shape.has_chart for shape in page.shapes)
            continue
        assert differing(page, slide.chart) == []
        compared += 1
        (native,) = [shape for shape in page.shapes if shape.has_chart]
        assert native._element.nvGraphicFramePr.cNvPr.get("descr") == slide.chart.alt
        space = native.chart._chartSpace
        assert space.find(f".//{qn('c:dispBlanksAs')}").get("val") == "gap"
        assert space.find(qn("c:lang")).get("val") == "nb-NO"
        # A changed number is noticed.
        first = next(
            place for place, point in enumerate(slide.chart.points) if point.value is not None
        )
        points = list(slide.chart.points)
        points[first] = replace(points[first], value=points[first].value + 1)  # type: ignore[operator]
        assert differing(page, replace(slide.chart, points=tuple(points)))
    assert compared >= 2


def test_it_is_wide_and_says_its_language_everywhere(content: bytes, pages: list[Any]) -> None:
    made = opened(content)
    assert (made.slide_width, made.slide_height) == (12192000, 6858000)
    assert made.core_properties.language == "nb-NO"
    assert made.core_properties.title == "Lysark: Alle kommuner, oktober 2026"
    for page in pages:
        for run in page._element.iter(qn("a:r")):
            assert run.find(qn("a:rPr")).get("lang") == "nb-NO"


def test_nothing_on_a_slide_lies_over_anything_else_or_outside(
    pages: list[Any], drawn: bytes
) -> None:
    for page in [*pages, *opened(drawn).slides]:
        boxes = [
            (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in page.shapes
        ]
        for place, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0
            assert top >= 0
            assert right <= 12192000
            assert bottom <= 6858000
            for other in boxes[place + 1 :]:
                apart = (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )
                assert apart, (page.shapes.title.text_frame.text, boxes)


def test_the_same_programme_gives_the_same_bytes_without_a_clock(
    content: bytes, wanted: Wanted
) -> None:
    assert slides(wanted.programme) == content
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        assert {member.date_time for member in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}


CHART = Chart(
    kind="months",
    title="=cmd()",
    unit="share",
    points=(
        Point("=1+1", "1 av 2", date(2026, 8, 1), 0.5),
        Point("sep. 26", "mellom 10 og 19 prosent", date(2026, 9, 1), None, 0.1, 0.2),
        Point("okt. 26", "mangler", date(2026, 10, 1), None, gap="mangler"),
    ),
    counted="prosent av kurs",
    direction="høyere er bedre",
    newest="",
    alt="Tre måneder.",
    table=Table("Tallene", ("Måned", "Verdi"), (("aug. 26", "1 av 2"),)),
    goal=Goal(0.9, "mål: minst 90 %"),
    events=(
        Event(date(2026, 8, 4), "vedtak 4. august"),
        Event(date(2026, 10, 4), "vedtak 4. okt."),
    ),
)


AGREED = Table(
    "Hva som er avtalt",
    ("Kommune", *(f"Evaluering etter et halvt år {place}" for place in range(7))),
    tuple((f"Kommune {place}", *["ikke holdt 10 av 11"] * 7) for place in range(6)),
    tuple(("", *["not_kept"] * 7) for _ in range(6)),
)
DECIDED = Table(
    "Hva som er vedtatt",
    ("Vedtak", "Ansvarlig", "Frist", "Hva skjedde"),
    tuple(
        ("Svare alle som har sagt fra innen tretti dager, også når svaret er nei, " * 2, "leder",
         "10. des.", "196 dager over frist")
        for _ in range(6)
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn(wanted: Wanted) -> bytes:
    said = ("Tre til står i loggen.", "Ikke attestert ennå: Gausdal og Nord-Fron.")
    made = (
        Slide("a", "attention", "A", "Funn", CHART, (Verdict("dots", "for få", "none"),)),
        Slide("b", "comparison", "B", "Funn", table=AGREED),
        Slide("c", "since_last", "C", "Et langt funn som tar to linjer " * 4, None, (), said,
              table=DECIDED),
    )  # fmt: skip
    return slides(replace(wanted.programme, slides=made))


def test_tables_are_real_with_a_heading_row_and_words_of_what_they_hold(drawn: bytes) -> None:
    for page, table in zip(list(opened(drawn).slides)[1:], (AGREED, DECIDED), strict=True):
        (frame,) = [shape for shape in page.shapes if shape.has_table]
        rows = [tuple(cell.text_frame.text for cell in row.cells) for row in frame.table.rows]
        assert rows == [table.columns, *table.rows]
        assert frame.table.first_row
        assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == table.caption
        # No column is narrower than its longest word: twelve points are eight pixels a letter.
        for place, column in enumerate(frame.table.columns):
            words = [word for row in rows for word in row[place].split()]
            assert column.width >= max(map(len, words)) * 6 * 9525


def test_a_range_is_drawn_as_one_and_a_target_as_a_line(drawn: bytes) -> None:
    page = opened(drawn).slides[0]
    (chart,) = [shape.chart for shape in page.shapes if shape.has_chart]
    line, ranges, target = chart.plots[0].series
    assert list(line.values) == [0.5, None, None]
    assert list(ranges.values) == [None, 0.1, None]
    spans = [
        float(each.text) for each in ranges._element.findall(f".//{qn('c:plus')}//{qn('c:v')}")
    ]
    assert spans == [0.0, pytest.approx(0.1), 0.0]
    assert list(target.values) == [0.9] * 3
    # What happened in a month without a number is told above the chart instead of on it.
    assert chart.chart_title.text_frame.text.endswith("vedtak 4. okt.")
    assert "vedtak 4. august" in chart._chartSpace.xpath("string(.)")


def test_the_workbook_behind_a_chart_runs_no_formula(drawn: bytes) -> None:
    page = opened(drawn).slides[0]
    (chart,) = [shape.chart for shape in page.shapes if shape.has_chart]
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    texts = [cell for row in book.active.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}
    assert {"'=1+1", "'=cmd()"} <= {cell.value for cell in texts}


def test_it_speaks_the_chosen_language(wanted: Wanted) -> None:
    with in_language("nn"):
        made = opened(slides(wanted.programme))
    assert made.core_properties.language == "nn-NO"
    assert made.core_properties.title.startswith("Lysark: ")
