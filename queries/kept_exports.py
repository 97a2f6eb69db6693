"""What was exported of a locked month, byte for byte as it was then: kept once, never made anew.

The words around the numbers are the program's, and a later version may say them otherwise. So what
was said is kept beside the releases, with its hash, and goes wherever a copy of the store goes. The
store remembers the hash: what is lost is made again only where it comes out as it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from data import store
from data.store import RefusedError
from data.whole import write_once
from queries import ask

FOLDER = "exports"
ENDING = ".kept"


def place(folder: Path, month: dt.date, release: int, language: str, form: str) -> Path:
    """Where the export of a locked month stands, whether or not it is there.

    Args:
        release: The one that holds the version of the month.
        form: "json" or "csv".
    """
    name = f"{month:%Y-%m}.{release:06d}.{language}.{form}{ENDING}"
    return folder / ask.RELEASES / FOLDER / name


def intact(folder: Path, month: dt.date, form: str) -> Iterator[bytes]:
    """What is kept of a month in a format, in every language, of the newest release first."""
    names = f"{month:%Y-%m}.*.{form}{ENDING}"
    for path in sorted((folder / ask.RELEASES / FOLDER).glob(names), reverse=True):
        content = _content(path.read_bytes())
        if content is not None:
            yield content


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
        raise _damaged(path)
    return content


def keep(folder: Path, path: Path, content: bytes) -> bytes:
    """Keep what was made, unless something is kept there: that is never written over.

    Args:
        folder: The store, which remembers what was kept.

    Returns:
        What is kept.

    Raises:
        RefusedError: "export_damaged", also where what was kept is lost, and this is not it.
        DiskRefusedError: There is no room for it, or no right.
    """
    told = hashlib.sha256(content).hexdigest()
    with store.opened(folder) as opened:
        known = opened.exports().get(path.name)
        if not path.exists() and known not in (None, told):
            raise _damaged(path)
        write_once(path, told.encode() + b"\n" + zlib.compress(content))
        kept = read(path)
        assert kept is not None
        if known is None:
            opened.remember_export(path.name, hashlib.sha256(kept).hexdigest())
    return kept


def damaged(folder: Path) -> list[str]:
    """The names of those that are lost, or not what was kept."""
    with store.opened(folder) as opened:
        known = opened.exports()
    place_of = folder / ask.RELEASES / FOLDER
    there = {path.name for path in place_of.glob(f"*{ENDING}")}
    return [name for name in sorted(known.keys() | there) if not _is_kept(place_of / name, known)]


def _is_kept(path: Path, known: Mapping[str, str]) -> bool:
    if not path.exists():
        return False
    content = _content(path.read_bytes())
    if content is None:
        return False
    return known.get(path.name) in (None, hashlib.sha256(content).hexdigest())


def _damaged(path: Path) -> RefusedError:
    return RefusedError("export_damaged", file=path.name, folder=str(path.parent))


def _content(kept: bytes) -> bytes | None:
    """What is kept; None where it does not fit its hash."""
    told, _, packed = kept.partition(b"\n")
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == told else None
