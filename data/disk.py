"""What a disk refuses, told apart: no room, no right, or a file that is not what it was."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path


class StoreUnavailableError(RuntimeError):
    """The store cannot be used right now; what was stored before is as it was."""


class DiskRefusedError(StoreUnavailableError):
    """The disk did not do what was asked.

    Attributes:
        code: "disk_full", "not_allowed" or "store_damaged".
        path: The file or folder; None when only the system knows which.
    """

    def __init__(self, code: str, path: str | None) -> None:
        super().__init__(f"{code} {path}")
        self.code, self.path = code, path


# EFBIG is what a limit on the size of files gives, and EDQUOT one on a user's share of the disk.
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

# DuckDB passes on what the system said, as text.
_SAID = {
    "disk_full": (
        "No space left on device",
        "Disk quota exceeded",
        "File too large",
        "not enough space on the disk",
    ),
    "not_allowed": (
        "Permission denied",
        "Operation not permitted",
        "Read-only file system",
        "Access is denied",
        "read-only mode",
    ),
    "store_damaged": (
        "Corrupt database file",
        "Corrupt WAL file",
        "Failure while replaying WAL",
        "not a valid DuckDB database file",
        "Could not read enough bytes",
    ),
}

_IN_USE = "Could not set lock on file"
"""Another process has the file open. That is over in a moment, and no refusal."""


def refused(error: BaseException, path: Path | None = None) -> DiskRefusedError | None:
    """What the disk refused when this error came; None when it was something else.

    Args:
        path: Where it was, when the error itself does not know.
    """
    if isinstance(error, DiskRefusedError):
        return error
    where = None if path is None else str(path)
    if isinstance(error, OSError):
        named = error.filename
        where = named if isinstance(named, str) else where
        if error.errno in _FULL:
            return DiskRefusedError("disk_full", where)
        return DiskRefusedError("not_allowed", where) if error.errno in _NOT_ALLOWED else None
    # By name, since DuckDB itself belongs in the store and in the queries.
    if "duckdb" not in type(error).__module__:
        return None
    said = str(error)
    if _IN_USE in said:  # and DuckDB may go on to say that reading alone would be possible
        return None
    for code, texts in _SAID.items():
        if any(text in said for text in texts):
            return DiskRefusedError(code, where)
    return None


@contextlib.contextmanager
def telling(path: Path) -> Iterator[None]:
    """Whatever the disk refuses inside is raised as DiskRefusedError."""
    try:
        yield
    except Exception as error:
        told = refused(error, path)
        if told is None or told is error:
            raise
        raise told from error
