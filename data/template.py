"""A file to fill in for each kind, made from its contract: as a workbook, and as CSV for Excel."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection, Mapping, Sequence

import polars as pl
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data import contract, parse
from data.contract import Column, Contract
from data.example import SHEETS
from data.example_row import NOTHING, example_of
from data.known import Known

ROWS = 1_000
"""Rows that have drop-downs and formats: a year of the largest kind that is filled in by hand."""

HEADING_LINE, EXAMPLE_LINE = 1, 2

_WORDS: dict[str, dict[str, str]] = {
    "column": {"nb": "Kolonne", "nn": "Kolonne", "en": "Column"},
    "required": {"nb": "Må fylles ut", "nn": "Må fyllast ut", "en": "Must be filled in"},
    "yes": {"nb": "ja", "nn": "ja", "en": "yes"},
    "no": {"nb": "nei", "nn": "nei", "en": "no"},
    "form": {"nb": "Skrives som", "nn": "Blir skriven som", "en": "Written as"},
    "values": {"nb": "Verdier", "nn": "Verdiar", "en": "Values"},
    "meaning": {"nb": "Hva den betyr", "nn": "Kva ho tyder", "en": "What it means"},
    "example": {"nb": "Eksempel", "nn": "Døme", "en": "Example"},
    "text": {"nb": "tekst", "nn": "tekst", "en": "text"},
    "code": {"nb": "valg fra lista", "nn": "val frå lista", "en": "a choice from the list"},
    "integer": {"nb": "helt tall", "nn": "heilt tal", "en": "whole number"},
    "number": {"nb": "tall", "nn": "tal", "en": "number"},
    "date": {"nb": "dato: dd.mm.åååå", "nn": "dato: dd.mm.åååå", "en": "date: dd.mm.yyyy"},
    "moment": {
        "nb": "dato og klokkeslett: dd.mm.åååå tt:mm",
        "nn": "dato og klokkeslett: dd.mm.åååå tt:mm",
        "en": "date and time: dd.mm.yyyy hh:mm",
    },
    "boolean": {"nb": "ja eller nei", "nn": "ja eller nei", "en": "yes or no"},
    "list": {
        "nb": "flere verdier med semikolon mellom",
        "nn": "fleire verdiar med semikolon mellom",
        "en": "several values with semicolons between",
    },
    "how": {
        "nb": "Linje 2 i det første arket er et eksempel. Skriv over den, eller la den stå:"
        " Forankring kjenner den igjen og tar den ikke med når det står andre rader under. Ikke"
        " endre overskriftene. Kolonner som ikke må fylles ut, kan stå tomme.",
        "nn": "Linje 2 i det første arket er eit døme. Skriv over henne, eller la henne stå:"
        " Forankring kjenner henne att og tek henne ikkje med når det står andre rader under."
        " Ikkje endre overskriftene. Kolonnar som ikkje må fyllast ut, kan stå tomme.",
        "en": "Line 2 of the first sheet is an example. Write over it, or leave it: Forankring"
        " knows it and leaves it out when other rows stand below. Do not change the headings."
        " Columns that need not be filled in can be left empty.",
    },
    "wrong": {
        "nb": "Velg en verdi fra lista.",
        "nn": "Vel ein verdi frå lista.",
        "en": "Choose a value from the list.",
    },
    "wrong_date": {
        "nb": "Skriv en dato som 28.02.2026.",
        "nn": "Skriv ein dato som 28.02.2026.",
        "en": "Write a date such as 28.02.2026.",
    },
    "wrong_number": {
        "nb": "Skriv et tall uten enhet.",
        "nn": "Skriv eit tal utan eining.",
        "en": "Write a number without a unit.",
    },
}

_FORMATS = {"date": "dd.mm.yyyy", "moment": "dd.mm.yyyy hh:mm"}
_HEADING = PatternFill("solid", fgColor="DCE3EA")
_REQUIRED = PatternFill("solid", fgColor="B9C9DA")
_QUIET = Font(italic=True, color="595959")
_WIDEST_PROMPT, _WIDEST_TITLE = 255, 32  # what Excel allows; longer ones make it repair the file
_MADE_AT = dt.datetime(2026, 1, 1, 0, 0)  # noqa: DTZ001 - openpyxl takes no zone


def file_name(kind: str, ending: str) -> str:
    """What a template is called: "mal_tiltak.xlsx"."""
    return f"mal_{'_'.join(contract.load(kind).name['nb'].lower().split())}.{ending}"


def as_csv(kind: str, known: Known = NOTHING, municipality: str | None = None) -> bytes:
    """The headings and the example row, as Norwegian Excel opens and saves them.

    Args:
        kind: The kind of file.
        known: What the store holds, so that the example refers to what is there.
        municipality: Whose example it is; that of the contract by default.
    """
    held, example = contract.load(kind), example_of(kind, known, municipality)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow([column.heading for column in held.columns])
    rows.writerow([example.get(column.name, "") for column in held.columns])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(
    kind: str, language: str, known: Known = NOTHING, municipality: str | None = None
) -> bytes:
    """The headings, the example row, drop-downs and formats, and a sheet that explains each column.

    Args:
        kind: The kind of file.
        language: Of the explanations; headings and values are Norwegian in all of them.
        known: What the store holds: its municipalities can be chosen, and the example refers to
            what is there.
        municipality: Whose example it is; that of the contract by default.
    """
    held, example = contract.load(kind), example_of(kind, known, municipality)
    book = Workbook()
    book.properties.creator = "Forankring"
    book.properties.created = book.properties.modified = _MADE_AT
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = held.name["nb"]
    explanation = book.create_sheet(SHEETS["explanation"][language])
    lists = book.create_sheet(SHEETS["lists"][language])
    _explain(explanation, held, example, language)
    for number, column in enumerate(held.columns, start=1):
        letter = get_column_letter(number)
        _column(sheet, number, column, example.get(column.name, ""))
        choices = _choices(column, known.municipalities.values())
        source = _listed(lists, column, choices) if choices else None
        check = _validation(column, source, language)
        check.add(f"{letter}{EXAMPLE_LINE}:{letter}{ROWS + 1}")
        sheet.add_data_validation(check)
    sheet.freeze_panes = f"B{EXAMPLE_LINE}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _column(sheet: Worksheet, number: int, column: Column, example: str) -> None:
    """The heading, the example and the format of the cells below."""
    head = sheet.cell(HEADING_LINE, number, column.heading)
    head.font = Font(bold=True)
    head.fill = _REQUIRED if column.is_required else _HEADING
    letter = get_column_letter(number)
    number_format = _FORMATS.get(column.type, "General" if column.is_number else "@")
    sheet.column_dimensions[letter].width = max(12, min(40, len(column.heading) + 4))
    sheet.column_dimensions[letter].number_format = number_format
    if not example:
        return
    cell = sheet.cell(EXAMPLE_LINE, number)
    cell.font, cell.number_format = _QUIET, number_format
    as_text = pl.Series([example])
    if column.type == "date":
        cell.value = parse.dates(as_text, "dmy")[0]
    elif column.is_number:
        value = float(parse.numbers(as_text)[0])
        cell.value = int(value) if value.is_integer() else value
        cell.number_format = "0 %" if "%" in example else number_format
    else:
        cell.value = example


def _choices(column: Column, municipalities: Collection[str]) -> list[str]:
    if column.values:
        return [value.words["nb"] for value in column.values]
    if column.type == "boolean":
        return ["ja", "nei"]
    if column.refers_to == "municipalities" and column.type == "text":
        return list(municipalities)
    return []


def _listed(lists: Worksheet, column: Column, choices: Sequence[str]) -> str:
    """The choices as a column of the sheet of lists; gives the range that holds them."""
    first = lists.cell(1, 1).value is None
    number = 1 if first else lists.max_column + 1
    lists.cell(1, number, column.heading).font = Font(bold=True)
    for line, choice in enumerate(choices, start=2):
        lists.cell(line, number, choice)
    letter = get_column_letter(number)
    lists.column_dimensions[letter].width = (
        max(len(text) for text in (column.heading, *choices)) + 3
    )
    return f"'{lists.title}'!${letter}$2:${letter}${len(choices) + 1}"


def _validation(column: Column, source: str | None, language: str) -> DataValidation:
    if source is not None:
        check = DataValidation("list", formula1=source, error=_WORDS["wrong"][language])
        # Other themes can be added by a coordinator, and a municipality has several spellings.
        if column.is_extensible or column.refers_to is not None:
            check.errorStyle = "warning"
    elif column.type in _FORMATS:
        # Excel counts days: 1 is the first of 1900, before anything a row is about.
        check = DataValidation("date", operator="greaterThan", formula1="1")
        check.error = _WORDS["wrong_date"][language]
    elif column.is_number:
        least = "-1000000000" if column.minimum is None else f"{column.minimum:g}"
        check = DataValidation(operator="greaterThanOrEqual", formula1=least)
        check.type = "whole" if column.type == "integer" else "decimal"
        check.error = _WORDS["wrong_number"][language]
    else:
        check = DataValidation()  # no rule: only the words that show while the cell is chosen
    check.allow_blank = True
    check.showErrorMessage = check.error is not None
    check.errorTitle = column.heading[:_WIDEST_TITLE]
    check.showInputMessage = True
    check.promptTitle = column.heading[:_WIDEST_TITLE]
    check.prompt = _short(column.meaning[language])
    return check


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST_PROMPT else f"{text[: _WIDEST_PROMPT - 1]}…"


def _explain(sheet: Worksheet, held: Contract, example: Mapping[str, str], language: str) -> None:
    words = {name: texts[language] for name, texts in _WORDS.items()}
    wrapped = Alignment(wrap_text=True, vertical="top")
    sheet.cell(1, 1, held.name[language]).font = Font(bold=True, size=14)
    for line, text in ((2, held.meaning[language]), (3, words["how"])):
        sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=6)
        sheet.cell(line, 1, text).alignment = wrapped
        sheet.row_dimensions[line].height = 15 * (1 + len(text) // 120)
    heads = ("column", "required", "form", "values", "meaning", "example")
    for number, head in enumerate(heads, start=1):
        cell = sheet.cell(5, number, words[head])
        cell.font, cell.fill = Font(bold=True), _HEADING
    for line, column in enumerate(held.columns, start=6):
        values = ", ".join(value.words["nb"] for value in column.values)
        shown = (
            column.heading,
            words["yes"] if column.is_required else words["no"],
            words[column.type],
            values,
            column.meaning[language],
            example.get(column.name, ""),
        )
        for number, text in enumerate(shown, start=1):
            cell = sheet.cell(line, number, text)
            cell.alignment, cell.number_format = wrapped, "@"
    for letter, width in zip("ABCDEF", (26, 14, 24, 44, 60, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A6"
