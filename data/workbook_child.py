"""Runs alone as a script: a workbook on standard input, its cells as lines of JSON on output."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import IO, Any

BROKEN = 3
"""The exit status that says: this is no workbook that can be opened."""


def confine(memory: int, seconds: int) -> None:
    """Take this process's right to more memory and time than that, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's timeout is what there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(said: Any) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=True) + "\n")


def as_text(value: Any, number_format: str) -> str:
    """A cell's value as a person would type it, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        if value.time() == dt.time(0):
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, int) and re.fullmatch("0{2,}", number_format):
        # A number shown with leading zeros, as 0301 is, was meant with them.
        return str(value).zfill(len(number_format))
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


def rows_of(sheet: Any, columns: int, far_rows: int) -> Iterator[tuple[int, list[str]]]:
    """The filled rows with their numbers; raises FarCellError at a cell outside any table."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong, and is never believed
    last = 0
    for row in sheet.iter_rows():
        if not row:
            continue
        number = next((cell.row for cell in row if hasattr(cell, "row")), None)
        far = next((cell for cell in row[columns:] if hasattr(cell, "row")), None)
        if far is not None:
            raise FarCellError(far.coordinate)
        if number is None:
            continue
        if number > last + far_rows:
            raise FarCellError(next(cell.coordinate for cell in row if hasattr(cell, "row")))
        texts = [as_text(cell.value, getattr(cell, "number_format", "")) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        last = number
        if texts:
            yield number, texts


class FarCellError(Exception):
    """A cell far outside any table; its argument is the cell's name."""


def formulas_without_value(raw: bytes, columns: int) -> dict[str, list[tuple[int, str]]]:
    """By sheet, the formula cells that hold no stored value, which read as empty otherwise."""
    import openpyxl

    formulas = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
    values = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    found: dict[str, list[tuple[int, str]]] = {}
    for asked, told in zip(formulas.worksheets, values.worksheets, strict=True):
        asked.reset_dimensions()
        told.reset_dimensions()
        for row, same in zip(asked.iter_rows(), told.iter_rows(), strict=False):
            for cell, value in zip(row[:columns], same[:columns], strict=False):
                if getattr(cell, "data_type", "") == "f" and value.value is None:
                    found.setdefault(asked.title, []).append((cell.row or 0, cell.coordinate))
    return found


class UnorderedError(Exception):
    """Rows that stand in another order than their numbers, of which openpyxl drops some."""


def look_over(part: IO[bytes]) -> dict[str, Any]:
    """What openpyxl does not tell of a sheet when it reads it as a stream.

    Returns:
        "formulas": whether there are any; looking twice at every cell is for those only.
        "merged": the ranges that go over several rows, of which only the first cell holds a value.
        "hidden_rows": the numbers of hidden rows.
    """
    seen: dict[str, Any] = {"formulas": False, "merged": [], "hidden_rows": []}
    last = 0
    rest = b""
    while chunk := part.read(1 << 20):
        whole = rest + chunk
        cut = whole.rfind(b"<")
        text, rest = (whole[:cut], whole[cut:]) if cut > 0 else (b"", whole)
        if len(rest) > _LONGEST_TAG:
            text, rest = whole, b""
        last = _look_at(text, seen, last)
    _look_at(rest, seen, last)
    return seen


# A tag of a sheet is some hundred bytes; text without any tag for so long is one cell's.
_LONGEST_TAG = 1 << 22

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z]+(\d+):[A-Z]+(\d+))["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def _look_at(text: bytes, seen: dict[str, Any], last: int) -> int:
    for row in _ROW.finditer(text):
        number = _NUMBER.search(row[1])
        last = int(number[1]) if number and int(number[1]) > last else last + 1
        if number and int(number[1]) != last:
            raise UnorderedError
        if _HIDDEN.search(row[1]) and len(seen["hidden_rows"]) < _MOST_NAMED:
            seen["hidden_rows"].append(last)
    for merged in _MERGED.finditer(text):
        if merged[2] != merged[3] and len(seen["merged"]) < _MOST_NAMED:
            seen["merged"].append([int(merged[2]), merged[1].decode()])
    seen["formulas"] = seen["formulas"] or _FORMULA.search(text) is not None
    return last


# More help nobody, and a message must stay readable.
_MOST_NAMED = 1_000


def main() -> int:
    limits = json.loads(sys.argv[1])
    confine(limits["memory"], limits["seconds"])
    warnings.simplefilter("ignore")
    raw = sys.stdin.buffer.read()
    # openpyxl only asks whether numpy is there, and importing it takes longer than most workbooks.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]
    import openpyxl

    try:
        opened = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        over = {}
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            sheets: list[Any] = opened.worksheets
            for sheet in sheets:
                # Which part of the archive a sheet is, openpyxl says nowhere else.
                with archive.open(sheet._worksheet_path) as part:
                    over[sheet.title] = look_over(part)
        has_formulas = any(seen["formulas"] for seen in over.values())
        without = formulas_without_value(raw, limits["columns"]) if has_formulas else {}
        for sheet in opened.worksheets:
            for number, texts in rows_of(sheet, limits["columns"], limits["far_rows"]):
                say([number, texts])
            head = {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}
            head |= {key: over[sheet.title][key] for key in ("merged", "hidden_rows")}
            say({**head, "formulas_without_value": without.get(sheet.title, [])})
    except FarCellError as far:
        say({"problem": {"code": "far_cell", "sheet": sheet.title, "found": str(far)}})
        return 0
    except MemoryError:
        return 4
    # openpyxl raises whatever its parts raise when a part is missing, twisted or no XML.
    except Exception:
        return BROKEN
    say({"end": True})
    return 0


if __name__ == "__main__":
    sys.exit(main())
