"""The only way to a frame: ask() reads a release, nothing else."""

from __future__ import annotations

import datetime as dt
import os
import re
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from data import settings
from data.disk import DiskRefusedError
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
    return store / RELEASES / _name_of(number)


def _name_of(number: int) -> str:
    return f"{number:06d}.duckdb"


def current_release(store: Path | None = None) -> int:
    """The number of the release that is shown now.

    Args:
        store: The store's folder; the one of the settings by default.

    Raises:
        NoReleaseError: There is none yet.
        DiskRefusedError: "store_damaged" when the file that says so is not what it was.
    """
    store = store or settings.load().store
    try:
        # By text, and as bytes: a page reads it thirty times, and a path takes longer to make.
        with open(f"{store}/{RELEASES}/{CURRENT}", "rb") as pointer:  # noqa: PTH123
            told = pointer.read().strip()
    except FileNotFoundError:
        raise NoReleaseError(str(store)) from None
    if re.fullmatch(rb"\d{6}", told) is None:
        raise DiskRefusedError("store_damaged", f"{store}/{RELEASES}/{CURRENT}")
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
    folder = os.path.realpath(store or settings.load().store)
    number = current_release(Path(folder)) if release is None else release
    if question not in _questions():
        raise KeyError(question)
    # By text: a page asks thirty questions, and a path takes longer to compare than to read.
    file = f"{folder}/{RELEASES}/{_name_of(number)}"
    if release is None and not _has_columns(file):
        raise OutdatedReleaseError(folder)
    return _answer(question, file, tuple(sorted(parameters.items())))


@cache
def _questions() -> dict[str, Path]:
    return {path.stem: path for path in (sql.FOLDER / "asked").glob("*.sql")}


SCHEMA = sql.FOLDER / "release.sql"
"""What a release of this version holds."""


def is_of_this_version(store: Path, number: int) -> bool:
    """Whether a release has every table and column that the questions of this version ask for.

    Raises:
        NoReleaseError: There is no such release, or it is discarded.
    """
    return _has_columns(str(file_of(store, number)))


def has_table(store: Path, number: int, table: str) -> bool:
    """Whether a release holds a table: one of an earlier version may lack it.

    Raises:
        NoReleaseError: There is no such release, or it is discarded.
    """
    return table in set(ask("columns", store=store, release=number)["table_name"])


@lru_cache(maxsize=16)
def _has_columns(release: str) -> bool:
    held = set(_answer("columns", release, ()).iter_rows())
    wanted = {
        (table, column) for table, columns in sql.schema_of(SCHEMA).items() for column in columns
    }
    return held >= wanted


# A release never changes, so its answers can be kept: a page asks up to thirty questions, and those
# of a year of its months are asked ahead. A thousand of them take about 40 MB.
@lru_cache(maxsize=4096)
def _answer(
    question: str, release: str, parameters: tuple[tuple[str, Answer], ...]
) -> pl.DataFrame:
    file = Path(release)
    if not file.is_file():
        raise NoReleaseError(release)
    if not certificate.fits(file):
        raise DiscardedReleaseError(release)
    return sql.compact(sql.run(sql.reader(file), _questions()[question], **dict(parameters)))
