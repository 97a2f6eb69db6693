"""Workbooks are opened in a process of their own, under limits, so that none can hurt this one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from data.layout import Record
from data.problems import Problem

UNPACKED_BYTES = 300_000_000
"""What the parts of a workbook may unpack to together. 100,000 rows of 20 columns are 100 MB; what
is larger belongs in a CSV file, and the child process reads it as a stream in any case."""

RATIO = 200
"""How many times smaller than its content a large part may be packed. Sheets pack 5 to 20 times,
blank or repeated ones up to 100; a bomb packs 1,000 times."""

SECONDS = 20
"""A sheet of a million cells takes about 10 seconds, on a machine that does nothing else."""

MEMORY_BYTES = 1_500_000_000
"""For the child alone, its interpreter and openpyxl included (about 60 MB)."""

FAR_ROWS = 10_000
"""Empty rows between two filled ones that no table has."""

_BEGINNING = 65_536
"""Bytes of the workbook's own part that say in which edition of the format it is."""

_ENVIRONMENT = {
    # openpyxl takes lxml where it is installed, which has other limits than Python's own parser;
    # those here were measured with that one.
    "OPENPYXL_LXML": "False",
    **({"SYSTEMROOT": os.environ.get("SYSTEMROOT", "")} if os.name == "nt" else {}),
}

_CHILD = Path(__file__).with_name("workbook_child.py")


@dataclass(frozen=True)
class SheetSeen:
    """A sheet of a workbook: its name, whether it is hidden, how many rows hold something."""

    name: str
    hidden: bool
    rows: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows as text, with their numbers in the sheet.

    Attributes:
        formulas_without_value: Row and cell ("C4") of each formula that holds no stored value.
        merged: First row and range of cells that are merged over several rows.
        hidden_rows: Rows that are not shown; they are read as all others.
    """

    seen: SheetSeen
    rows: Sequence[Record] = field(repr=False)
    formulas_without_value: tuple[tuple[int, str], ...] = ()
    merged: tuple[tuple[int, str], ...] = ()
    hidden_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """All sheets with rows, hidden ones too; or why there are none."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()


def open_workbook(raw: bytes, *, columns: int = 1_000) -> Workbook:
    """Every cell of every sheet as text: dates as ISO, numbers as they are stored.

    Args:
        columns: A cell further to the right than this is far outside any table.
    """
    refused = _looked_at(raw)
    if refused is not None:
        return Workbook(problems=(refused,))
    limits = {
        "memory": MEMORY_BYTES,
        "seconds": SECONDS,
        "columns": columns,
        "far_rows": FAR_ROWS,
    }
    try:
        child = subprocess.run(
            # -I: neither the environment nor the working folder decides what is imported.
            [sys.executable, "-I", str(_CHILD), json.dumps(limits)],
            input=raw,
            stdout=subprocess.PIPE,
            # Its complaints may quote cells, so they go nowhere.
            stderr=subprocess.DEVNULL,
            timeout=SECONDS + 5,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Workbook(problems=(Problem("too_slow", expected=str(SECONDS)),))
    return _told(child.stdout, child.returncode)


def _looked_at(raw: bytes) -> Problem | None:
    """What the archive's own directory says: read without unpacking anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                return Problem("encrypted_workbook")
            with archive.open("xl/workbook.xml") as book:
                is_strict = b"purl.oclc.org/ooxml" in book.read(_BEGINNING)
    # A hostile or damaged archive raises whatever its own parts raise.
    except Exception:
        return Problem("broken_workbook")
    if is_strict:
        # Its names of things are other ones, and openpyxl would find no sheet at all.
        return Problem("other_workbook", found="Strict Open XML")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_BYTES or any(_is_bomb(part) for part in parts):
        allowed = min(UNPACKED_BYTES, RATIO * sum(part.compress_size for part in parts))
        found, expected = f"{unpacked / 1e6:.0f}", f"{allowed / 1e6:.0f}"
        return Problem("archive_bomb", found=found, expected=expected)
    return None


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    # Small parts may pack well without harm.
    return part.file_size > 10_000_000 and part.file_size > RATIO * max(part.compress_size, 1)


def _told(output: bytes, ended: int) -> Workbook:
    """What the child said: one line of JSON per sheet head and per row, the last one "end"."""
    sheets: list[Sheet] = []
    rows: list[Record] = []
    whole = False
    for line in output.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            break
        if isinstance(said, list):
            rows.append((said[0], said[1]))
        elif "problem" in said:
            return Workbook(problems=(Problem(**said["problem"]),))
        elif "sheet" in said:
            seen = SheetSeen(said["sheet"], said["hidden"], len(rows))
            without = tuple((row, cell) for row, cell in said["formulas_without_value"])
            merged = tuple((row, cells) for row, cells in said["merged"])
            sheets.append(Sheet(seen, rows, without, merged, tuple(said["hidden_rows"])))
            rows = []
        else:
            whole = True
    if whole:
        return Workbook(tuple(sheets))
    # 3 is what the child says itself; anything else, or a signal, is a limit that struck.
    code = "broken_workbook" if ended == 3 else "too_slow"
    expected = None if ended == 3 else str(SECONDS)
    return Workbook(problems=(Problem(code, expected=expected),))
