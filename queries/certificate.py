"""The certificate that stands beside a release: what was audited, what came of it, for which file.

A release without a certificate, or with one that was made for another file, is not opened.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from data.whole import write_whole

SUFFIX = ".certificate.json"

Outcome = Literal["passed", "lines_withheld", "municipalities_withheld", "withheld"]
"""Of a tertial's numbers: all are shown, the lines of the breakdown are not, those of the
municipalities are not, or none that was new.
A month that did not pass alone is withheld alone."""


@dataclass(frozen=True)
class Audited:
    """One released cell as the audit saw it.

    Attributes:
        of: The months that are in it, by municipality.
        ledger_entry: The last entry of the ledger that was in the release that first showed it.
    """

    municipality_id: str
    grain: str
    period: dt.date
    part: str | None
    of: tuple[tuple[str, dt.date], ...]
    ledger_entry: int


@dataclass(frozen=True)
class Bound:
    """Between what bounds an outsider knows a municipality's number to lie.

    From each released sum and band by itself, and so from nothing that is not shown. All of them
    together may tell more: what they tell is the audit's own question.

    Attributes:
        month: None for the whole tertial.
        high: None where only common sense bounds it.
    """

    municipality_id: str
    what: str
    month: dt.date | None
    part: str | None
    low: int
    high: int | None


@dataclass(frozen=True)
class Block:
    """The audit of one indicator and tertial: no number of another block bears on it.

    Attributes:
        hash: Of everything that is shown of it and of what it was summed from.
        has_passed: False only where earlier releases had shown too much already.
        audited_in: The release in which it was audited last; nothing in it is new since.
    """

    indicator: str
    tertial: dt.date
    hash: str
    outcome: Outcome
    has_passed: bool
    audited_in: int
    cells: tuple[Audited, ...] = ()
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """What the audit found of everything that a release shows about persons and answers.

    Attributes:
        program: What made the release, as `program.fingerprint` gives it; empty for one of old.
    """

    release: int
    content_hash: str
    blocks: tuple[Block, ...]
    sha256: str = field(default="")
    program: str = field(default="")


def path_of(release: Path) -> Path:
    """The certificate beside a release file."""
    return release.with_suffix(SUFFIX)


def write(certificate: Certificate, release: Path, of: Path) -> None:
    """Write the certificate beside the place where a release file will stand.

    Args:
        of: The file as it is now, whole, under another name.
    """
    sealed = {
        "release": certificate.release,
        "content_hash": certificate.content_hash,
        "blocks": [_told(block) for block in certificate.blocks],
        "sha256": _sha256(of),
        "program": certificate.program,
    }
    written = json.dumps(sealed, default=_plain, separators=(",", ":"))
    write_whole(path_of(release), written.encode())


def _told(block: Block) -> dict[str, Any]:
    # dataclasses.asdict copies every value in it, which takes longer than all the rest.
    return vars(block) | {
        "cells": [vars(cell) for cell in block.cells],
        "bounds": [vars(bound) for bound in block.bounds],
    }


def _plain(value: Any) -> str:
    assert isinstance(value, dt.date)
    return value.isoformat()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fits(release: Path) -> bool:
    """Whether a release file has a certificate, and is the file that it was made for."""
    try:
        _fitting(release, _mark(release), _mark(path_of(release)))
    except (OSError, ValueError, KeyError):
        return False
    return True


Mark = tuple[int, int, int]


def _mark(path: Path) -> Mark:
    """What changes when a file is written again or replaced, told without reading it."""
    about = path.stat()
    return about.st_mtime_ns, about.st_size, about.st_ino


# A release never changes once it is there; one that was lost, damaged or put back is read again.
# What does not fit is looked at again each time.
@lru_cache(maxsize=64)
def _fitting(release: Path, _file: Mark, _certificate: Mark) -> None:
    if json.loads(path_of(release).read_bytes())["sha256"] != _sha256(release):
        raise ValueError(release.name)


def read(release: Path) -> Certificate:
    """The certificate beside a release file.

    Raises:
        OSError: There is none.
        ValueError, KeyError: It is not one.
    """
    path = path_of(release)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Certificate:
    """The certificate that was written at this time."""
    told = json.loads(path.read_bytes())
    return Certificate(
        told["release"],
        told["content_hash"],
        tuple(_block(block) for block in told["blocks"]),
        told["sha256"],
        told.get("program", ""),
    )


def _block(told: Mapping[str, Any]) -> Block:
    return Block(
        told["indicator"],
        dt.date.fromisoformat(told["tertial"]),
        told["hash"],
        told["outcome"],
        told["has_passed"],
        told["audited_in"],
        tuple(_audited(cell) for cell in told["cells"]),
        tuple(_bound(bound) for bound in told["bounds"]),
    )


def _audited(told: Mapping[str, Any]) -> Audited:
    of: Sequence[Sequence[str]] = told["of"]
    return Audited(
        told["municipality_id"],
        told["grain"],
        dt.date.fromisoformat(told["period"]),
        told["part"],
        tuple((who, dt.date.fromisoformat(month)) for who, month in of),
        told["ledger_entry"],
    )


def _bound(told: Mapping[str, Any]) -> Bound:
    month = None if told["month"] is None else dt.date.fromisoformat(told["month"])
    return Bound(**{**told, "month": month})
