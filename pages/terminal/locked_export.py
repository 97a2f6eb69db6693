"""The export of a locked month as it was first made: the same bytes after every later upgrade.

"What did we show in October" is asked when the program that showed it may be gone. So whoever has a
release made here keeps the exports of the months that people locked, at once.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from data import acts, settings, store
from data.disk import DiskRefusedError
from data.store import NoStoreError, RefusedError
from pages.terminal import exported
from pages.text import in_language, language
from queries import ask, certificate, kept_exports, release, versions

MADE = {"json": exported.as_json, "csv": exported.as_csv}
"""By the name of the format."""


def bring_up_to_date(folder: Path) -> int:
    """Make a release where one is wanted, and keep what it shows of the months locked in it.

    Raises:
        RefusedError: As `release.bring_up_to_date`.
    """
    number = release.bring_up_to_date(folder)
    if number:
        keep_locked(folder, number)
    return number


def keep_locked(folder: Path, number: int) -> None:
    """Keep the exports of the months that people locked before a meeting, in the set language.

    History that is locked at once is kept when somebody asks for it: nobody met about it.
    """
    spoken = settings.load().language
    months = ask.ask("months", store=folder, release=number)
    for month, is_history, kept_in in months.select(
        "month", "is_history", "lock_release"
    ).iter_rows():
        if kept_in is None or is_history or not certificate.fits(ask.file_of(folder, kept_in)):
            continue
        with in_language(spoken):
            for form in MADE:
                if not kept_exports.place(folder, month, kept_in, spoken, form).exists():
                    content(folder, None, month, None, form)


def content(
    folder: Path, number: int | None, when: dt.date | None, version: int | None, form: str
) -> bytes:
    """What is shown of a release, whole or of one month, as a file.

    Args:
        number, when, version: As `exported.shown` takes them.
        form: "json" or "csv".

    Raises:
        RefusedError, NoReleaseError: As `exported.shown`; "export_damaged"; "locked_release_lost"
            when what a lock kept is lost, and what is asked for was never exported.
    """
    kept_in = None if when is None or number is not None else _kept_in(folder, when, version)
    if when is None or kept_in is None:
        return MADE[form](exported.shown(folder, number, when, version))
    path = kept_exports.place(folder, when, kept_in, language(), form)
    found = kept_exports.read(path)
    if found is not None:
        return found
    if not certificate.fits(ask.file_of(folder, kept_in)):
        raise _lost(folder, when, kept_in)
    made = MADE[form](exported.shown(folder, number, when, version))
    try:
        return kept_exports.keep(folder, path, made)
    except DiskRefusedError:
        # Whoever may only read is shown it all the same.
        return made


def _kept_in(folder: Path, when: dt.date, version: int | None) -> int | None:
    """The release that holds the version of a month, also a lost one; None where it is not locked.

    Raises:
        RefusedError: "no_version"; "locked_release_lost" when nothing tells any more which it is.
    """
    try:
        if not versions.versions(folder, when):
            return None
        return versions.release_of(folder, when, version)[1]
    except ask.NoReleaseError:
        # The release that would tell is lost. What was exported before that tells it too.
        known = _exported_before(folder, when)
        if not known and not _is_locked(folder, when):
            raise
        kept_in = known.get(1 if version is None else version)
        if kept_in is None:
            raise _lost(folder, when, ask.current_release(folder)) from None
        return kept_in


def _exported_before(folder: Path, when: dt.date) -> dict[int, int]:
    """By version of a month the release that holds it, as the newest kept export tells."""
    for content in kept_exports.intact(folder, when, "json"):
        told = json.loads(content)
        months = {one["month"]: one["lock_release"] for one in told["release"]["locked_months"]}
        later = {one["version"]: one["release"] for one in told.get("month_versions", ())}
        return {1: months[when.isoformat()], **later}
    return {}


def _is_locked(folder: Path, when: dt.date) -> bool:
    try:
        with store.opened(folder) as opened:
            return when in acts.locked_months(opened)
    except NoStoreError:
        return False


def _lost(folder: Path, when: dt.date, number: int) -> RefusedError:
    place = str(folder / ask.RELEASES)
    return RefusedError("locked_release_lost", month=when, release=number, folder=place)
