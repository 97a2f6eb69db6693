"""Rows become the bytes that people and their tools really deliver: one function per dialect."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl

from data import contract
from data.contract import Column
from data.demo.places import BY_NUMBER, QUESTIONS, Row
from data.demo.story import dice

_ZIP_TIME = (2026, 1, 1, 0, 0, 0)
"""Every part of a workbook gets this time, so that the same rows give the same bytes."""


@dataclass(frozen=True)
class Dialect:
    """How a text file is written.

    Attributes:
        has_names: Municipalities by name rather than by number.
        ends_lines: What stands after the last cell of a line, as some spreadsheets leave it.
        says_separator: Whether the first line is `sep=;`, which Excel obeys.
        timed: Columns whose dates carry a time of day.
    """

    encoding: str
    delimiter: str
    day: str = "%d.%m.%Y"
    has_names: bool = True
    ends_lines: str = ""
    says_separator: bool = False
    timed: tuple[str, ...] = ()


NORWEGIAN_EXCEL = Dialect("cp1252", ";")
"""«CSV (semikolondelt)» from Excel in Norwegian: no mark of its encoding, decimal comma."""

NORWEGIAN_EXCEL_WIDE = Dialect("cp1252", ";", ends_lines=";", timed=("opened_on", "changed_on"))
"""The same from a sheet with an empty last column, and with times of day."""

EXCEL_UTF8 = Dialect("utf-8-sig", ";")
"""«CSV UTF-8» from Excel in Norwegian."""

EXCEL_SEPARATOR_LINE = Dialect("cp1252", ";", says_separator=True)
"""Written so that Excel opens it right whatever the computer's language."""

COMMA_UTF8 = Dialect("utf-8-sig", ",", day="%Y-%m-%d", has_names=False)
"""From a computer with an English interface."""

SYSTEM_EXPORT = Dialect("utf-8", ",", day="%Y-%m-%d", has_names=False)
"""From a system rather than a spreadsheet."""


def as_text(kind: str, rows: Iterable[Row], dialect: Dialect) -> bytes:
    """A file of one kind with the contract's Norwegian headings and words."""
    columns = contract.load(kind).columns
    table = [[column.heading for column in columns]]
    table += [
        [_cell(column, row.get(column.name), row, dialect) for column in columns] for row in rows
    ]
    return _written(table, dialect)


def _written(table: Iterable[Sequence[str]], dialect: Dialect) -> bytes:
    text = io.StringIO(newline="")
    if dialect.says_separator:
        text.write(f"sep={dialect.delimiter}\r\n")
    writer = csv.writer(
        text, delimiter=dialect.delimiter, lineterminator=f"{dialect.ends_lines}\r\n"
    )
    writer.writerows(table)
    return text.getvalue().encode(dialect.encoding)


def _cell(column: Column, value: Any, row: Row, dialect: Dialect) -> str:
    if value is None:
        return ""
    if column.refers_to == "municipalities" and dialect.has_names:
        return BY_NUMBER[value].name
    if isinstance(value, dt.date):
        if column.name in dialect.timed:
            return f"{value:{dialect.day}} {_time_of_day(row, value):%H:%M}"
        return f"{value:{dialect.day}}"
    if isinstance(value, float) and dialect.delimiter == ";":
        return f"{value:g}".replace(".", ",")
    return _word(column, value)


def _time_of_day(row: Row, day: dt.date) -> dt.time:
    if row.get("last_minute") == day:
        return dt.time(23, 59)
    chance = dice("time of day", row.get("action_id"), day)
    return dt.time(chance.randint(8, 15), chance.randint(0, 59))


def _word(column: Column, value: Any) -> str:
    """A value as a person writes it: codes by their Norwegian word, ja and nei, lists in a cell."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, list):
        return "; ".join(value)
    for allowed in column.values:
        if allowed.code == value:
            return allowed.words["nb"]
    return f"{value:g}" if isinstance(value, float) else str(value)


# -- the survey tools -----------------------------------------------------------------------

_ASKED = tuple(row for row in QUESTIONS if row["survey"] == "brukerevaluering")

SURVEYXACT_HEADINGS = (
    "respid",
    "utsending",
    "kommune",
    *(f"s_{number}" for number in range(1, len(_ASKED) + 1)),
    *(f"stato_{number}" for number in range(1, 6)),
)

FORMS_HEADINGS = (
    "ID",
    "Starttidspunkt",
    "Fullføringstidspunkt",
    "E-postadresse",
    "Navn",
    "Utsending",
    *(row["text"] for row in _ASKED),
    "Hvordan fikk du vite om tilbudet?",
)

_HEARD_OF_IT = ("fastlegen", "NAV", "venner eller familie", "nettsiden", "servicetorget")


def as_surveyxact(answers: Iterable[Row], *, is_unicode: bool = False) -> bytes:
    """A wide file as SurveyXact writes it: codes as headings and answers, five status columns.

    Anonymous, so without any date. `is_unicode` gives tabs in UTF-16 with its mark, the other of
    the two forms that the tool offers.
    """
    table = [list(SURVEYXACT_HEADINGS)]
    for answer in answers:
        values = [answer[question["question"]] for question in _ASKED]
        is_whole = answer["nytte"] is not None
        status = ["0", "0", str(int(not is_whole)), str(int(is_whole)), "0"]
        cells = ["" if value is None else str(value) for value in values]
        where = BY_NUMBER[answer["municipality"]].name
        table.append([str(answer["answer"]), answer["wave_id"], where, *cells, *status])
    if is_unicode:
        return b"\xff\xfe" + _written(table, Dialect("utf-16-le", "\t"))
    return _written(table, NORWEGIAN_EXCEL)


def as_forms(answers: Iterable[Row]) -> bytes:
    """A wide file as Microsoft Forms writes it: whole questions, answer texts, m/d/yyyy h:mm.

    The tool's columns for e-mail and name are always there; anonymous answers fill them so.
    """
    scales = {row["question"]: _texts(row["scale"]) for row in _ASKED}
    table = [list(FORMS_HEADINGS)]
    for answer in answers:
        chance = dice("forms", answer["answer"])
        at: dt.datetime = answer["at"]
        started = at - dt.timedelta(minutes=chance.randint(2, 6))
        heard = chance.sample(_HEARD_OF_IT, chance.choice((0, 1, 1, 2)))
        table.append(
            [
                str(answer["answer"]),
                _american(started),
                _american(at),
                "anonymous",
                "",
                answer["wave_id"],
                *(
                    scale.get(answer[question], "") if answer[question] is not None else ""
                    for question, scale in scales.items()
                ),
                "".join(f"{one};" for one in heard),
            ]
        )
    return _written(table, COMMA_UTF8)


def _american(at: dt.datetime) -> str:
    return f"{at.month}/{at.day}/{at.year} {at.hour}:{at.minute:02d}"


def _texts(scale: str) -> dict[int, str]:
    """The answer texts of a scale by their number, with a capital first letter as on the screen."""
    pairs = (entry.split("=") for entry in scale.split(";"))
    return {int(number): text.strip().capitalize() for text, number in pairs}


# -- Planner --------------------------------------------------------------------------------

_PROGRESS = {"open": "Not started", "in_progress": "In progress"}

# What the municipality has added to the plan: headings of the contract, so that they are known.
_ADDED = (
    "scope",
    "theme",
    "source",
    "feedback_ids",
    "owner_role",
    "changed_on",
    "closed_on",
    "reopened_on",
    "users_at_start",
    "users_midway",
    "users_at_end",
    "influence",
    "told_back_on",
    "told_back_channel",
    "what_changed",
    "borrowed_from",
)

PLANNER_HEADINGS = (
    "Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Created By",
    "Created Date", "Start date", "Due date", "Is Recurring", "Late", "Completed Date",
    "Completed By", "Completed Checklist Items", "Checklist Items", "Labels", "Description",
)  # fmt: skip


def as_planner(rows: Iterable[Row], plan: str, exported_on: dt.date) -> bytes:
    """A workbook as Planner exports it: the plan on the first sheet, the tasks on the second.

    Every cell is text, and dates are m/d/yyyy. The plan has columns of the municipality's own for
    what Planner does not know, under the contract's headings.
    """
    held = contract.load("actions")
    added = [held.column(name) for name in _ADDED]
    table = [[*PLANNER_HEADINGS, *(column.heading for column in added)]]
    for row in rows:
        done, due = row.get("done_on"), row.get("due_on")
        is_done = done is not None and row["status"] in ("done", "told_back")
        is_late = due is not None and not is_done and due < exported_on
        steps = dice("checklist", row["action_id"]).randint(2, 7)
        ticked = steps if is_done else steps // 2
        table.append(
            [
                row["action_id"],
                row["title"],
                _word(held.column("theme"), row["theme"]),
                "Completed" if is_done else _PROGRESS.get(row["status"], "Completed"),
                "Medium",
                "",
                "",
                _american_day(row["opened_on"]),
                _american_day(row["opened_on"]),
                _american_day(due),
                "false",
                "true" if is_late else "false",
                _american_day(done),
                "",
                f"{ticked}/{steps}",
                "",
                "",
                "",
                *(_planner_cell(column, row.get(column.name)) for column in added),
            ]
        )
    about = [
        ["Plan name", plan],
        ["Plan ID", "brukermedvirkning"],
        ["Date of export", _american_day(exported_on)],
    ]
    return _workbook([("Plan", about), ("Tasks", table)])


def _planner_cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return _american_day(value)
    if column.refers_to == "municipalities":
        return BY_NUMBER[value].name
    return _word(column, value)


def _american_day(day: dt.date | None) -> str:
    return f"{day.month}/{day.day}/{day.year}" if day is not None else ""


def _workbook(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    """An XLSX whose bytes depend on the cells alone."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, table in sheets:
        sheet = book.create_sheet(name)
        for cells in table:
            sheet.append([cell or None for cell in cells])
    written = io.BytesIO()
    book.save(written)
    return _without_times(written.getvalue())


def _without_times(workbook: bytes) -> bytes:
    """The same workbook with every time set to one, in the file and in the archive.

    Stored, not deflated: two builds of zlib give different bytes for the same text.
    """
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", content
                )
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.create_system = 0
            after.writestr(entry, content)
    return fixed.getvalue()
