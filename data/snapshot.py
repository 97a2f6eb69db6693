"""All that a release is made of, copied out of the store so that it can be let go.

The rows of a kind are read once: after an upload only the kinds that it bears on are read anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from data import contract, schema
from data.store import Released, Store

KEPT_BYTES = 64 * 2**20
"""As much of rows is kept in memory until the next snapshot; those of ten years are 21 MB."""


@dataclass(frozen=True)
class Snapshot:
    """Everything a release is made from, copied so that the store can be let go.

    Attributes:
        tables: current_<kind>, coverage, the acts_* views and what came in, by name. Frames are
            shared with later snapshots: never change one.
        ledger_entry: The last entry that is included, and last_at when it was written.
        released: What the store remembers of its last release.
    """

    tables: dict[str, pl.DataFrame]
    ledger_entry: int
    last_at: dt.datetime | None
    released: Released | None = None


def taken(store: Store) -> Snapshot:
    """Everything a release needs, in memory, as of the last ledger entry."""
    tables = _rows(store) | {"coverage": _coverage(store)}
    for view in schema.ACT_VIEWS:
        tables[view] = store.frame(f"select * from ({schema.asked_of(view)}) order by all")
    tables["uploads"] = store.frame(
        "select ledger.entry as upload_id, ledger.facts ->> 'file_name' as file_name, ledger.at"
        " from ledger where ledger.act = 'upload' order by ledger.entry"
    )
    for name in schema.COMINGS:
        tables[name] = store.frame(schema.asked_of(name))
    last = store.rows('select entry, "at" from ledger order by entry desc limit 1')
    entry, last_at = last[0] if last else (0, None)
    return Snapshot(tables, entry, last_at, store.last_release())


def rows_of(store: Store, kinds: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The rows of these kinds that count, and what is covered, by the names of a snapshot."""
    return _read(store, kinds) | {"coverage": _coverage(store)}


def has_changed(
    touches: pl.DataFrame, entry: int, kinds: Iterable[str], first: dt.date, last: dt.date
) -> bool:
    """Whether rows of these kinds and months may have changed since a ledger entry.

    Args:
        touches: Of a snapshot: what came, went and came back.
    """
    since = touches.filter(
        pl.col("entry") > entry,
        pl.col("kind").is_in(list(kinds)),
        pl.col("month").is_between(first, last),
    )
    return not since.is_empty()


def _coverage(store: Store) -> pl.DataFrame:
    return store.frame("select * from current_coverage")


# -- kept between two snapshots ---------------------------------------------------------------


@dataclass(frozen=True)
class _Kept:
    """The rows by kind, right after an entry of the ledger.

    Attributes:
        store_id: Of which store.
        last: That entry, whole: another history has another one in its place.
    """

    store_id: str
    last: tuple[Any, ...]
    rows: Mapping[str, pl.DataFrame]


_kept: list[_Kept] = []
"""Of the store that was asked last. Only who holds the store looks here, one thread at a time."""


def _rows(store: Store) -> dict[str, pl.DataFrame]:
    if store.is_passing:
        return _read(store, contract.all_kinds())
    kept = _kept.pop() if _kept else None
    if kept is not None and kept.store_id == store.about.store_id and _is_there(store, kept.last):
        entry, changed = kept.last[0], _kinds_since(store, kept.last[0])
        anew = [kind for kind, is_added in changed.items() if not is_added]
        rows = {**kept.rows, **_read(store, anew)}
        for kind in changed.keys() - set(anew):
            name = f"current_{kind}"
            rows[name] = _with_newer(store, kind, kept.rows[name], entry)
    else:
        rows = _read(store, contract.all_kinds())
    last = store.rows("select * from ledger order by entry desc limit 1")
    if last and sum(frame.estimated_size() for frame in rows.values()) <= KEPT_BYTES:
        _kept.append(_Kept(store.about.store_id, last[0], rows))
    return dict(rows)


def _read(store: Store, kinds: Iterable[str]) -> dict[str, pl.DataFrame]:
    return {f"current_{kind}": store.frame(schema.in_order(kind)) for kind in sorted(kinds)}


def _is_there(store: Store, entry: tuple[Any, ...]) -> bool:
    """Whether the ledger still holds an entry: not where an older copy of the store was put back"""
    return store.rows("select * from ledger where entry = $entry", {"entry": entry[0]}) == [entry]


def _kinds_since(store: Store, entry: int) -> dict[str, bool]:
    """The kinds of which other rows may count than right after a ledger entry.

    Of each: whether files came with rows of it, and nothing else happened.
    """
    found = store.rows(schema.asked_of("kinds_since"), {"entry": entry})
    return {kind: acts == ["upload"] and _adds(kind) for kind, acts in found}


def _adds(kind: str) -> bool:
    """Whether a file of a kind leaves what came before but for the keys that it has anew."""
    return contract.load(kind).replaces == "key"


def _with_newer(store: Store, kind: str, rows: pl.DataFrame, entry: int) -> pl.DataFrame:
    """The rows that counted right after a ledger entry, and those that files brought since."""
    key = list(contract.load(kind).identity)
    newer = store.frame(schema.came_since(kind), {"entry": entry})
    stay = rows.join(newer.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
    if kind == "survey_answers":
        gone = store.frame(schema.asked_of("whole_since"), {"entry": entry})
        if not stay.join(gone, on="wave_id", how="semi").is_empty():
            # What they stood in place of may count again.
            return store.frame(schema.in_order(kind))
    # An upload's number is that of its entry: those of newer ones come behind.
    return pl.concat([stay, newer])
