"""A chart of the programme as a native one of a slide: its numbers can be seen and edited."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from pages.charts.drawing import Chart, Event, Point
from pages.documents.deck import PX, rgb
from pages.documents.neutral import neutral
from pages.text import say

FORMATS = {"share": "0 %", "count": "0", "days": "General", "score": "0.0"}
"""How numbers are written; the reader's own office program sets comma or point."""

AXIS_POINTS, LABEL_POINTS = 12, 14

SHARE_TOP = 1.15
"""Where the axis of a share ends: what is labelled at 100 per cent needs room above it."""

MONTHS_TOLD, TERTIALS_TOLD = 3, 1
"""Every so many periods are told on the axis: few enough to stand level."""

Place = tuple[float, float, float, float]
"""Left, top, width and height in pixels of the stage."""


def add_chart(slide: Any, chart: Chart, place: Place, language: str) -> None:
    """Draw the chart on the slide, with its words for those who do not see it."""
    data = CategoryChartData(number_format=FORMATS[chart.unit])
    data.categories = [neutral(point.label) for point in chart.points]
    data.add_series(neutral(chart.title), [point.value for point in chart.points])
    has_ranges = any(point.low is not None and point.value is None for point in chart.points)
    if has_ranges:
        lows = [point.low if point.value is None else None for point in chart.points]
        data.add_series(say("From (shown as a range)"), lows)
    if chart.goal is not None and chart.kind != "bars":
        data.add_series(neutral(chart.goal.words), [chart.goal.value] * len(chart.points))
    sort = XL_CHART_TYPE.BAR_CLUSTERED if chart.kind == "bars" else XL_CHART_TYPE.LINE_MARKERS
    left, top, width, height = (round(each * PX) for each in place)
    frame: Any = slide.shapes.add_chart(sort, left, top, width, height, data)
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", chart.alt)
    named.set("name", chart.title)
    native = frame.chart
    _frame(native, chart, language)
    if chart.kind == "bars":
        _bars(native, chart)
    else:
        _line(native, chart)
        if has_ranges:
            _ranges(native.plots[0].series[1], chart)
        if chart.goal is not None:
            _goal(native.plots[0].series[-1], chart.goal.words)


def _frame(native: Any, chart: Chart, language: str) -> None:
    native.has_legend = False
    native.font.size = Pt(AXIS_POINTS)
    native.font.color.rgb = rgb("quiet")
    native.has_title = True
    words = [chart.counted, chart.direction]
    words += [event.words for event in chart.events if _at(event, chart.points) is None]
    native.chart_title.text_frame.text = " · ".join(filter(None, words))
    said = native.chart_title.text_frame.paragraphs[0].runs[0].font
    said.size, said.bold, said.color.rgb = Pt(AXIS_POINTS), False, rgb("quiet")
    space = native._chartSpace
    told = etree.Element(qn("c:lang"))
    told.set("val", language)
    before = space.find(qn("c:date1904"))
    space.insert(0 if before is None else list(space).index(before) + 1, told)
    values, categories = native.value_axis, native.category_axis
    values.minimum_scale = 0
    if chart.unit == "share":
        values.maximum_scale, values.major_unit = SHARE_TOP, 0.25
    values.tick_labels.number_format = FORMATS[chart.unit]
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = rgb("line")
    values.format.line.fill.background()
    categories.format.line.color.rgb = rgb("edge")
    categories.has_major_gridlines = False
    skip = etree.Element(qn("c:tickLblSkip"))
    skip.set("val", str(MONTHS_TOLD if chart.kind == "months" else TERTIALS_TOLD))
    held = categories._element
    held.insert(list(held).index(held.find(qn("c:noMultiLvlLbl"))), skip)


# -- over time -------------------------------------------------------------------------------


def _line(native: Any, chart: Chart) -> None:
    series = native.plots[0].series[0]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = rgb("same"), Pt(2)
    _marker(series.marker, "same", 5)
    shown = [index for index, point in enumerate(chart.points) if point.value is not None]
    for index in shown:
        if chart.points[index].is_provisional:
            _marker(series.points[index].marker, "same", 6, is_hollow=True)
    for event in chart.events:
        at = _at(event, chart.points)
        if at is not None:
            _marker(series.points[at].marker, "accent", 9, XL_MARKER_STYLE.DIAMOND)
            _label(series.points[at], event.words, "accent")
    if shown and chart.newest and shown[-1] == len(chart.points) - 1:
        tone = "ink" if chart.tone == "plain" else chart.tone
        newest = series.points[shown[-1]]
        _marker(newest.marker, tone, 10, is_hollow=chart.points[-1].is_provisional)
        _label(newest, chart.newest, tone)


def _goal(series: Any, words: str) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb, series.format.line.width = rgb("quiet"), Pt(1.25)
    series.format.line.dash_style = MSO_LINE.ROUND_DOT
    # In the middle: at the start it would stand on the axis, at the end beside the newest.
    _label(series.points[len(list(series.values)) // 2], words, "quiet", is_bold=False)


def _ranges(series: Any, chart: Chart) -> None:
    """What is known as a range only: a bar from its low end to its high end, and no line."""
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    spans = [
        0.0 if point.value is not None or point.low is None else _span(point, chart)
        for point in chart.points
    ]
    bars = etree.Element(qn("c:errBars"))
    for name, value in (("errDir", "y"), ("errBarType", "plus"), ("errValType", "cust")):
        etree.SubElement(bars, qn(f"c:{name}")).set("val", value)
    etree.SubElement(bars, qn("c:noEndCap")).set("val", "0")
    plus = etree.SubElement(etree.SubElement(bars, qn("c:plus")), qn("c:numLit"))
    etree.SubElement(plus, qn("c:formatCode")).text = "General"
    etree.SubElement(plus, qn("c:ptCount")).set("val", str(len(spans)))
    for index, span in enumerate(spans):
        point = etree.SubElement(plus, qn("c:pt"))
        point.set("idx", str(index))
        etree.SubElement(point, qn("c:v")).text = f"{span:g}"
    shape = etree.SubElement(bars, qn("c:spPr"))
    line = etree.SubElement(shape, qn("a:ln"))
    line.set("w", str(6 * 12700))
    fill = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    fill.set("val", str(rgb("same")))
    held = series._element
    held.insert(list(held).index(held.find(qn("c:cat"))), bars)


def _span(point: Point, chart: Chart) -> float:
    """How long the bar of a range is; one that is open upwards reaches to the highest drawn."""
    assert point.low is not None
    if point.high is not None:
        return point.high - point.low
    known = [each for one in chart.points for each in (one.value, one.high) if each is not None]
    return max([point.low * 0.2, max(known, default=point.low) - point.low])


def _at(event: Event, points: tuple[Point, ...]) -> int | None:
    """The point of the period in which it happened; None where that shows no number."""
    began = [
        index
        for index, point in enumerate(points)
        if point.period is not None and point.period <= event.on
    ]
    if not began or points[began[-1]].value is None:
        return None
    return began[-1]


# -- beside each other -------------------------------------------------------------------------


def _bars(native: Any, chart: Chart) -> None:
    native.category_axis.reverse_order = True
    native.category_axis.tick_labels.font.size = Pt(LABEL_POINTS)
    native.value_axis.has_major_gridlines = False
    native.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    plot = native.plots[0]
    plot.gap_width = 45
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb("accent")
    for index, point in enumerate(chart.points):
        tone = "worse" if point.is_leak else "accent"
        if point.is_leak:
            series.points[index].format.fill.solid()
            series.points[index].format.fill.fore_color.rgb = rgb("worse")
        _label(series.points[index], point.words, tone, XL_LABEL_POSITION.OUTSIDE_END)


# -- small parts -------------------------------------------------------------------------------


def _label(
    point: Any,
    words: str,
    tone: str,
    where: XL_LABEL_POSITION = XL_LABEL_POSITION.ABOVE,
    *,
    is_bold: bool = True,
) -> None:
    label = point.data_label
    label.position = where
    frame = label.text_frame
    frame.text = words
    said = frame.paragraphs[0].runs[0].font
    said.size, said.bold, said.color.rgb = Pt(LABEL_POINTS), is_bold, rgb(tone)


def _marker(
    marker: Any,
    tone: str,
    size: int,
    style: XL_MARKER_STYLE = XL_MARKER_STYLE.CIRCLE,
    *,
    is_hollow: bool = False,
) -> None:
    marker.style, marker.size = style, size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb("surface" if is_hollow else tone)
    marker.format.line.color.rgb = rgb(tone)
