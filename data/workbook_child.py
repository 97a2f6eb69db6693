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
from typing import Any

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
        return str(value)
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


def has_formulas(raw: bytes) -> bool:
    """Whether any sheet holds a formula: looking twice at every cell is for those only."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as sheet:
                    tail = b""
                    while chunk := sheet.read(1 << 20):
                        if re.search(rb"<f[ >/]", tail + chunk):
                            return True
                        tail = chunk[-4:]
    return False


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
        without = formulas_without_value(raw, limits["columns"]) if has_formulas(raw) else {}
        for sheet in opened.worksheets:
            for number, texts in rows_of(sheet, limits["columns"], limits["far_rows"]):
                say([number, texts])
            head = {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}
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
