"""What was exported of a locked month, byte for byte as it was then: kept once, never made anew.

The words around the numbers are the program's, and a later version may say them otherwise. So what
was said is kept beside the releases, with its hash, and goes wherever a copy of the store goes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from pathlib import Path

from data.store import RefusedError
from data.whole import write_once
from queries import ask

FOLDER = "exports"
ENDING = ".kept"


def place(store: Path, month: dt.date, release: int, language: str, form: str) -> Path:
    """Where the export of a locked month stands, whether or not it is there.

    Args:
        release: The one that holds the version of the month.
        form: "json" or "csv".
    """
    name = f"{month:%Y-%m}.{release:06d}.{language}.{form}{ENDING}"
    return store / ask.RELEASES / FOLDER / name


def read(path: Path) -> bytes | None:
    """What is kept there; None where nothing is.

    Raises:
        RefusedError: "export_damaged" when it is not what was kept.
    """
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        return None
    content = _content(kept)
    if content is None:
        raise RefusedError("export_damaged", file=path.name, folder=str(path.parent))
    return content


def keep(path: Path, content: bytes) -> bytes:
    """Keep what was made, unless something is kept there: that is never written over.

    Returns:
        What is kept.

    Raises:
        RefusedError: "export_damaged".
        DiskRefusedError: There is no room for it, or no right.
    """
    told = hashlib.sha256(content).hexdigest()
    write_once(path, told.encode() + b"\n" + zlib.compress(content))
    kept = read(path)
    assert kept is not None
    return kept


def damaged(store: Path) -> list[str]:
    """The names of those that are not what was kept."""
    kept = sorted((store / ask.RELEASES / FOLDER).glob(f"*{ENDING}"))
    return [path.name for path in kept if _content(path.read_bytes()) is None]


def _content(kept: bytes) -> bytes | None:
    """What is kept; None where it does not fit its hash."""
    told, _, packed = kept.partition(b"\n")
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == told else None
