"""The versions of a locked month: what its lock kept, and what corrections made of it since.

A locked month keeps its release: version 1. When data that it was made of is corrected, what is not
about persons is computed anew, and the month gets the next version, with a note of what changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from data.store import RefusedError
from queries import ask


@dataclass(frozen=True)
class Version:
    """One version of a locked month.

    Attributes:
        release: The first release that shows it; of version 1 the one that the lock kept.
        made_at: When the month was locked; of a later version when what it corrects came. UTC.
        changes: How many numbers and commitments changed from the version before.
        same_as: The earliest version whose numbers it has again; None where they are new.
        notes: What changed from the version before, each a row of `corrections` in release.sql.
    """

    month: dt.date
    version: int
    release: int
    made_at: dt.datetime
    changes: int
    same_as: int | None
    notes: tuple[Mapping[str, Any], ...] = ()


def versions(folder: Path, month: dt.date, release: int | None = None) -> tuple[Version, ...]:
    """The versions of a month, the oldest first; none while it is not locked.

    Args:
        month: Its first day.
        release: As this release knew them; the current one by default.

    Raises:
        NoReleaseError: Nothing has been released, or there is no such release.
    """
    number = ask.current_release(folder) if release is None else release
    if not ask.has_table(folder, number, "month_versions"):
        # Of an earlier version of the program, which kept what was locked and corrected nothing.
        return _locked_only(folder, month, number)
    notes = ask.ask("corrections", store=folder, release=number).filter(month=month)
    found = ask.ask("month_versions", store=folder, release=number)
    return tuple(
        Version(**row, notes=tuple(notes.filter(version=row["version"]).iter_rows(named=True)))
        for row in found.filter(month=month).iter_rows(named=True)
    )


def release_of(folder: Path, month: dt.date, version: int | None = None) -> tuple[int, int]:
    """The number of a version of a locked month, and of the release that holds it.

    Args:
        month: Its first day.
        version: What was locked by default, which is version 1: what a meeting reads.

    Raises:
        RefusedError: "no_version" when the month has no such version, or is not locked.
        NoReleaseError: Nothing has been released.
    """
    wanted = 1 if version is None else version
    known = versions(folder, month)
    for one in known:
        if one.version == wanted:
            return one.version, one.release
    raise RefusedError("no_version", month=month, version=wanted, newest=len(known))


def _locked_only(folder: Path, month: dt.date, number: int) -> tuple[Version, ...]:
    found = ask.ask("months", store=folder, release=number).filter(
        (pl.col("month") == month) & pl.col("lock_release").is_not_null()
    )
    return tuple(
        Version(month, 1, row["lock_release"], row["locked_at"], changes=0, same_as=None)
        for row in found.iter_rows(named=True)
    )
