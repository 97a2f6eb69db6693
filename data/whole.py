"""A file is there whole or not at all, also after a power cut."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from data import disk


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut.

    Raises:
        DiskRefusedError: There is no room for it, or no right; nothing of it is left.
    """
    with _part_of(path, content) as part:
        part.replace(path)


def write_once(path: Path, content: bytes) -> bool:
    """The same, but never over a file that is there; whether it was written.

    Raises:
        DiskRefusedError: There is no room for it, or no right; nothing of it is left.
    """
    with _part_of(path, content) as part:
        try:
            os.link(part, path)
        except FileExistsError:
            return False
        finally:
            part.unlink(missing_ok=True)
    return True


@contextlib.contextmanager
def _part_of(path: Path, content: bytes) -> Iterator[Path]:
    """The content written and synced under a name that nobody reads; its place is made sure of."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    with disk.telling(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            yield part
        except OSError:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and NTFS orders its own renames
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
