"""Every number shown of a month, as CSV and as a workbook, with what each indicator is.

Norwegian Excel opens the CSV right: UTF-8 with its mark, semicolons, decimal commas, days as
dd.mm.yyyy. The workbook holds numbers and days as such, and leaves comma or point to its reader.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from pages.documents.neutral import neutral
from pages.documents.stamp import EXAMPLE, told
from pages.programme.slides import Programme
from pages.text import cells, language, later, month, number, say
from pages.text.axes import DIRECTIONS
from queries.cards import Card, load_all
from queries.commitments import load_commitments

Row = Mapping[str, Any]
"""One number as `forankring export` has it: a cell of the release, or a commitment."""


@dataclass(frozen=True)
class Numbers:
    """Every number that is shown, whole or of one month.

    Attributes:
        release: What the release says of itself: number, made_at, content_hash, is_demo, ….
        month: Its first day; None for all months.
        locked_at: When the month was locked (UTC); None where it was not.
        cells, commitments: As `forankring export` has them.
    """

    release: Mapping[str, Any]
    month: dt.date | None
    locked_at: dt.datetime | None
    cells: Sequence[Row]
    commitments: Sequence[Row]


COLUMNS = {
    "title": later("Indicator"),
    "municipality": later("Municipality number"),
    "municipality_name": later("Municipality"),
    "period_text": later("Period"),
    "period": later("First day"),
    "part_text": later("Part"),
    "text": later("Shown"),
    "beside": later("Rests on"),
    "numerator": later("Numerator"),
    "denominator": later("Denominator"),
    "value": later("Value"),
    "low": later("Interval from"),
    "high": later("Interval to"),
    "reason_text": later("Why it is not exact"),
    "signal_text": later("Change"),
    "assurance_text": later("Against the target"),
    "target_text": later("Target"),
    "delivered": later("Delivered"),
    "members": later("Of"),
    "updated_on": later("Updated"),
    "frozen_in": later("Locked month"),
}
"""The columns, of the CSV and of the workbook; what a code says to machines only is left out."""


def flat(numbers: Numbers) -> list[dict[str, Any]]:
    """A row for each number. Commitments are rows as well: their name, their count, their word."""
    return [*map(_flat, numbers.cells), *map(_flat_commitment, numbers.commitments)]


def _flat(row: Row) -> dict[str, Any]:
    low, high = row["interval"] or (None, None)
    return {**row, "low": low, "high": high}


def _flat_commitment(row: Row) -> dict[str, Any]:
    return {
        **row,
        "period": row["month"],
        "period_text": month(row["month"]),
        "numerator": row["kept"],
        "denominator": row["due"],
    }


def whole(value: Any) -> Any:
    """A count as a whole number: the release keeps all its numbers as fractions."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# -- CSV -------------------------------------------------------------------------------------


def numbers_csv(numbers: Numbers) -> bytes:
    """The numbers as Norwegian Excel opens them."""
    is_demo = numbers.release["is_demo"]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    headings = [say(heading) for heading in COLUMNS.values()]
    writer.writerow([*headings, say("Release"), *([say("Remark")] if is_demo else [])])
    ends = [f"{numbers.release['number']}", *([say(EXAMPLE)] if is_demo else [])]
    for row in flat(numbers):
        writer.writerow([*(_written(row.get(name)) for name in COLUMNS), *ends])
    return text.getvalue().encode("utf-8-sig")


def _written(value: Any) -> str:
    """One cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int | float):
        return f"{whole(value)}".replace(".", ",")
    return neutral(str(value))


CHART_COLUMNS = {
    "slide": later("Chart"),
    "label": later("Period or stage"),
    "words": later("Shown"),
    "value": later("Value"),
    "low": later("Range from"),
    "high": later("Range to"),
}
"""Of the file of the charts: what each point is, in words and as a number."""


def drawn(programme: Programme) -> list[dict[str, Any]]:
    """Every point of every chart that the meeting saw, in the order of the slides."""
    return [
        {
            "slide": slide.chart.title,
            "label": point.label,
            "words": point.words,
            "value": point.value,
            "low": point.low,
            "high": point.high,
        }
        for slide in programme.slides
        if slide.chart is not None
        for point in slide.chart.points
    ]


def charts_csv(programme: Programme) -> bytes:
    """The numbers behind the charts, as Norwegian Excel opens them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    remark = [say("Remark")] if programme.is_demo else []
    writer.writerow([*map(say, CHART_COLUMNS.values()), *remark])
    for row in drawn(programme):
        cells_written = [_written(row[name]) for name in CHART_COLUMNS]
        writer.writerow([*cells_written, *([say(EXAMPLE)] if programme.is_demo else [])])
    return text.getvalue().encode("utf-8-sig")


# -- the workbook ----------------------------------------------------------------------------

WIDTHS = {
    "title": 38, "municipality": 9, "municipality_name": 16, "period_text": 20, "period": 11,
    "part_text": 24, "text": 32, "beside": 16, "numerator": 9, "denominator": 9, "value": 9,
    "low": 9, "high": 9, "reason_text": 40, "signal_text": 22, "assurance_text": 24,
    "target_text": 24, "delivered": 8, "members": 6, "updated_on": 11, "frozen_in": 11,
}  # fmt: skip
CHART_WIDTHS = {"slide": 40, "label": 24, "words": 40, "value": 10, "low": 10, "high": 10}
"""Letters across each column, as the texts in them are."""

DEFINITIONS = {
    "title": later("Indicator"),
    "question": later("Question"),
    "counted": later("How it is counted"),
    "why": later("Why"),
    "direction": later("Which way is good"),
    "target": later("Target"),
    "privacy": later("Privacy"),
}


def numbers_xlsx(numbers: Numbers, programme: Programme) -> bytes:
    """The numbers as a workbook: those of the month and of its charts, what each is, where from."""
    out = io.BytesIO()
    made: dt.datetime = numbers.release["made_at"]
    book = xlsxwriter.Workbook(
        out,
        # What is text stays text, also where it looks like a formula, an address or a number.
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": _title(numbers),
            "author": "Forankring",
            "created": made,
            "comments": numbers.release["content_hash"],
        }
    )
    look = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"valign": "top"}),
        "long": book.add_format({"valign": "top", "text_wrap": True}),
        "day": book.add_format({"valign": "top", "num_format": "dd.mm.yyyy", "align": "left"}),
        "number": book.add_format({"valign": "top"}),
    }
    rows = flat(numbers)
    _rows_sheet(book.add_worksheet(say("Numbers")), COLUMNS, WIDTHS, rows, look)
    points = book.add_worksheet(say("The charts"))
    _rows_sheet(points, CHART_COLUMNS, CHART_WIDTHS, drawn(programme), look)
    _definitions_sheet(book.add_worksheet(say("Definitions")), look)
    _facts_sheet(book.add_worksheet(say("About the file")), numbers, look)
    book.close()
    return out.getvalue()


def _title(numbers: Numbers) -> str:
    if numbers.month is None:
        return say("Numbers of user involvement")
    return say("Numbers of user involvement, {month}", month=month(numbers.month))


def _rows_sheet(
    sheet: Any,
    columns: Mapping[str, str],
    widths: Mapping[str, int],
    rows: Sequence[Row],
    look: Mapping[str, Any],
) -> None:
    for at, (name, heading) in enumerate(columns.items()):
        sheet.set_column(at, at, widths[name])
        sheet.write_string(0, at, say(heading), look["head"])
    for line, row in enumerate(rows, start=1):
        for at, name in enumerate(columns):
            _write(sheet, line, at, row.get(name), look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _definitions_sheet(sheet: Any, look: Mapping[str, Any]) -> None:
    rows = [_definition(card) for card in load_all().values()]
    rows += [
        {
            "title": cells.words(commitment, "name"),
            "question": cells.words(commitment, "question"),
            "counted": cells.words(commitment, "counted"),
        }
        for commitment in load_commitments().values()
    ]
    for at, (name, heading) in enumerate(DEFINITIONS.items()):
        sheet.set_column(at, at, 60 if name in ("counted", "why") else 30)
        sheet.write_string(0, at, say(heading), look["head"])
        for line, row in enumerate(rows, start=1):
            sheet.write_string(line, at, neutral(row.get(name, "")), look["long"])
    sheet.freeze_panes(1, 1)


def _definition(card: Card) -> dict[str, str]:
    reason = card.privacy_reason
    return {
        "title": cells.words(card, "title"),
        "question": cells.words(card, "question"),
        "counted": cells.words(card, "counted"),
        "why": cells.words(card, "why"),
        "direction": say(DIRECTIONS[card.direction]),
        "target": cells.target_text(card),
        "privacy": "" if reason is None else reason[language()],
    }


def _facts_sheet(sheet: Any, numbers: Numbers, look: Mapping[str, Any]) -> None:
    release = numbers.release
    facts = [(say("What"), _title(numbers))]
    if release["is_demo"]:
        facts.append((say("Remark"), say(EXAMPLE)))
    if numbers.month is not None:
        when = say("not locked") if numbers.locked_at is None else told(numbers.locked_at)
        facts += [(say("Month"), month(numbers.month)), (say("Locked"), when)]
    facts += [
        (say("Release"), number(release["number"])),
        (say("Made"), told(release["made_at"])),
        (say("Content"), release["content_hash"]),
        (say("Program"), release["app_version"]),
        (say("Numbers"), number(len(numbers.cells) + len(numbers.commitments))),
        (
            say("How to read it"),
            say(
                "“Shown” is what the pages show. Numbers about people are shown as ranges or"
                " rounded, and only when the four months are over; the reason stands beside them."
                " Shares are from 0 to 1."
            ),
        ),
    ]
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    for line, (name, value) in enumerate(facts):
        sheet.write_string(line, 0, name, look["head"])
        sheet.write_string(line, 1, neutral(value), look["long"])


def _write(sheet: Any, line: int, at: int, value: Any, look: Mapping[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(line, at, value, look["day"])
    elif isinstance(value, int | float):
        sheet.write_number(line, at, whole(value), look["number"])
    else:
        sheet.write_string(line, at, neutral(str(value)), look["text"])
