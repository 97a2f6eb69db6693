"""The only way to a frame: ask() reads a release, nothing else."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import settings
from queries import certificate, sql

RELEASES = "releases"
CURRENT = "current"

Answer = str | int | float | bool | dt.date | None
"""What a question's parameter can be."""


class NoReleaseError(RuntimeError):
    """Nothing has been released from the store in this folder."""


class DiscardedReleaseError(NoReleaseError):
    """A release without a certificate that fits: it was not audited, or is not what was audited."""


class OutdatedReleaseError(NoReleaseError):
    """A release that an earlier version of the program made, without all that is asked for now."""


def file_of(store: Path, number: int) -> Path:
    """The file of a release, whether or not it is there."""
    return store / RELEASES / f"{number:06d}.duckdb"


def current_release(store: Path | None = None) -> int:
    """The number of the release that is shown now.

    Args:
        store: The store's folder; the one of the settings by default.

    Raises:
        NoReleaseError: There is none yet.
    """
    store = store or settings.load().store
    pointer = store / RELEASES / CURRENT
    try:
        told = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoReleaseError(str(store)) from None
    assert re.fullmatch(r"\d{6}", told), f"{pointer.name} holds {told!r}"
    return int(told)


def ask(
    question: str, *, store: Path | None = None, release: int | None = None, **parameters: Answer
) -> pl.DataFrame:
    """The answer to one question of asked/, from a release.

    Args:
        question: The name of a file in queries/asked/, without ending.
        store: The store's folder; the one of the settings by default.
        release: An earlier release's number; the current one by default.
        parameters: What the question asks for, by name.

    Returns:
        A frame with the columns that the file's last select names. It is shared: never change it.

    Raises:
        NoReleaseError: Nothing has been released, or what was is discarded, or was made by an
            earlier version (one that is asked for by its number is read all the same).
        KeyError: There is no such question.
    """
    store = (store or settings.load().store).resolve()
    number = current_release(store) if release is None else release
    path = sql.FOLDER / "asked" / f"{question}.sql"
    if not (question.isidentifier() and path.is_file()):
        raise KeyError(question)
    if release is None and not is_of_this_version(store, number):
        raise OutdatedReleaseError(str(store))
    return _answer(path, file_of(store, number), tuple(sorted(parameters.items())))


SCHEMA = sql.FOLDER / "release.sql"
"""What a release of this version holds."""


def is_of_this_version(store: Path, number: int) -> bool:
    """Whether a release has every table and column that the questions of this version ask for.

    Raises:
        NoReleaseError: There is no such release, or it is discarded.
    """
    return _has_columns(file_of(store, number))


def has_table(store: Path, number: int, table: str) -> bool:
    """Whether a release holds a table: one of an earlier version may lack it.

    Raises:
        NoReleaseError: There is no such release, or it is discarded.
    """
    return table in set(ask("columns", store=store, release=number)["table_name"])


@lru_cache(maxsize=16)
def _has_columns(release: Path) -> bool:
    held = set(_answer(sql.FOLDER / "asked" / "columns.sql", release, ()).iter_rows())
    wanted = {
        (table, column) for table, columns in sql.schema_of(SCHEMA).items() for column in columns
    }
    return held >= wanted


# A release never changes, so its answers can be kept; a page asks about a dozen questions, for
# seven choices of municipality and a few months.
@lru_cache(maxsize=1024)
def _answer(
    question: Path, release: Path, parameters: tuple[tuple[str, Answer], ...]
) -> pl.DataFrame:
    if not release.is_file():
        raise NoReleaseError(str(release))
    if not certificate.fits(release):
        raise DiscardedReleaseError(str(release))
    return sql.run(sql.reader(release), question, **dict(parameters))
