"""Computes, gates and writes one release: a numbered file that never changes once it is there."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from data import contract, lock_day, settings, store
from data.settings import About
from data.store import RefusedError, Released, Snapshot
from data.whole import write_whole
from queries import (
    ask,
    cards,
    cell,
    certificate,
    combine,
    freezing,
    gate,
    judge,
    kept,
    moving,
    rules,
    sql,
    truth,
    verdicts,
)
from queries.cards import Card
from queries.cell import Cell, CellKey
from queries.certificate import Block, Certificate
from queries.freezing import Lock
from queries.gate import ACTIVITIES, Truths
from queries.truth import EveryRow

SCHEMA = sql.FOLDER / "release.sql"

FIRST_MONTH = dt.date(2018, 12, 1)
"""The first full month with all six municipalities (S001): indicator history starts here."""

QUIET_MONTHS = 12
"""A store that got nothing for a year is an archive: it ends with its last delivered month."""


def bring_up_to_date(folder: Path) -> int:
    """Make a release if the store holds what the current one lacks, and give the current number.

    Safe to call at any time and from several processes: the first to finish wins, and whoever
    finds the store or the release moved on computes again.

    Raises:
        RefusedError: "releases_lost"; "entries_lost" when the store lacks what the current release
            was made of, as after an old copy of the store alone was put back.
    """
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
            if covered == last_entry or (number == 0 and last_entry == 0):
                if number and (released is None or released.number < number):
                    # Whoever published it was cut off before the store was told.
                    opened.remember_release(kept.of_release(folder, number))
                return number
            snapshot = opened.snapshot()
            about = opened.about
        made = compute(snapshot, about, folder)
        part = made.write_beside(folder)
        with store.opened(folder) as opened:
            # Under the store's own lock nobody else publishes: compare, then swap.
            if _current(folder)[0] == made.previous and opened.last_entry() == last_entry:
                made.publish(part, folder)
                opened.remember_release(made.remembered())
                return made.number
        part.unlink()


def release_snapshot(snapshot: Snapshot, about: About, folder: Path) -> int:
    """Make the release of a snapshot and show it, for a store that nobody else has yet."""
    made = compute(snapshot, about, folder)
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
    """A release that is computed but not yet written."""

    def __init__(
        self,
        number: int,
        previous: int,
        tables: dict[str, pl.DataFrame],
        blocks: Sequence[Block] = (),
    ) -> None:
        self.number, self.previous, self.tables = number, previous, tables
        self._blocks = tuple(blocks)

    def write_beside(self, folder: Path) -> Path:
        """Write the file, whole and synced, under a name that nobody reads yet."""
        path = folder / ask.RELEASES / f".{self.number:06d}.{os.getpid()}.part"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        sql.write_file(path, SCHEMA, self.tables)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        return path

    def publish(self, part: Path, folder: Path) -> None:
        """Give the written file its certificate and its name, and make it the one that is shown."""
        path = ask.file_of(folder, self.number)
        told = self.tables["release"].row(0, named=True)["content_hash"]
        certificate.write(Certificate(self.number, told, self._blocks), path, part)
        part.replace(path)
        write_whole(folder / ask.RELEASES / ask.CURRENT, f"{self.number:06d}".encode())

    def remembered(self) -> Released:
        """What the store is to remember of it."""
        return kept.remembered(self.number, self.tables["cells"], self.tables["commitments"])


def compute(snapshot: Snapshot, about: About, folder: Path) -> Release:
    """Everything that a release holds, from a snapshot of the store and the release before it.

    Raises:
        RefusedError: "releases_lost" when what an earlier release froze is not there any more.
    """
    today = settings.today(folder)
    with kept.noticed(folder, snapshot.released):
        previous = _current(folder)[0]
    kept.refuse_lost(folder, previous, snapshot.released)
    number = _next_number(folder, previous)
    loaded = cards.load_all()
    connection = sql.builder(builder_tables(snapshot.tables, today, loaded))
    try:
        months = [
            month for (month,) in connection.execute("select month from clean_months").fetchall()
        ]
        locks = _locks(connection)
        still = _still(folder, previous)
        rules.suggest(connection)
        rows = truth.every_row(connection, loaded.values(), months[0], months[-1])
        tables = {
            path.stem: sql.run(connection, path)
            for path in sorted((sql.FOLDER / "listed").glob("*.sql"))
        }
        tables["commitments"] = _commitments(connection, months, locks, folder, previous)
        tables["months"] = _months(months, connection, folder, previous, number)
    finally:
        connection.close()
    fresh = _fresh(rows, loaded, locks, still)
    certified = _certified(folder, previous)
    beside = _of_blocks(gate.touched(fresh, loaded, certified, _blocks(still, loaded)), still)
    gated, blocks = gate.gated(
        [*fresh, *beside.values()],
        loaded,
        Truths(rows, partial(earlier_rows, folder, snapshot.tables)),
        beside,
        certified,
        number=number,
        ledger_entry=snapshot.ledger_entry,
    )
    _remember(folder, snapshot.ledger_entry, rows, asked_by_audit(loaded))
    fresh = [cell for cell in gated if cell.key not in beside]
    anew = _as_table(judge.judged(fresh, loaded, still), "cells")
    tables["cells"] = pl.concat([still.join(anew, on=KEY, how="anti", nulls_equal=True), anew])
    answers = _about_answers(tables["cells"], loaded)
    tables["verdicts"] = _as_table(verdicts.verdicts(answers, loaded), "verdicts")
    tables["release"] = _as_table(
        [
            {
                "number": number,
                "previous": previous or None,
                # A demo's clock stands still: its release was made when its story says so.
                "made_at": (snapshot.last_at if about.is_demo else None) or settings.now(),
                "app_version": store.app_version(),
                "store_id": about.store_id,
                "is_demo": about.is_demo,
                "today": today,
                "ledger_entry": snapshot.ledger_entry,
                "content_hash": content_hash(tables),
            }
        ],
        "release",
    )
    return Release(number, previous, tables, blocks)


def content_hash(tables: Mapping[str, pl.DataFrame]) -> str:
    """A hash of everything that is shown, equal for equal content."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        table = tables[name].with_columns(pl.all().cast(pl.String))
        digest.update(name.encode())
        digest.update(table.sort(table.columns, nulls_last=True).write_csv().encode())
    return digest.hexdigest()


# -- what goes into the builder --------------------------------------------------------------


def builder_tables(
    tables: Mapping[str, pl.DataFrame], today: dt.date, loaded: Mapping[str, Card]
) -> dict[str, pl.DataFrame]:
    """The tables that the clean views, the indicators and the states read."""
    locked = tables["acts_locks"]["month"].to_list()
    first, last = horizon(tables["coverage"], locked, today)
    monthly = [held for held in map(contract.load, contract.all_kinds()) if held.is_monthly]
    return {
        **tables,
        "horizon": pl.DataFrame(
            {
                "first_month": [first],
                "last_month": [last],
                "today": [today],
                "lock_day": [settings.load().lock_day],
            }
        ),
        "monthly_kinds": pl.DataFrame(
            {
                "kind": [held.kind for held in monthly],
                "is_list": [held.replaces == "list" for held in monthly],
            }
        ),
        "card_sources": pl.DataFrame(
            [
                {
                    "indicator": card.id,
                    "kind": source.kind,
                    "months": source.months,
                    "is_from_first": source.is_from_first,
                }
                for card in loaded.values()
                for source in card.sources
            ],
            schema={
                "indicator": pl.String,
                "kind": pl.String,
                "months": pl.Int64,
                "is_from_first": pl.Boolean,
            },
        ),
        "card_maturity": pl.DataFrame(
            [
                {
                    "indicator": card.id,
                    "matures_after_days": card.matures_after_days,
                    # What is about persons and answers is released once (methods.md C5).
                    "is_once": card.privacy != "none",
                }
                for card in loaded.values()
            ],
            schema={
                "indicator": pl.String,
                "matures_after_days": pl.Int64,
                "is_once": pl.Boolean,
            },
        ),
        # Filled by rules.suggest, which reads the others.
        "suggestions": rules.no_suggestions(),
    }


def horizon(
    coverage: pl.DataFrame, locked: Sequence[dt.date], today: dt.date
) -> tuple[dt.date, dt.date]:
    """The months that a release looks at: from the first delivered to the last that has ended.

    Where nothing has come for long, as of a survey that was made once, they end with the last that
    was delivered or locked.
    """
    this_month = today.replace(day=1)
    ended = (this_month - dt.timedelta(days=1)).replace(day=1)
    if coverage.is_empty():
        return ended, ended
    delivered = coverage["month"].to_list()
    newest = min(max([*delivered, *locked]), ended)
    quiet = (ended.year - newest.year) * 12 + ended.month - newest.month
    first = max(min(delivered), FIRST_MONTH)
    return min(first, newest), newest if quiet > QUIET_MONTHS else ended


def _locks(connection: sql.Connection) -> list[Lock]:
    found = connection.execute("select month, locked_on from clean_locks order by locked_on, month")
    return [Lock(month, locked_on) for month, locked_on in found.fetchall()]


# -- cells -----------------------------------------------------------------------------------


def asked_by_audit(loaded: Mapping[str, Card]) -> list[Card]:
    """The indicators about persons and answers, and what everybody knows beside them."""
    return [card for card in loaded.values() if card.privacy != "none" or card.id == ACTIVITIES]


def earlier_rows(
    folder: Path,
    tables: Mapping[str, pl.DataFrame],
    entry: int,
    first: dt.date,
    last: dt.date,
) -> EveryRow | None:
    """What the audit knows of these months as they were right after a ledger entry.

    Args:
        tables: The tables of a later snapshot, for what the audit does not look at.

    Returns:
        None when nothing of these months has changed since.
    """
    loaded = cards.load_all()
    asked = asked_by_audit(loaded)
    kinds = {source.kind for card in asked for source in card.sources}
    with store.opened(folder) as opened:
        if not _has_changed(opened, entry, asked, first, last):
            return None
        if (remembered := _remembered.get(_name(folder, entry))) is not None:
            return remembered
        with opened.as_of(entry):
            then = opened.rows_of(kinds)
    connection = sql.builder(builder_tables({**tables, **then}, settings.today(folder), loaded))
    try:
        # All months: those of another tertial may be asked for next.
        ends = connection.execute("select min(month), max(month) from clean_months").fetchall()
        _remembered[_name(folder, entry)] = truth.every_row(connection, asked, *ends[0])
    finally:
        connection.close()
    return _remembered[_name(folder, entry)]


def _has_changed(
    opened: store.Store, entry: int, asked: Iterable[Card], first: dt.date, last: dt.date
) -> bool:
    """Whether anything that these months' numbers are made of has changed since a ledger entry."""
    by_distance: dict[int, set[str]] = defaultdict(set)
    for card in asked:
        for source in card.sources:
            # Some count what comes later, such as the answers half a year after a course.
            by_distance[source.months or 0].add(source.kind)
    return any(
        opened.has_changed_since(entry, kinds, _later(first, away), _later(last, away))
        for away, kinds in by_distance.items()
    )


def _later(month: dt.date, months: int) -> dt.date:
    """The first day of a month so many months later, or earlier."""
    number = month.year * 12 + month.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


_remembered: dict[tuple[str, int, int], EveryRow] = {}
"""True rows of earlier releases, of those that this process made or looked at."""

REMEMBERED = 16
"""How many are kept: those of the months of a tertial and of those that matured meanwhile."""


def _name(folder: Path, entry: int) -> tuple[str, int, int]:
    # A store that was made anew in the same place is another one.
    made = (folder / settings.ABOUT_FILE).stat().st_mtime_ns
    return str(folder.resolve()), made, entry


def _remember(folder: Path, entry: int, rows: EveryRow, asked: Iterable[Card]) -> None:
    if (folder / settings.ABOUT_FILE).exists():
        _remembered[_name(folder, entry)] = EveryRow(
            {card.id: rows.measured[card.id] for card in asked}
        )
        while len(_remembered) > REMEMBERED:
            del _remembered[next(iter(_remembered))]


KEY = ["indicator", *moving.KEY]


def _fresh(
    rows: EveryRow, loaded: Mapping[str, Card], locks: Sequence[Lock], still: pl.DataFrame
) -> list[Cell]:
    """The cells that do not stand still, as a lock made just now may freeze them."""
    of = still.partition_by("indicator", as_dict=True)
    made: list[Cell] = []
    for name, measured in rows.measured.items():
        mine = of.get((name,), still.clear())
        own = moving.still_moving(loaded[name], measured, mine)
        found = combine.cells(loaded[name], own.rows.counted, own.rows.states, parts=measured.parts)
        within = pl.col("period").is_in({cell.period for cell in found})
        stands = set(mine.filter(within).select(KEY).iter_rows())
        made += [cell for cell in found if cell.key not in stands]
    return freezing.frozen(made, loaded, locks)


def _certified(folder: Path, previous: int) -> dict[tuple[str, dt.date], Block]:
    """What was audited for the release before, with the cells that it was audited with."""
    if previous == 0:
        return {}
    return {
        (block.indicator, block.tertial): block
        for block in certificate.read(ask.file_of(folder, previous)).blocks
    }


def _still(folder: Path, previous: int) -> pl.DataFrame:
    """The rows of the release before that stand still."""
    if previous == 0:
        return _as_table([], "cells")
    return ask.ask("cells_frozen", store=folder, release=previous)


def _about_answers(rows: pl.DataFrame, loaded: Mapping[str, Card]) -> list[dict[str, Any]]:
    asked = [card.id for card in loaded.values() if card.privacy == "answers"]
    return rows.filter(pl.col("indicator").is_in(asked)).rows(named=True)


def _blocks(still: pl.DataFrame, loaded: Mapping[str, Card]) -> list[gate.BlockKey]:
    """The blocks of what stands still about persons and answers."""
    protected = [card.id for card in loaded.values() if card.privacy != "none"]
    about = still.filter(pl.col("indicator").is_in(protected))
    return about.select("indicator", moving.tertial_of("period")).unique().rows()


def _of_blocks(keys: Collection[gate.BlockKey], still: pl.DataFrame) -> dict[CellKey, Cell]:
    """The cells of these blocks that stand still."""
    asked = pl.DataFrame(
        sorted(keys), schema={"indicator": pl.String, "tertial": pl.Date}, orient="row"
    )
    tertial = moving.tertial_of("period").alias("tertial")
    rows = still.with_columns(tertial).join(asked, on=["indicator", "tertial"], how="semi")
    found = [cell.from_row(row) for row in rows.iter_rows(named=True)]
    return {one.key: one for one in found}


# -- commitments and months ------------------------------------------------------------------


def _commitments(
    connection: sql.Connection,
    months: Sequence[dt.date],
    locks: Sequence[Lock],
    folder: Path,
    previous: int,
) -> pl.DataFrame:
    """The commitments; those that a lock froze before are as they were."""
    found = sql.run(
        connection,
        sql.FOLDER / "commitments.sql",
        first_month=months[0],
        last_month=months[-1],
    )
    if previous == 0:
        still = _as_table([], "commitments")
    else:
        earlier = ask.ask("commitments", store=folder, release=previous)
        still = earlier.filter(pl.col("frozen_in").is_not_null())
    open_ones = found.join(still, on=["municipality_id", "month", "commitment"], how="anti")
    made = freezing.frozen_commitments(open_ones.iter_rows(named=True), locks)
    # What was shown once of a settled month stays, whatever was withdrawn since.
    return pl.concat([still, _as_table(made, "commitments")])


def _months(
    months: Sequence[dt.date],
    connection: sql.Connection,
    folder: Path,
    previous: int,
    number: int,
) -> pl.DataFrame:
    """The months and their locks; a month's lock keeps the release that was made for it."""
    locks = {
        month: (at, is_history)
        for month, at, is_history in connection.execute(
            "select month, locked_at, is_history from clean_locks"
        ).fetchall()
    }
    kept_in: dict[dt.date, int] = {}
    if previous:
        for row in ask.ask("months", store=folder, release=previous).iter_rows(named=True):
            if row["lock_release"] is not None:
                kept_in[row["month"]] = row["lock_release"]
    rows = []
    for month in months:
        at, is_history = locks.get(month, (None, None))
        rows.append(
            {
                "month": month,
                "locked_at": at,
                "is_history": is_history,
                "lock_release": None if at is None else kept_in.get(month, number),
            }
        )
    return _as_table(rows, "months")


_POLARS: dict[str, pl.DataType | type[pl.DataType]] = {
    "VARCHAR": pl.String,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
}


def _as_table(rows: Sequence[Mapping[str, Any]], table: str) -> pl.DataFrame:
    """Rows as a frame with the columns and types that the release's schema gives the table."""
    columns = {name: _POLARS[kind] for name, kind in sql.schema_of(SCHEMA)[table].items()}
    return pl.DataFrame([dict(row) for row in rows], schema=columns, orient="row")
