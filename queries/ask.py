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
        NoReleaseError: Nothing has been released, or what was is discarded.
        KeyError: There is no such question.
    """
    store = (store or settings.load().store).resolve()
    number = current_release(store) if release is None else release
    path = sql.FOLDER / "asked" / f"{question}.sql"
    if not (question.isidentifier() and path.is_file()):
        raise KeyError(question)
    return _answer(path, file_of(store, number), tuple(sorted(parameters.items())))


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
