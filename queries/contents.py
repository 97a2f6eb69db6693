"""What a release holds: everything computed from the store, and what stands still as it was."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import polars as pl

from data import settings
from data.snapshot import Snapshot
from queries import (
    ask,
    cards,
    carried,
    cell,
    certificate,
    combine,
    correcting,
    freezing,
    gate,
    judge,
    lapsed,
    moving,
    noted,
    program,
    rules,
    sql,
    truth,
    verdicts,
)
from queries.bases import Truths
from queries.builder import Builder
from queries.cards import Card
from queries.cell import Cell, CellKey
from queries.certificate import Block, Certificate
from queries.correcting import Touched
from queries.freezing import Lock
from queries.truth import EveryRow, Measured

SCHEMA = ask.SCHEMA


@dataclass(frozen=True)
class _Making:
    """What is at hand while a release is made.

    Attributes:
        previous: The release to build on; 0 for none.
        number: Of the release that is made.
        months: That it is of.
        locks: Of them, in order.
        before: The cells of the release before.
        touched: What changed of locked months since; None where nothing did.
    """

    snapshot: Snapshot
    folder: Path
    previous: int
    number: int
    months: Sequence[dt.date]
    locks: Sequence[Lock]
    before: pl.DataFrame
    touched: Touched | None

    @cached_property
    def still(self) -> pl.DataFrame:
        """Of the cells of the release before those that a lock froze."""
        return self.before.filter(pl.col("frozen_in").is_not_null())

    def still_of(self, indicators: Iterable[str]) -> pl.DataFrame:
        """Of these those of some indicators."""
        return self.still.filter(pl.col("indicator").is_in(list(indicators)))

    @property
    def certificate(self) -> Certificate | None:
        """What was audited for the release before; None where there is none."""
        if self.previous == 0:
            return None
        return certificate.read(ask.file_of(self.folder, self.previous))

    def of_before(self, question: str) -> pl.DataFrame:
        """An answer of the release before."""
        return ask.ask(question, store=self.folder, release=self.previous)


def contents(
    snapshot: Snapshot, folder: Path, previous: int, number: int
) -> tuple[dict[str, pl.DataFrame], list[Block]]:
    """The tables of a release but for what is said of itself, and what the audit found of them.

    Args:
        previous: The release to build on; 0 for none.
        number: Of the release that is made.
    """
    loaded = cards.load_all()
    builder = Builder(truth.builder_tables(snapshot.tables, settings.today(folder), loaded))
    with contextlib.closing(builder), ThreadPoolExecutor(2) as pool:
        making = _Making(
            snapshot,
            folder,
            previous,
            number,
            months=builder.table("clean_months")["month"].to_list(),
            locks=_locks(builder),
            before=_before(folder, previous),
            touched=correcting.look(snapshot.tables["touches"], folder, previous, loaded),
        )
        rules.suggest(builder)
        rows = truth.every_row(builder, loaded.values(), making.months[0], making.months[-1])
        again: list[Cell] = []
        if making.touched is not None:
            again = correcting.cells(builder, making.touched, loaded, making.still, rows)
        # The gate takes longest, and waits for nothing else; what lists rows waits for no number,
        # and DuckDB answers it meanwhile.
        listed = pool.submit(_listed, making, builder)
        exact = pool.submit(_exact, making, rows, again)
        gated, blocks = _gated(making, rows)
        tables = listed.result() | {"cells": pl.concat([exact.result(), gated])}
    truth.remember(folder, snapshot.ledger_entry, rows, truth.asked_by_audit(loaded))
    tables |= _versions(making, tables)
    answers = _about_answers(tables["cells"], loaded)
    tables["verdicts"] = as_table(verdicts.verdicts(answers, loaded), "verdicts")
    return tables, blocks


def _listed(making: _Making, builder: Builder) -> dict[str, pl.DataFrame]:
    """The tables that hold no numbers but rows, and the commitments."""
    asked = sorted((sql.FOLDER / "listed").glob("*.sql"))
    found = builder.run_all([(path, {}) for path in asked])
    tables = {path.stem: rows for path, rows in zip(asked, found, strict=True)}
    today = settings.today(making.folder)
    tables |= lapsed.with_lapsed(tables, making.folder, making.previous, today)
    tables["commitments"] = _commitments(making, builder)
    tables["months"] = _months(making, builder)
    return tables


def _gated(making: _Making, rows: EveryRow) -> tuple[pl.DataFrame, list[Block]]:
    """The numbers about persons and answers that may be shown, and what the audit found of them."""
    loaded = cards.load_all()
    about = {name: one for name, one in rows.measured.items() if loaded[name].privacy != "none"}
    still = making.still_of(about)
    fresh = _fresh(about, loaded, making.locks, still)
    told = making.certificate
    certified = {(one.indicator, one.tertial): one for one in told.blocks} if told else {}
    keys = gate.touched(fresh, loaded, certified, _blocks(still, loaded))
    beside = _of_blocks(keys, still)
    gated, blocks = gate.gated(
        [*fresh, *beside.values()],
        loaded,
        Truths(rows, partial(truth.earlier_rows, making.folder, making.snapshot.tables)),
        beside,
        certified,
        number=making.number,
        ledger_entry=making.snapshot.ledger_entry,
    )
    return _judged([cell for cell in gated if cell.key not in beside], still), blocks


def _exact(making: _Making, rows: EveryRow, again: Sequence[Cell]) -> pl.DataFrame:
    """The numbers that are shown exactly.

    Args:
        again: Cells of locked months that are corrected.
    """
    loaded = cards.load_all()
    exact = {name: one for name, one in rows.measured.items() if loaded[name].privacy == "none"}
    still = making.still_of(exact)
    if making.certificate is not None and making.certificate.program == program.fingerprint():
        # What is the same for another reason than a lock is shown again like what stands still.
        still = pl.concat([still, carried.carried(exact, loaded, making.before)])
    fresh = [*_fresh(exact, loaded, making.locks, still), *again]
    corrected = as_table(map(cell.as_row, again), "cells")
    return _judged(fresh, still.join(corrected, on=KEY, how="anti", nulls_equal=True))


def _judged(fresh: Sequence[Cell], still: pl.DataFrame) -> pl.DataFrame:
    """Cells with what is said of them, and those that stand still."""
    anew = as_table(judge.judged(fresh, cards.load_all(), still), "cells")
    return pl.concat([still.join(anew, on=KEY, how="anti", nulls_equal=True), anew])


def content_hash(tables: Mapping[str, pl.DataFrame]) -> str:
    """A hash of everything that is shown, equal for equal content."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        # Rows come in any order. A text with a separator in it is hashed in two pieces, no more.
        head, *rows = tables[name].write_csv(line_terminator=RECORD).split(RECORD)
        digest.update(RECORD.join([name, head, *sorted(rows)]).encode())
    return digest.hexdigest()


RECORD = "\x1e"
"""What stands between rows while they are hashed."""


def _locks(builder: Builder) -> list[Lock]:
    found = builder.table("clean_locks").select("month", "locked_on").sort("locked_on", "month")
    return [Lock(month, locked_on) for month, locked_on in found.iter_rows()]


KEY = ["indicator", *moving.KEY]


def _fresh(
    measured: Mapping[str, Measured],
    loaded: Mapping[str, Card],
    locks: Sequence[Lock],
    still: pl.DataFrame,
) -> list[Cell]:
    """The cells that do not stand still, as a lock made just now may freeze them."""
    found = [
        one
        for name, own in moving.still_moving(loaded, measured, still).items()
        if not own.counted.is_empty()
        for one in combine.cells(
            loaded[name], own.rows.counted, own.rows.states, parts=measured[name].parts
        )
    ]
    periods = pl.DataFrame(
        list({(one.indicator, one.period) for one in found}),
        schema={"indicator": pl.String, "period": pl.Date},
        orient="row",
    )
    beside = still.join(periods, on=["indicator", "period"], how="semi").select(KEY)
    stands = set(beside.iter_rows())
    made = [one for one in found if one.key not in stands]
    return freezing.frozen(made, loaded, locks)


def _before(folder: Path, previous: int) -> pl.DataFrame:
    """The cells of the release before."""
    if previous == 0:
        return as_table([], "cells")
    return ask.ask("cells", store=folder, release=previous)


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


def _commitments(making: _Making, builder: Builder) -> pl.DataFrame:
    """The commitments; those that a lock froze before are as they were, unless corrected."""
    ends = {"first_month": making.months[0], "last_month": making.months[-1]}
    found = builder.run(sql.FOLDER / "commitments.sql", **ends)
    if making.previous == 0:
        still = as_table([], "commitments")
    else:
        earlier = making.of_before("commitments")
        still = earlier.filter(pl.col("frozen_in").is_not_null())
    if making.touched is not None:
        still = correcting.commitments(making.touched, found, still)
    open_ones = found.join(still, on=["municipality_id", "month", "commitment"], how="anti")
    made = freezing.frozen_commitments(open_ones.iter_rows(named=True), making.locks)
    # What was shown once of a settled month stays, whatever was withdrawn since.
    return pl.concat([still, as_table(made, "commitments")])


def _months(making: _Making, builder: Builder) -> pl.DataFrame:
    """The months and their locks; a month's lock keeps the release that was made for it."""
    locks = {
        month: (at, is_history)
        for month, at, is_history in builder.table("clean_locks")
        .select("month", "locked_at", "is_history")
        .iter_rows()
    }
    kept_in: dict[dt.date, int] = {}
    if making.previous:
        for row in making.of_before("months").iter_rows(named=True):
            if row["lock_release"] is not None:
                kept_in[row["month"]] = row["lock_release"]
    rows = []
    for month in making.months:
        at, is_history = locks.get(month, (None, None))
        rows.append(
            {
                "month": month,
                "locked_at": at,
                "is_history": is_history,
                "lock_release": None if at is None else kept_in.get(month, making.number),
            }
        )
    return as_table(rows, "months")


def _versions(making: _Making, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The versions of the locked months, and what was corrected in them."""
    earlier: dict[str, list[dict[str, Any]]] = {"month_versions": [], "corrections": []}
    if making.previous and ask.has_table(making.folder, making.previous, "corrections"):
        earlier = {name: making.of_before(name).to_dicts() for name in earlier}
    changed, at = [], None
    if making.touched is not None:
        then = making.of_before("commitments")
        changed = noted.changes(making.touched, tables["cells"], tables["commitments"], then)
        at = making.touched.at
    made, notes = noted.versions(
        tables["months"].to_dicts(),
        earlier["month_versions"],
        earlier["corrections"],
        changed,
        number=making.number,
        at=at,
    )
    return {
        "month_versions": as_table(made, "month_versions"),
        "corrections": as_table(notes, "corrections"),
    }


_POLARS: dict[str, pl.DataType | type[pl.DataType]] = {
    "VARCHAR": pl.String,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
}


def as_table(rows: Iterable[Mapping[str, Any]], table: str) -> pl.DataFrame:
    """Rows as a frame with the columns and types that the release's schema gives the table."""
    columns = {name: _POLARS[kind] for name, kind in sql.schema_of(SCHEMA)[table].items()}
    return pl.DataFrame([dict(row) for row in rows], schema=columns, orient="row")
