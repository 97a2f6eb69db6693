"""What a package is made of, found in a store: the locked month's version and its numbers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from data import settings
from data.contract import fold
from data.store import RefusedError
from pages.documents.package import Wanted
from pages.terminal import exported
from queries.ask import ask, current_release
from queries.disclosure import COOPERATION
from queries.versions import release_of, versions


def municipality(folder: Path, text: str | None) -> str:
    """The number of a municipality that was given by number or by name; of all where none was.

    Raises:
        RefusedError: "unknown_municipality".
    """
    if text is None:
        return COOPERATION
    known = ask("frame_municipalities", store=folder, release=current_release(folder))
    for number, name in known.select("municipality_id", "name").iter_rows():
        if text == number or fold(text) == fold(name):
            return str(number)
    raise RefusedError("unknown_municipality", municipality=text)


def wanted(
    folder: Path,
    month: dt.date,
    municipality: str = COOPERATION,
    *,
    version: int | None = None,
) -> Wanted:
    """Everything that the documents of a month are made of.

    Args:
        month: Its first day.
        municipality: Its number, or "cooperation".
        version: A later version of the month; what was locked by default.

    Raises:
        RefusedError: "unknown_month", "month_not_locked", "no_version", "unknown_municipality".
        NoReleaseError: Nothing has been released.
    """
    known = ask("months", store=folder, release=current_release(folder))["month"]
    if month not in set(known):
        raise RefusedError("unknown_month", month=month, first=known.min(), last=known.max())
    if not versions(folder, month):
        raise RefusedError("month_not_locked", month=month)
    shown_version, release = release_of(folder, month, version)
    names = ask("frame_municipalities", store=folder, release=release)["municipality_id"]
    if municipality not in (COOPERATION, *names):
        raise RefusedError("unknown_municipality", municipality=municipality)
    return Wanted(
        folder=folder,
        month=month,
        municipality=municipality,
        release=release,
        version=shown_version,
        live=current_release(folder),
        read_numbers=lambda: exported.numbers(exported.shown(folder, release, month)),
        address=settings.load().reached_at,
    )
