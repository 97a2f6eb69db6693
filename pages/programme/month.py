"""The programme of one month, put together from its parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from pages.programme.actions import actions
from pages.programme.attention import attention
from pages.programme.comparison import comparison
from pages.programme.decided import decided
from pages.programme.participation import participation
from pages.programme.reading import Reading
from pages.programme.since_last import since_last
from pages.programme.slides import Programme
from pages.text import say
from queries.ask import current_release
from queries.disclosure import COOPERATION


def programme(
    folder: Path,
    month: dt.date,
    municipality: str = COOPERATION,
    *,
    release: int,
    version: int = 1,
    live: int | None = None,
) -> Programme:
    """Everything that the meeting about a month reads, in the language spoken now.

    Args:
        folder: The store's.
        month: Its first day.
        municipality: Its number, or "cooperation" for all of them together.
        release: What every number is from: that of the month's version.
        version: Which version of the month that is.
        live: What decisions and attestations are from, since they are written after the lock; the
            current release by default.

    Raises:
        NoReleaseError: There is no such release.
    """
    newest = current_release(folder) if live is None else live
    reading = Reading(folder, month, municipality, release, newest)
    return replace(
        head(reading, version),
        slides=(
            *since_last(reading),
            *attention(reading),
            *participation(reading),
            *actions(reading),
            *comparison(reading),
            *decided(reading),
        ),
    )


def head(reading: Reading, version: int) -> Programme:
    """What stands on every slide and document of the month, without the slides."""
    (made,) = reading.rows("release")
    locks = {row["month"]: row["locked_at"] for row in reading.rows("months")}
    here = reading.municipality
    return Programme(
        month=reading.month,
        place=say("All municipalities") if reading.of_all else reading.names[here],
        municipality=here,
        release_number=reading.release,
        version=version,
        locked_at=locks.get(reading.month),
        content_hash=made["content_hash"],
        made_at=made["made_at"],
        is_demo=made["is_demo"],
        slides=(),
    )
