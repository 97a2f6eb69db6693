"""The tables that numbers are made of, and each question asked once of the same rows.

After an upload most of what is asked was asked before of the very same rows: what came of it is
remembered, by the text of the question, its parameters and every value of what it reads.
"""

from __future__ import annotations

import hashlib
import re
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from queries import sql

MADE = {
    f"{folder}_{path.stem}": path
    for folder in ("clean", "common")
    for path in sorted((sql.FOLDER / folder).glob("*.sql"))
}
"""The tables that are made of the others, each by one file: what files hold, under clean names, and
the steps that several numbers have in common."""

LARGE = ("clean_survey_answers",)
"""Of these, what has most rows and is but renamed: a copy costs more than it saves."""

QUESTIONS_AT_ONCE = 2
"""Questions that are asked side by side: of so small a one DuckDB has little to share out."""

REMEMBERED_BYTES = 64 * 2**20
"""How much is remembered; what was not asked for longest goes first. Of ten years it is 20 MB."""


class Builder:
    """An in-memory database that holds tables and what is made of them, locked down.

    A table is put there when a question reads it that is not remembered.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._given = dict(tables)
        self._connection = sql.in_memory(tables)
        self._there: set[str] = set()
        self._frames: dict[str, pl.DataFrame] = {}
        self._digests: dict[str, bytes] = {}

    def run(self, path: Path, **parameters: Any) -> pl.DataFrame:
        """The rows of one SQL file.

        Args:
            parameters: Values by name; those that the file does not use are left out.

        Returns:
            A frame that is shared: never change it.

        Raises:
            SqlFileError: The file uses a parameter that was not given, or is not one statement.
        """
        return self.run_all([(path, parameters)])[0]

    def run_all(
        self,
        asked: Sequence[tuple[Path, Mapping[str, Any]]],
        fits: Callable[[Path, pl.DataFrame], None] | None = None,
    ) -> list[pl.DataFrame]:
        """The rows of several SQL files, each with its parameters, as `run` gives them.

        Args:
            fits: Raises where an answer is not what it should be; what is remembered has been
                looked at.
        """
        names = [self._name(path, parameters) for path, parameters in asked]
        found = [_remembered.get(name) for name in names]
        missing = [place for place, rows in enumerate(found) if rows is None]
        for place in missing:
            for table in self._read_by(sql.text(asked[place][0])):
                self._put(table)

        def answer(place: int) -> pl.DataFrame:
            path, parameters = asked[place]
            return sql.run(self._connection, path, **parameters)

        for place, rows in zip(missing, _side_by_side(answer, missing), strict=True):
            if fits is not None:
                fits(asked[place][0], rows)
            found[place] = rows = sql.compact(rows)
            _remembered.put(names[place], rows)
        return [rows for rows in found if rows is not None]

    def table(self, name: str) -> pl.DataFrame:
        """The rows of one table, given or made."""
        if name in MADE:
            return self._made(name)
        return self._given[name]

    def add(self, name: str, rows: pl.DataFrame) -> None:
        """Add rows to a given table, column by name; what is made of it is made anew."""
        self._given[name] = pl.concat([self._given[name], rows.select(self._given[name].columns)])
        for other in [name, *(made for made in MADE if name in self._rests_on(made))]:
            self._digests.pop(other, None)
            self._frames.pop(other, None)
            if other in self._there:
                sql.drop(self._connection, other, is_view=other in LARGE)
                self._there.discard(other)

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _name(self, path: Path, parameters: Mapping[str, Any]) -> bytes:
        """What a question is remembered by."""
        text, used = sql.text(path), sql.parameters_of(path)
        given = sorted((name, value) for name, value in parameters.items() if name in used)
        digest = hashlib.blake2b(repr((text, given)).encode())
        for table in self._read_by(text):
            digest.update(table.encode() + self._digest(table))
        return digest.digest()

    def _read_by(self, text: str) -> list[str]:
        """The tables that a statement names. A column of the same name costs a little, no more."""
        return [name for name in words(text) if name in MADE or name in self._given]

    def _rests_on(self, made: str) -> Iterator[str]:
        for name in self._read_by(sql.text(MADE[made])):
            yield name
            if name in MADE:
                yield from self._rests_on(name)

    def _digest(self, table: str) -> bytes:
        """A hash of the values in a table: what comes out the same counts as the same."""
        if table not in self._digests:
            if table in LARGE:
                made = self._name(MADE[table], {})
            else:
                made = _digest_of(self.table(table))
            self._digests[table] = made
        return self._digests[table]

    def _made(self, name: str) -> pl.DataFrame:
        if name not in self._frames:
            self._frames[name] = self.run(MADE[name])
        return self._frames[name]

    def _put(self, table: str) -> None:
        if table in self._there:
            return
        if table in LARGE:
            for read in self._read_by(sql.text(MADE[table])):
                self._put(read)
            sql.put_view(self._connection, table, MADE[table])
        else:
            sql.put(self._connection, table, self.table(table))
        self._there.add(table)


def _side_by_side(
    answer: Callable[[int], pl.DataFrame], places: Sequence[int]
) -> Iterable[pl.DataFrame]:
    if len(places) < QUESTIONS_AT_ONCE:
        return map(answer, places)
    with ThreadPoolExecutor(QUESTIONS_AT_ONCE) as pool:
        return list(pool.map(answer, places))


@cache
def words(text: str) -> tuple[str, ...]:
    """The words of a statement, without its comments."""
    return tuple(sorted(set(re.findall(r"[a-z_][a-z_0-9]*", re.sub(r"--[^\n]*", "", text)))))


def _digest_of(frame: pl.DataFrame) -> bytes:
    """A hash of the values in their order, made once of each frame: nobody ever changes one."""
    name = id(frame)
    if name not in _hashes:
        _hashes[name] = _hash(frame)
        # The next frame in the same place is another one.
        weakref.finalize(frame, _hashes.pop, name, None)
    return _hashes[name]


_hashes: dict[int, bytes] = {}
"""By the place of a frame in memory, as long as it is there."""


def _hash(frame: pl.DataFrame) -> bytes:
    """What lies in memory under a null is anything."""
    digest = hashlib.blake2b(repr(frame.schema).encode())
    if frame.width:
        # Twice 64 bits of each row: no two that differ will meet.
        for seed in (0, 1):
            digest.update(frame.hash_rows(seed).to_numpy().tobytes())
    return digest.digest()


class _Remembered:
    """Answers by what was asked, for all that run in this process."""

    def __init__(self) -> None:
        self._answers: OrderedDict[bytes, pl.DataFrame] = OrderedDict()
        self._bytes = 0
        self._one_at_a_time = threading.Lock()

    def get(self, name: bytes) -> pl.DataFrame | None:
        with self._one_at_a_time:
            found = self._answers.get(name)
            if found is not None:
                self._answers.move_to_end(name)
            return found

    def put(self, name: bytes, rows: pl.DataFrame) -> None:
        with self._one_at_a_time:
            self._bytes -= _size(self._answers.pop(name, None))
            self._answers[name] = rows
            self._bytes += _size(rows)
            while self._bytes > REMEMBERED_BYTES:
                self._bytes -= _size(self._answers.popitem(last=False)[1])


def _size(rows: pl.DataFrame | None) -> int:
    return 0 if rows is None else int(rows.estimated_size())


_remembered = _Remembered()
