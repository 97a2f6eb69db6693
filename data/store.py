"""The store: opened for as short a time as possible, asked, and written in transactions."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import importlib.metadata
import json
import os
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data import binding, contract, disk, ledger, schema, settings
from data.disk import DiskRefusedError, StoreUnavailableError
from data.ledger import Entry
from data.people import Person
from data.whole import write_whole

binding.without_pandas(duckdb.connect)

STORE_FILE = "store.duckdb"
FILES = "files"

PATIENCE_SECONDS = 20.0
"""How long an opening waits for another process: several times the longest upload measured."""

PAUSE_SECONDS = 0.05
"""Between two attempts to open a busy store: DuckDB has no wait of its own for its file lock."""

# What DuckDB raises while somebody else has the file: read-only beside read-write in one process,
# a lock of another process, and an attached file that is held.
_BUSY = (duckdb.ConnectionException, duckdb.IOException, duckdb.BinderException)

_one_at_a_time = threading.RLock()


class StoreBusyError(StoreUnavailableError):
    """Another process held the store for longer than PATIENCE_SECONDS."""


class NoStoreError(RuntimeError):
    """There is no store in the folder."""


class RefusedError(ValueError):
    """What was asked may not or cannot be done; `code` and `facts` are for a sentence.

    Attributes:
        code: "may_not", "unknown_upload", "already_withdrawn", "not_withdrawn", "unknown_month", …
        facts: What the sentence names.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Released:
    """What the store remembers of its last release, so that a lost one is noticed.

    Attributes:
        frozen: How many of its numbers stood still.
        frozen_hash: Of these numbers.
    """

    number: int
    frozen: int
    frozen_hash: str


@cache
def app_version() -> str:
    """The version of the program, as the ledger records it."""
    return importlib.metadata.version("forankring")


def create(folder: Path, *, demo_today: dt.date | None = None) -> None:
    """Make an empty store in the folder.

    Args:
        demo_today: Makes it a demo store, whose clock stands at this day.

    Raises:
        RefusedError: "store_exists" when the folder already holds one.
    """
    if (folder / settings.ABOUT_FILE).exists():
        raise RefusedError("store_exists", folder=str(folder))
    with disk.telling(folder):
        (folder / FILES).mkdir(parents=True, exist_ok=True)
        (folder / STORE_FILE).unlink(missing_ok=True)  # left by a creation that was cut off
        (folder / f"{STORE_FILE}.wal").unlink(missing_ok=True)
        connection = duckdb.connect(str(folder / STORE_FILE), config=_CONFIG)
        try:
            connection.execute("begin")
            for statement in schema.statements():
                connection.execute(statement)
            connection.execute("commit")
        finally:
            connection.close()
    made_on = demo_today or settings.today()
    facts = {
        "store_id": uuid.uuid4().hex if demo_today is None else "demo",
        "made_on": made_on.isoformat(),
        "demo_today": demo_today.isoformat() if demo_today else None,
    }
    # Last, so that a folder with this file always holds a whole store.
    write_whole(folder / settings.ABOUT_FILE, json.dumps(facts).encode())


_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    # Rows come in one stream and in order, which two threads write no faster and at more cost.
    "threads": "1",
    # What is full goes to the disk at once, and not when five times as much waits in memory.
    "write_buffer_row_group_count": "1",
    # And what is let go goes back to the machine: by default it is kept until 128 MB are together.
    "allocator_flush_threshold": "0MB",
}

_ROWS_AT_ONCE = 122_880
"""What DuckDB writes as one: a big table given whole is copied whole on its way."""


def is_at_hand(folder: Path) -> bool:
    """Whether there is a store in the folder, told without waiting for whoever uses it.

    Its file is not opened: when a process closes a file, it lets go of every lock that it has on
    it, and so of DuckDB's.

    Raises:
        DiskRefusedError: The file is lost or empty, or may not be written.
    """
    with disk.telling(folder):
        if settings.about(folder) is None:
            return False
        path = folder / STORE_FILE
        if not path.is_file() or path.stat().st_size == 0:
            raise DiskRefusedError("store_damaged", str(path))
        if not os.access(path, os.R_OK | os.W_OK):
            raise DiskRefusedError("not_allowed", str(path))
    return True


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The store in the folder, opened for as short a time as possible, with a wait if it is busy.

    Raises:
        NoStoreError: The folder holds no store.
        StoreBusyError: Another process did not let it go in time.
        DiskRefusedError: The disk is full, the folder is somebody else's, the file is damaged.
    """
    with disk.telling(folder):
        is_there = settings.about(folder) is not None
    if not is_there:
        raise NoStoreError(str(folder))
    with _one_at_a_time, disk.telling(folder):
        connection = _connect(folder / STORE_FILE)
        try:
            yield Store(folder, connection)
        finally:
            connection.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        # DuckDB would make an empty one, and everything would seem to have gone.
        raise DiskRefusedError("store_damaged", str(path))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return duckdb.connect(str(path), config=_CONFIG)
        except _BUSY as error:
            told = disk.refused(error, path)
            if told is not None:  # which waiting does not change
                raise told from error
            if time.monotonic() > deadline:
                raise StoreBusyError(str(path)) from error
            # The lock is another process's, and DuckDB tells nobody when it is let go.
            time.sleep(PAUSE_SECONDS)


class Store:
    """An open store; made by `opened`, and closed by it."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self._connection = connection
        told = settings.about(folder)
        assert told is not None
        self.about = told
        self._kept: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self.is_rehearsal = False
        self.is_as_it_was = False

    @property
    def is_passing(self) -> bool:
        """Whether what is asked now is not what the store holds when it is closed."""
        return self.is_rehearsal or self.is_as_it_was

    # -- asking ---------------------------------------------------------------------------

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows of one constant select; values only as named parameters.

        Asked on the connection that writes, so that a transaction sees what it has written; an
        open store belongs to one thread, which is why no cursor of its own is needed.
        """
        return self._connection.execute(sql, dict(parameters or {})).fetchall()

    def frame(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The same as a polars frame."""
        return self._connection.execute(sql, dict(parameters or {})).pl()

    def distinct(self, kind: str, columns: str) -> list[tuple[Any, ...]]:
        """The different values of these columns among the rows of a kind that count now.

        Kept until the kind changes: many files that are loaded after each other are checked
        against the same rows.
        """
        if (kind, columns) not in self._kept:
            self._kept[kind, columns] = self.rows(f"select distinct {columns} from current_{kind}")
        return self._kept[kind, columns]

    def forget(self, kinds: Iterable[str] | None = None) -> None:
        """Ask anew for the different values of these kinds, or of all: their rows have changed."""
        gone = {kind for kind, _ in self._kept} if kinds is None else set(kinds)
        self._kept = {key: rows for key, rows in self._kept.items() if key[0] not in gone}

    def entries(self, act: str | None = None) -> list[Entry]:
        """The ledger, oldest first, whole or of one act."""
        found = self.rows(
            'select entry, "at", who, role, act, subject, facts, app_version from ledger'
            " where $act is null or act = $act order by entry",
            {"act": act},
        )
        return [
            Entry(entry, moment, who, role, did, subject, json.loads(facts), version)
            for entry, moment, who, role, did, subject, facts, version in found
        ]

    def last_entry(self) -> int:
        """The number of the last ledger entry, 0 in an empty store."""
        return int(self.rows("select coalesce(max(entry), 0) from ledger")[0][0])

    def last_release(self) -> Released | None:
        """What is remembered of the last release; None before the first."""
        # A store that an earlier version made has no such table before its next release.
        if not self.rows("select 1 from duckdb_tables() where table_name = 'releases'"):
            return None
        found = self.rows(
            "select number, frozen, frozen_hash from releases order by number desc limit 1"
        )
        return Released(*found[0]) if found else None

    def exports(self) -> dict[str, str]:
        """The hash of each export that was kept, by the name of its file."""
        # A store that an earlier version made has no such table before it keeps one.
        if not self.rows("select 1 from duckdb_tables() where table_name = 'exports'"):
            return {}
        return dict(self.rows("select name, sha256 from exports"))

    @contextlib.contextmanager
    def as_of(self, entry: int) -> Iterator[None]:
        """Inside, the rows and what they cover are as they were right after this ledger entry.

        Only uploads, undo and restore are turned back; nothing is written.
        """
        self._connection.execute("begin")
        self.is_as_it_was = True
        try:
            self._connection.execute("set variable as_of = $entry", {"entry": entry})
            self._connection.execute(schema.as_of())
            yield
        finally:
            self.is_as_it_was = False
            self._connection.execute("rollback")

    # -- writing --------------------------------------------------------------------------

    def append(
        self,
        act: str,
        who: Person,
        subject: str | None = None,
        facts: Mapping[str, Any] | None = None,
        *,
        at: dt.datetime | None = None,
    ) -> int:
        """Write one ledger entry and give its number.

        Args:
            at: When it happened, UTC; only a demo store tells its own times.

        Raises:
            RefusedError: "personal_text" when anything in it is somebody's.
        """
        assert act in ledger.ACTS, act
        if ledger.holds_personal_data(subject, facts or {}):
            raise RefusedError("personal_text")
        if at is not None and not self.about.is_demo:
            raise RefusedError("own_dates_only_in_demo")
        entry = self.last_entry() + 1
        self._connection.execute(
            "insert into ledger"
            " values ($entry, $at, $who, $role, $act, $subject, $facts, $version)",
            {
                "entry": entry,
                "at": at or self._moment(),
                "who": who.name,
                "role": who.role if who.municipality is None else f"{who.role}:{who.municipality}",
                "act": act,
                "subject": subject,
                "facts": ledger.written(dict(facts or {})),
                "version": app_version(),
            },
        )
        return entry

    def _moment(self) -> dt.datetime:
        if self.about.demo_today is None:
            return settings.now()
        # In the story it is the demo's day; the time of day is the real one, on Norway's clock.
        clock = settings.now().replace(tzinfo=dt.UTC).astimezone(settings.OSLO).time()
        told = dt.datetime.combine(self.about.demo_today, clock, settings.OSLO)
        return told.astimezone(dt.UTC).replace(tzinfo=None)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside is there together or not at all."""
        if self.is_rehearsal:
            yield
            return
        self._connection.execute("begin")
        try:
            yield
            self._connection.execute("commit")
        except BaseException:
            self.forget()
            # A commit that the disk refused has ended the transaction already.
            with contextlib.suppress(duckdb.Error):
                self._connection.execute("rollback")
            raise

    @contextlib.contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Everything written inside is seen inside, and never was when it ends."""
        with contextlib.ExitStack() as ends:
            self._connection.execute("begin")
            ends.callback(self._connection.execute, "rollback")
            ends.callback(self.forget)
            ends.callback(setattr, self, "is_rehearsal", False)
            self.is_rehearsal = True
            yield

    def remember_release(self, released: Released) -> None:
        """Remember a release that was made, in place of what was known of that number."""
        with self.transaction():
            self._connection.execute(schema.RELEASES)
            self._connection.execute(
                "insert or replace into releases values ($number, $frozen, $frozen_hash)",
                dataclasses.asdict(released),
            )

    def remember_export(self, name: str, sha256: str) -> None:
        """Remember what was kept under a name, unless something is remembered of it."""
        with self.transaction():
            self._connection.execute(schema.EXPORTS)
            self._connection.execute(
                "insert or ignore into exports values ($name, $sha256)",
                {"name": name, "sha256": sha256},
            )

    def renew_view(self, kind: str) -> None:
        """Make the view of the rows that count anew: an older version's knows no parts of lists."""
        made = schema.view(contract.load(kind))
        self._connection.execute(made.replace("create view", "create or replace view", 1))

    def insert(self, table: str, rows: pl.DataFrame) -> None:
        """Add rows to a table, column by name."""
        statement = f"insert into {table} by name select * from incoming"
        for some in rows.iter_slices(_ROWS_AT_ONCE):
            binding.give(self._connection, statement, some)
