"""What a command prints: sentences and aligned rows for people, JSON for machines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.disk import DiskRefusedError
from data.settings import OSLO
from data.whole import write_whole
from pages.text import date_and_time

GAP = "  "
"""Between two columns of a printed list."""


def show_json(value: Any) -> None:
    """Print one JSON value, with days and moments in ISO form."""
    show(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def show(text: str) -> None:
    """Print a text to the standard output, in UTF-8 whatever the system's own encoding is."""
    show_bytes((text + "\n").encode("utf-8", "backslashreplace"))


def show_bytes(content: bytes) -> None:
    """Write bytes to the standard output, as they are."""
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:  # some notebooks' output takes only text
        sys.stdout.write(content.decode())
        return
    stream.write(content)
    stream.flush()


def write_file(path: Path, content: bytes) -> None:
    """Write a file that somebody named, whole or not at all: what stood there stands until then.

    Raises:
        DiskRefusedError: There is no room for it in its folder, or no right.
    """
    if path.exists() and not path.is_file():
        # A device, as /dev/stdout: it takes bytes, and must not be given way to a file.
        path.write_bytes(content)
        return
    place = path.resolve()  # a link stays one, and what it leads to is written
    try:
        write_whole(place, content)
    except DiskRefusedError as error:
        # The error's own name is that of the unfinished file, which nobody asked for.
        raise DiskRefusedError(error.code, str(place.parent)) from error


def show_rows(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns under their headings; numbers to the right."""
    table = [headings, *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(headings))]
    for row in table:
        show(GAP.join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def told(moment: dt.datetime) -> str:
    """A stored moment (UTC) as people in Norway read it."""
    return date_and_time(moment.replace(tzinfo=dt.UTC).astimezone(OSLO))


def iso(moment: dt.datetime) -> str:
    """A stored moment (UTC) as machines read it."""
    return moment.isoformat(timespec="seconds") + "Z"


def plain(value: Any) -> Any:
    """What stands in JSON for a value that has no form there: days and moments in ISO form."""
    if isinstance(value, dt.datetime):
        return iso(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
