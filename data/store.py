"""The rows: one upload is one transaction with its ledger line, and nothing is ever deleted."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import importlib.metadata
import json
import os
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data import binding, contract, ledger, people, schema, settings
from data.ledger import Entry
from data.people import Person

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


class StoreBusyError(RuntimeError):
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


Covers = frozenset[tuple[str, str, dt.date]]
"""What an upload delivers: (kind, municipality, first day of the month)."""


@dataclass(frozen=True)
class Upload:
    """A checked file that is ready to be stored.

    Attributes:
        raw: The bytes to keep: of the file, or only its kept cells when columns were dropped.
        original_sha256: Of the file as it came, also when its bytes are not kept.
        tables: By kind, typed columns of the contract in its order, and `line` (Int64).
        covers: What the coordinator confirmed that the file delivers.
        whole_waves: Waves whose earlier answers this file replaces, for exports without answer ids.
        facts: What else the receipt shows: mapping, encoding, left out, dropped columns.
    """

    file_name: str
    raw: bytes
    original_sha256: str
    tables: Mapping[str, pl.DataFrame]
    covers: Covers
    whole_waves: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """What is known of one upload afterwards.

    Attributes:
        rows: Stored rows by kind.
        is_repeat: The same file was uploaded before; nothing was changed now.
        withdrawn_at: When it was undone, if it is undone now.
    """

    upload_id: int
    at: dt.datetime
    who: str
    role: str
    file_name: str
    sha256: str
    rows: dict[str, int]
    covers: Covers
    facts: dict[str, Any]
    app_version: str
    withdrawn_at: dt.datetime | None = None
    is_repeat: bool = False

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True)
class Difference:
    """What an upload would do to the rows of one kind, as keys.

    Attributes:
        new, changed, gone: Keys as text, in the order of the contract's key columns.
        changes: Per changed row: key, column, the old value and the new, as text.
        same: How many rows stay as they are.
    """

    new: tuple[tuple[str, ...], ...]
    changed: tuple[tuple[str, ...], ...]
    gone: tuple[tuple[str, ...], ...]
    changes: tuple[tuple[tuple[str, ...], str, str, str], ...]
    same: int


@dataclass(frozen=True)
class Snapshot:
    """Everything a release is made from, copied so that the store can be let go.

    Attributes:
        tables: current_<kind>, coverage and the acts_* views, by name.
        ledger_entry: The last entry that is included, and last_at when it was written.
    """

    tables: dict[str, pl.DataFrame]
    ledger_entry: int
    last_at: dt.datetime | None


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
    "threads": "2",
}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and NTFS orders its own renames
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The store in the folder, opened for as short a time as possible, with a wait if it is busy.

    Raises:
        NoStoreError: The folder holds no store.
        StoreBusyError: Another process did not let it go in time.
    """
    if settings.about(folder) is None:
        raise NoStoreError(str(folder))
    with _one_at_a_time:
        connection = _connect(folder / STORE_FILE)
        try:
            yield Store(folder, connection)
        finally:
            connection.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return duckdb.connect(str(path), config=_CONFIG)
        except _BUSY as error:
            if time.monotonic() > deadline:
                raise StoreBusyError(str(path)) from error
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

    def _forget(self, kinds: Iterable[str]) -> None:
        self._kept = {key: rows for key, rows in self._kept.items() if key[0] not in set(kinds)}

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

    def snapshot(self) -> Snapshot:
        """Everything a release needs, in memory, as of the last ledger entry."""
        tables = {
            f"current_{kind}": self.frame(f"select * from current_{kind}")
            for kind in contract.all_kinds()
        }
        tables["coverage"] = self.frame("select * from current_coverage")
        for view in schema.ACT_VIEWS:
            tables[view] = self.frame(f"select * from {view}")
        tables["uploads"] = self.frame(
            "select ledger.entry as upload_id, ledger.facts ->> 'file_name' as file_name, ledger.at"
            " from ledger where ledger.act = 'upload' order by ledger.entry"
        )
        last = self.rows('select entry, "at" from ledger order by entry desc limit 1')
        entry, last_at = last[0] if last else (0, None)
        return Snapshot(tables, entry, last_at)

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
        """
        assert act in ledger.ACTS, act
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
        self._connection.execute("begin")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            self._kept.clear()
            raise
        self._connection.execute("commit")

    def commit(self, upload: Upload, who: Person, *, at: dt.datetime | None = None) -> Receipt:
        """Store a checked file: its bytes by hash, then rows and ledger line in one transaction.

        The same bytes for what they already cover change nothing: the first receipt comes back.

        Raises:
            RefusedError: "may_not" when the person may not upload for a municipality in it.
        """
        _must(who, "upload", upload.covers)
        earlier = self.find(upload.original_sha256, upload.covers, upload.facts.get("mapping"))
        if earlier is not None:
            return earlier
        _assert_covered(upload)
        self._assert_begun(upload, at)
        digest = hashlib.sha256(upload.raw).hexdigest()
        kept = self.folder / FILES / digest
        if not kept.exists():
            write_whole(kept, upload.raw)
        facts = {
            **upload.facts,
            "file_name": upload.file_name,
            "sha256": upload.original_sha256,
            "kept_sha256": digest,
            "rows": {kind: table.height for kind, table in upload.tables.items()},
            "covers": sorted(
                [kind, who_, month.isoformat()] for kind, who_, month in upload.covers
            ),
        }
        with self.transaction():
            entry = self.append("upload", who, None, facts, at=at)
            for kind, table in upload.tables.items():
                self._insert_rows(kind, entry, table)
            self._insert(
                "coverage",
                pl.DataFrame(
                    sorted(upload.covers),
                    schema={"kind": pl.String, "municipality": pl.String, "month": pl.Date},
                    orient="row",
                ).select(pl.lit(entry, pl.Int64).alias("upload_id"), pl.all()),
            )
            waves = pl.Series("wave_id", sorted(set(upload.whole_waves)), pl.String)
            self._insert(
                "whole_waves",
                pl.DataFrame({"wave_id": waves}).select(
                    pl.lit(entry, pl.Int64).alias("upload_id"), "wave_id"
                ),
            )
        self._forget(upload.tables)
        return self.receipt(entry)

    def _assert_begun(self, upload: Upload, at: dt.datetime | None) -> None:
        """A month that has not begun cannot have been delivered: it would count as zero."""
        today = settings.today(self.folder) if at is None else settings.day_of(at)
        later = sorted({month for _, _, month in upload.covers if month > today})
        if later:
            raise RefusedError("month_not_begun", month=later[0])

    def _insert_rows(self, kind: str, entry: int, table: pl.DataFrame) -> None:
        names = contract.load(kind).column_names
        self._insert(
            f"rows_{kind}",
            table.select(pl.lit(entry, pl.Int64).alias("upload_id"), "line", *names),
        )
        stored = self.rows(
            f"select count(*) from rows_{kind} where upload_id = $entry",
            {"entry": entry},
        )[0][0]
        assert stored == table.height, f"{kind}: {stored} of {table.height} rows arrived"

    def _insert(self, table: str, rows: pl.DataFrame) -> None:
        binding.give(self._connection, f"insert into {table} by name select * from incoming", rows)

    # -- uploads --------------------------------------------------------------------------

    def uploads(self) -> list[Receipt]:
        """The receipts of all uploads, newest first."""
        return self._receipts()

    def receipt(self, upload_id: int) -> Receipt:
        """The receipt of one upload; RefusedError "unknown_upload" when there is none."""
        for receipt in self._receipts(upload_id=upload_id):
            return receipt
        raise RefusedError("unknown_upload", upload_id=upload_id)

    def find(self, sha256: str, covers: Covers, mapping: str | None) -> Receipt | None:
        """The receipt of the upload that already holds these bytes, read so, for all it covers.

        After a crash, and for the same file a second time. A file that did not change from one
        month to the next has the same bytes but covers a month more, and is no repeat.
        """
        for receipt in self._receipts(sha256=sha256):
            if (
                receipt.is_active
                and receipt.facts.get("mapping") == mapping
                and covers <= receipt.covers
            ):
                return _as_repeat(receipt)
        return None

    def _receipts(self, upload_id: int | None = None, sha256: str | None = None) -> list[Receipt]:
        found = self.rows(
            """
            with turned as (
                select
                    subject,
                    max_by(act, entry) as act,
                    max_by(ledger.at, entry) as "at"
                from ledger
                where act in ('undo', 'restore')
                group by subject
            )

            select
                uploads.entry,
                uploads.at,
                uploads.who,
                uploads.role,
                uploads.facts,
                uploads.app_version,
                if(turned.act = 'undo', turned.at, null)
            from ledger as uploads
            left join turned on turned.subject = uploads.entry::varchar
            where
                uploads.act = 'upload'
                and ($upload_id is null or uploads.entry = $upload_id)
                and ($sha256 is null or (uploads.facts ->> 'sha256') = $sha256)
            order by uploads.entry desc
            """,
            {"upload_id": upload_id, "sha256": sha256},
        )
        return [_receipt(*row) for row in found]

    def withdraw(self, upload_id: int, who: Person, *, at: dt.datetime | None = None) -> Receipt:
        """Undo an upload: its rows count no more, later uploads stay, nothing is deleted."""
        receipt = self._turnable(upload_id, who)
        if not receipt.is_active:
            raise RefusedError("already_withdrawn", upload_id=upload_id)
        self.append("undo", who, str(upload_id), at=at)
        self._kept.clear()
        return self.receipt(upload_id)

    def bring_back(self, upload_id: int, who: Person, *, at: dt.datetime | None = None) -> Receipt:
        """Restore an upload that was undone."""
        receipt = self._turnable(upload_id, who)
        if receipt.is_active:
            raise RefusedError("not_withdrawn", upload_id=upload_id)
        self.append("restore", who, str(upload_id), at=at)
        self._kept.clear()
        return self.receipt(upload_id)

    def _turnable(self, upload_id: int, who: Person) -> Receipt:
        receipt = self.receipt(upload_id)
        _must(who, "undo", receipt.covers)
        return receipt

    def difference(
        self, tables: Mapping[str, pl.DataFrame], covers: Covers
    ) -> dict[str, Difference]:
        """What storing these tables would change, kind by kind; stores nothing."""
        return {
            kind: _difference(
                contract.load(kind),
                self.frame(f"select * from current_{kind}"),
                table,
                frozenset(covered[1] for covered in covers if covered[0] == kind),
            )
            for kind, table in tables.items()
        }


def _receipt(
    upload_id: int,
    at: dt.datetime,
    who: str,
    role: str,
    facts_text: str,
    version: str,
    withdrawn_at: dt.datetime | None,
) -> Receipt:
    facts = json.loads(facts_text)
    return Receipt(
        upload_id=upload_id,
        at=at,
        who=who,
        role=role,
        file_name=facts["file_name"],
        sha256=facts["sha256"],
        rows=facts["rows"],
        covers=frozenset(
            (kind, municipality, dt.date.fromisoformat(month))
            for kind, municipality, month in facts["covers"]
        ),
        facts=facts,
        app_version=version,
        withdrawn_at=withdrawn_at,
    )


def _as_repeat(receipt: Receipt) -> Receipt:
    return Receipt(**{**receipt.__dict__, "is_repeat": True})


def _must(who: Person, act: str, covers: Covers) -> None:
    """Refuse whoever may not do this for every municipality that is covered, or not at all."""
    if not people.may(who, act):
        raise RefusedError("may_not", act=act, municipality="all")
    for municipality in sorted({covered[1] for covered in covers}):
        if not people.may(who, act, municipality):
            raise RefusedError("may_not", act=act, municipality=municipality)


def _assert_covered(upload: Upload) -> None:
    """Rows of a full list must belong to municipalities it covers, or they would never count."""
    for kind, table in upload.tables.items():
        held = contract.load(kind)
        owner = held.municipality_column
        if held.replaces == "list" and owner is not None:
            covered = {who for covered_kind, who, _ in upload.covers if covered_kind == kind}
            outside = set(table[owner]) - covered
            if outside:
                raise RefusedError("rows_not_covered", kind=kind, municipalities=sorted(outside))


def _difference(
    held: contract.Contract,
    now: pl.DataFrame,
    coming: pl.DataFrame,
    covered: frozenset[str],
) -> Difference:
    def as_text(frame: pl.DataFrame) -> dict[tuple[str, ...], dict[str, str]]:
        shown = frame.select(
            pl.col(name).list.join(";")
            if frame.schema[name] == pl.List(pl.String)
            else pl.col(name).cast(pl.String)
            for name in held.column_names
        ).fill_null("")
        return {tuple(row[name] for name in held.key): row for row in shown.iter_rows(named=True)}

    before, after = as_text(now), as_text(coming)
    owner = held.municipality_column
    if held.replaces == "list" and owner is not None:
        before = {key: row for key, row in before.items() if row[owner] in covered}
    changes = tuple(
        (key, name, before[key][name], row[name])
        for key, row in after.items()
        if key in before
        for name in held.column_names
        if before[key][name] != row[name]
    )
    changed = tuple(dict.fromkeys(change[0] for change in changes))
    gone = tuple(key for key in before if key not in after) if held.replaces == "list" else ()
    new = tuple(key for key in after if key not in before)
    return Difference(new, changed, gone, changes, len(after) - len(new) - len(changed))
