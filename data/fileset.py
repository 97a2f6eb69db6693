"""Files given together: an archive is opened, and what explains an export goes with it."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from data import codebook, filetype
from data.codebook import NOTHING, Codebook
from data.problems import Problem
from data.read import USUAL, Limits, Reading, read

MOST_FILES = 20
"""Files in an archive that are looked at: an export with what stands beside it has three."""

HEAD = 200_000
"""Bytes of a file that say whether it is a list of questions or of labels."""

_TABLES = (".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm")


@dataclass(frozen=True)
class Given:
    """A file as it came."""

    name: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True)
class Together:
    """A file to be judged, with what came along with it.

    Attributes:
        codebook: The texts behind its codes.
        explained_by: The names of the files that these came from.
        problem: Why an archive is no set of files; then `raw` is the archive.
    """

    name: str
    raw: bytes = field(repr=False)
    codebook: Codebook = NOTHING
    explained_by: tuple[str, ...] = ()
    problem: Problem | None = None


def together(files: Sequence[Given], limits: Limits = USUAL) -> tuple[Together, ...]:
    """The files to be judged, each with the lists that explain it; archives are unpacked.

    A list that explains none of the others stays a file of its own, so that it can be said.
    """
    refused: list[Together] = []
    loose: list[Given] = []
    for one in files:
        found = unpacked(one, limits)
        if isinstance(found, Problem):
            refused.append(Together(one.name, one.raw, problem=found))
        else:
            loose += found
    if len(loose) < 2:
        return (*(Together(one.name, one.raw) for one in loose), *refused)
    return (*_explained(loose, limits), *refused)


def _explained(files: Sequence[Given], limits: Limits) -> list[Together]:
    heads = {number: _head(one, limits) for number, one in enumerate(files)}
    lists = {
        number: codebook.of(read(files[number].raw, files[number].name, limits=limits))
        for number, head in heads.items()
        if head is not None and codebook.is_codebook(head)
    }
    tables = [number for number in heads if number not in lists]
    used: set[int] = set()
    found = []
    for number in tables:
        head = heads[number]
        # Of a workbook the sheets are not known yet: what came with it alone is taken to be its.
        mine = [
            one
            for one, said in lists.items()
            if (len(tables) == 1 if head is None else said.is_of(head.columns))
        ]
        used.update(mine)
        said = NOTHING
        for one in mine:
            said = said.and_also(lists[one])
        names = tuple(files[one].name for one in mine)
        found.append(Together(files[number].name, files[number].raw, said, names))
    left = [Together(files[one].name, files[one].raw) for one in lists if one not in used]
    return [*found, *left]


def _head(file: Given, limits: Limits) -> Reading | None:
    """The beginning of a text file as a table; None of a workbook or of what is no table."""
    if filetype.is_workbook(file.raw) or filetype.refusal(file.raw) is not None:
        return None
    raw = file.raw[:HEAD]
    if len(file.raw) > HEAD:
        raw = raw[: raw.rfind(b"\n") + 1] or raw
    reading = read(raw, file.name, limits=limits)
    return reading if reading.columns else None


def unpacked(file: Given, limits: Limits = USUAL) -> list[Given] | Problem:
    """The files in an archive that can be tables; a file that is no archive as it is.

    Looked at before anything is unpacked: how many, how big, and whether a password protects them.
    What an archive says of its sizes is not believed: unpacking stops at the limit.
    """
    refusal = filetype.refusal(file.raw)
    if refusal is None or (refusal.code, refusal.found) != ("other_file", "zip"):
        return [file]
    if len(file.raw) > limits.bytes:
        return [file]  # the reading refuses it in its own words
    try:
        with zipfile.ZipFile(io.BytesIO(file.raw)) as archive:
            parts = [part for part in archive.infolist() if _may_be_table(part)]
            problem = _refused(parts, limits)
            return problem or _parts(archive, parts, limits)
    # A hostile archive raises more than BadZipFile: bad offsets, unknown methods, broken streams.
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        OverflowError,
    ):
        return Problem("locked_archive")


def _may_be_table(part: zipfile.ZipInfo) -> bool:
    name = part.filename.rsplit("/", 1)[-1]
    is_hidden = name.startswith((".", "~$")) or part.filename.startswith("__MACOSX/")
    return not part.is_dir() and not is_hidden and name.lower().endswith(_TABLES)


def _refused(parts: Sequence[zipfile.ZipInfo], limits: Limits) -> Problem | None:
    if not parts:
        return Problem("empty_archive")
    if len(parts) > MOST_FILES:
        return Problem("crowded_archive", found=str(len(parts)), expected=str(MOST_FILES))
    if any(part.flag_bits & 1 for part in parts):
        return Problem("locked_archive")
    return _too_big(sum(part.file_size for part in parts), limits)


def _too_big(size: int, limits: Limits) -> Problem | None:
    if size <= limits.bytes:
        return None
    found, expected = f"{size / 1e6:.0f}", f"{limits.bytes / 1e6:.0f}"
    return Problem("big_archive", found=found, expected=expected)


def _parts(
    archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo], limits: Limits
) -> list[Given] | Problem:
    found: list[Given] = []
    left = limits.bytes
    for part in parts:
        with archive.open(part) as opened:
            raw = opened.read(left + 1)
        left -= len(raw)
        if left < 0:
            return _too_big(limits.bytes + 1_000_000, limits) or Problem("locked_archive")
        found.append(Given(part.filename.rsplit("/", 1)[-1], raw))
    return found
