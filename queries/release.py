"""The release that is shown: made anew when the store has moved on, and never changed."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from data import disk, lock_day, settings, snapshot, store
from data.settings import About
from data.snapshot import Snapshot
from data.store import RefusedError, Released
from data.whole import write_whole
from queries import ask, certificate, contents, kept, program, signals, sql
from queries.certificate import Block, Certificate

_making = threading.RLock()
"""Held while this process makes a release: whoever comes meanwhile waits, and finds it made."""


def bring_up_to_date(folder: Path) -> int:
    """Make a release if the store holds what the current one lacks, and give the current number.

    Safe to call at any time, from several threads and processes: the first to finish wins, and
    whoever finds the store or the release moved on computes again.

    Raises:
        RefusedError: "releases_lost"; "entries_lost" when the store lacks what the current release
            was made of, as after an old copy of the store alone was put back.
    """
    with _making:
        return _brought_up_to_date(folder)


def _brought_up_to_date(folder: Path) -> int:
    while True:
        with store.opened(folder) as opened:
            released = opened.last_release()
            with kept.noticed(folder, released):
                number, covered = _current(folder)
            if covered > opened.last_entry():
                raise RefusedError(
                    "entries_lost", release=number, entry=covered, held=opened.last_entry()
                )
            lock_day.lock_overdue(opened, settings.load().lock_day)
            last_entry = opened.last_entry()
            is_up_to_date = covered == last_entry and is_of_today(folder, number)
            if is_up_to_date or (number == 0 and last_entry == 0):
                if number and (released is None or released.number < number):
                    # Whoever published it was cut off before the store was told.
                    opened.remember_release(kept.of_release(folder, number))
                return number
            with _read_ahead(folder, number):
                taken = snapshot.taken(opened)
            about = opened.about
        made = compute(taken, about, folder)
        part = made.write_beside(folder)
        try:
            with store.opened(folder) as opened:
                # Under the store's own lock nobody else publishes: compare, then swap.
                if _current(folder)[0] == made.previous and opened.last_entry() == last_entry:
                    made.publish(part, folder)
                    opened.remember_release(made.remembered())
                    return made.number
        finally:
            part.unlink(missing_ok=True)  # published it has its own name


@contextlib.contextmanager
def _read_ahead(folder: Path, number: int) -> Iterator[None]:
    """Inside, most of a release is read beside what is done; what fails is told who asks for it."""
    if not number:
        yield
        return
    with ThreadPoolExecutor(1) as pool:
        for question in ("cells", "commitments"):
            pool.submit(ask.ask, question, store=folder, release=number)
        yield


def make_ready(folder: Path) -> None:
    """Work out beforehand what is in the current release, in a process that made none yet.

    What is asked again of the same rows is remembered (`builder`), so that a release after the
    first upload takes as little as the next ones. Where the current one is not of all that the
    store holds, one will be made soon anyhow.

    Raises:
        StoreUnavailableError, RefusedError: As `bring_up_to_date`.
    """
    with store.opened(folder) as opened:
        with kept.noticed(folder, opened.last_release()):
            covered = _current(folder)[1]
        if covered != opened.last_entry():
            return
        taken, about = snapshot.taken(opened), opened.about
    compute(taken, about, folder)


def is_of_today(folder: Path, number: int) -> bool:
    """Whether a release was made today: numbers mature and deadlines pass without any upload.

    Raises:
        NoReleaseError: There is no such release, or it is discarded.
    """
    made = ask.ask("release", store=folder, release=number).row(0, named=True)
    return bool(made["today"] >= settings.today(folder))


def release_snapshot(taken: Snapshot, about: About, folder: Path) -> int:
    """Make the release of a snapshot and show it, for a store that nobody else has yet."""
    made = compute(taken, about, folder)
    made.publish(made.write_beside(folder), folder)
    with store.opened(folder) as opened:
        opened.remember_release(made.remembered())
    return made.number


def _current(folder: Path) -> tuple[int, int]:
    """The number of the current release and the last ledger entry in it; zero without one.

    A release that is discarded, and those after it, are as if they had not been made: the newest
    one that stands is built upon, and a new one is wanted at once. So it is where an earlier
    version of the program made the current one.
    """
    try:
        number = ask.current_release(folder)
    except ask.NoReleaseError:
        return 0, -1
    if not certificate.fits(ask.file_of(folder, number)):
        earlier = (old for old in range(number - 1, 0, -1))
        stands = (old for old in earlier if certificate.fits(ask.file_of(folder, old)))
        return next(stands, 0), -1
    if not ask.is_of_this_version(folder, number):
        return number, -1
    facts = ask.ask("release", store=folder, release=number).row(0, named=True)
    return number, int(facts["ledger_entry"])


def _next_number(folder: Path, previous: int) -> int:
    """A number that no release has had: what was discarded is not written over."""
    had = (int(path.stem) for path in (folder / ask.RELEASES).glob("[0-9]*.duckdb"))
    return max(previous, max(had, default=0)) + 1


class Release:
    """A release that is computed but not yet written.

    Args:
        tables: All but what it says of itself.
        facts: What it says of itself but for the hash of the others.
    """

    def __init__(
        self,
        number: int,
        previous: int,
        tables: dict[str, pl.DataFrame],
        facts: Mapping[str, object],
        blocks: Sequence[Block] = (),
    ) -> None:
        self.number, self.previous, self.tables = number, previous, tables
        self._facts, self._blocks = dict(facts), tuple(blocks)
        self._remembered: Released | None = None

    def write_beside(self, folder: Path) -> Path:
        """Write the file, whole and synced, under a name that nobody reads yet.

        Raises:
            DiskRefusedError: There is no room for it, or no right; nothing of it is left.
        """
        # Another process, or another reader's thread, may be writing the same release.
        mine = f"{os.getpid()}-{threading.get_ident()}"
        path = folder / ask.RELEASES / f".{self.number:06d}.{mine}.part"
        with disk.telling(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            try:
                self._write(path)
            except BaseException:
                # The name is of this process: nobody else would ever take it away.
                for left in (path, path.with_name(f"{path.name}.wal")):
                    left.unlink(missing_ok=True)
                raise
        return path

    def _write(self, path: Path) -> None:
        tables = dict(self.tables)
        # Hashes are made while DuckDB writes: neither waits for the other.
        with ThreadPoolExecutor(1) as pool:
            content = pool.submit(contents.content_hash, tables)
            still = pool.submit(
                kept.remembered, self.number, tables["cells"], tables["commitments"]
            )

            def of_itself() -> pl.DataFrame:
                facts = {**self._facts, "content_hash": content.result()}
                self.tables["release"] = contents.as_table([facts], "release")
                return self.tables["release"]

            sql.write_file(path, contents.SCHEMA, {**tables, "release": of_itself})
            self._remembered = still.result()
        with path.open("rb+") as file:
            os.fsync(file.fileno())

    def publish(self, part: Path, folder: Path) -> None:
        """Give the written file its certificate and its name, and make it the one that is shown."""
        path = ask.file_of(folder, self.number)
        told = self.tables["release"].row(0, named=True)["content_hash"]
        made = Certificate(self.number, told, self._blocks, program=program.fingerprint())
        certificate.write(made, path, part)
        part.replace(path)
        write_whole(folder / ask.RELEASES / ask.CURRENT, f"{self.number:06d}".encode())

    def remembered(self) -> Released:
        """What the store is to remember of it, once it is written."""
        assert self._remembered is not None
        return self._remembered


def compute(taken: Snapshot, about: About, folder: Path) -> Release:
    """Everything that a release holds, from a snapshot of the store and the release before it.

    Raises:
        RefusedError: "releases_lost" when what an earlier release froze is not there any more.
    """
    signals.load_ahead()
    with kept.noticed(folder, taken.released):
        previous = _current(folder)[0]
    kept.refuse_lost(folder, previous, taken.released)
    number = _next_number(folder, previous)
    tables, blocks = contents.contents(taken, folder, previous, number)
    facts = {
        "number": number,
        "previous": previous or None,
        # A demo's clock stands still: its release was made when its story says so.
        "made_at": (taken.last_at if about.is_demo else None) or settings.now(),
        "app_version": store.app_version(),
        "store_id": about.store_id,
        "is_demo": about.is_demo,
        "today": settings.today(folder),
        "ledger_entry": taken.ledger_entry,
    }
    return Release(number, previous, tables, facts, blocks)
