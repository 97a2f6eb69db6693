"""What storing a file would change, row by row, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import polars as pl

from data import contract, schema
from data.coverage import Coverage
from data.store import Store


class Keys(Sequence[tuple[str, ...]]):
    """Keys as text, a million of them in the room of their frame; equal to a tuple of the same."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, at: int) -> tuple[str, ...]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[str, ...]]: ...

    def __getitem__(self, at: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        return Keys(self._frame[at]) if isinstance(at, slice) else self._frame.row(at)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return self._frame.iter_rows()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


Cell = tuple[tuple[str, ...], str, str, str]
"""A changed cell: the key of its row, its column, the old value and the new, as text."""


class Cells(Sequence[Cell]):
    """Changed cells, kept as Keys are."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, at: int) -> Cell: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Cell]: ...

    def __getitem__(self, at: int | slice) -> Cell | Sequence[Cell]:
        return Cells(self._frame[at]) if isinstance(at, slice) else _cell(self._frame.row(at))

    def __iter__(self) -> Iterator[Cell]:
        return map(_cell, self._frame.iter_rows())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _cell(row: tuple[str, ...]) -> Cell:
    return row[:-3], row[-3], row[-2], row[-1]


@dataclass(frozen=True)
class Difference:
    """What an upload would do to the rows of one kind, as keys.

    Attributes:
        new, changed, gone: Keys as text, in the order of the contract's key columns.
        changes: Per changed row: key, column, the old value and the new, as text.
        same: How many rows stay as they are.
        elsewhere: Keys of new rows that stand for another municipality too and go on doing so: the
            key, whose it is already, and whose the file makes it.
        new_at: Where the new rows stand in the table of the file, in the same order.
    """

    new: Sequence[tuple[str, ...]]
    changed: Sequence[tuple[str, ...]]
    gone: Sequence[tuple[str, ...]]
    changes: Sequence[Cell]
    same: int
    elsewhere: tuple[tuple[tuple[str, ...], str, str], ...] = ()
    new_at: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt32), compare=False)


def all_new(kind: str, table: pl.DataFrame) -> Difference:
    """What the rows of one kind would change where nothing is stored yet."""
    keys = Keys(_as_text(table, contract.load(kind).key))
    return Difference(keys, (), (), (), 0, new_at=pl.int_range(table.height, eager=True))


def foreseen(
    store: Store,
    tables: Mapping[str, pl.DataFrame],
    covers: Coverage,
    *,
    is_part: bool = False,
) -> dict[str, Difference]:
    """What storing these tables would change, kind by kind; stores nothing.

    Args:
        is_part: The rows are part of a file: nothing is gone because it is not among them.
    """
    return {
        kind: _of_kind(
            contract.load(kind),
            _standing(store, kind, table),
            table,
            frozenset(covered[1] for covered in covers if covered[0] == kind),
            is_part=is_part,
        )
        for kind, table in tables.items()
    }


def _standing(store: Store, kind: str, coming: pl.DataFrame) -> pl.DataFrame:
    """The rows that those of the file may be: of files, and what it takes over that was made here.

    An action that a decision became is new in no list, and gone from none.
    """
    counting = store.frame(schema.counting(kind))
    if kind != "actions":
        return counting
    key = ["municipality", "action_id"]
    filed = store.frame("select municipality, action_id from current_actions")
    made = counting.join(filed, on=key, how="anti")
    return pl.concat(
        [counting.join(filed, on=key, how="semi"), made.join(coming, on=key, how="semi")]
    )


def _of_kind(
    held: contract.Contract,
    now: pl.DataFrame,
    coming: pl.DataFrame,
    covered: frozenset[str],
    *,
    is_part: bool,
) -> Difference:
    owner = held.municipality_column
    identity = held.identity
    before = now
    if held.replaces == "list" and owner is not None:
        before = now.filter(pl.col(owner).is_in(covered))
    old_keys, new_keys = _numbered(before, coming, identity)
    matched = new_keys.join(old_keys, on="key", how="left", maintain_order="left")
    both = matched.filter(pl.col("old").is_not_null()).select("new", "old")
    changes = _changes(held, before, coming, both)
    changed = changes.unique("row", maintain_order=True).select(held.key)
    is_new = matched["old"].is_null()
    new_at = matched["new"].filter(is_new)
    gone = before.clear()
    if held.replaces == "list" and not is_part:
        left = old_keys.join(new_keys, on="key", how="anti", maintain_order="left")
        gone = before[left["old"]]
    return Difference(
        Keys(_as_text(coming[new_at], held.key)),
        Keys(changed),
        Keys(_as_text(gone, held.key)),
        Cells(changes.drop("row")),
        both.height - changed.height,
        _elsewhere(held, coming[new_at], now, gone, identity),
        new_at,
    )


def _numbered(
    before: pl.DataFrame, coming: pl.DataFrame, identity: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every row of both by a number, which is the same where all the columns' texts are.

    Rows are matched by it: by the texts it would take six times the room of the file.

    Returns:
        For each of the two: `key`, and the places of the rows as `old` and `new`.
    """
    keys = [pl.repeat(0, frame.height, dtype=pl.UInt64, eager=True) for frame in (before, coming)]
    for name in identity:
        texts = [_text(before, name), _text(coming, name)]
        both = pl.Enum(pl.concat([one.unique() for one in texts]).unique(maintain_order=True))
        keys = [
            key * both.categories.len() + text.cast(both).to_physical().cast(pl.UInt64)
            for key, text in zip(keys, texts, strict=True)
        ]
    old, new = (pl.DataFrame({"key": key}) for key in keys)
    return old.with_row_index("old"), new.with_row_index("new")


def _elsewhere(
    held: contract.Contract,
    coming: pl.DataFrame,
    now: pl.DataFrame,
    gone: pl.DataFrame,
    identity: Sequence[str],
) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """New rows of a list whose key another municipality has, and keeps until its own list lacks it.

    It may be the same thing, which has moved, or a number that both have given.
    """
    owner = held.municipality_column
    if held.replaces != "list" or owner is None or owner in held.key:
        return ()
    new = _as_text(coming, identity)
    staying = _as_text(now, identity).join(_as_text(gone, identity), on=identity, how="anti")
    others = staying.select(*held.key, pl.col(owner).alias("whose"))
    both = new.join(others, on=list(held.key), how="inner", maintain_order="left_right")
    found = both.filter(pl.col("whose") != pl.col(owner)).select(*held.key, "whose", owner)
    return tuple((row[:-2], row[-2], row[-1]) for row in found.iter_rows())


def _as_text(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns as text, empty where there is nothing: values are compared as they would be shown."""
    return pl.DataFrame([_text(frame, name) for name in names])


def _text(frame: pl.DataFrame, name: str) -> pl.Series:
    cells = frame[name]
    is_list = cells.dtype == pl.List(pl.String)
    return (cells.list.join(";") if is_list else cells.cast(pl.String)).fill_null("")


def _changes(
    held: contract.Contract, before: pl.DataFrame, coming: pl.DataFrame, both: pl.DataFrame
) -> pl.DataFrame:
    """The cells that differ between rows that are the same, row by row.

    Args:
        both: Where the same row stands in each: `old` and `new`.

    Returns:
        One row per changed cell: the key's columns, then the place of its `row`, and `-column`,
        `-before` and `-after` as text. No column of a contract is called so.
    """
    found = []
    # One column at a time: all of them as text would take ten times the room of the file.
    for number, name in enumerate(held.column_names):
        old = _text(before, name).gather(both["old"])
        new = _text(coming, name).gather(both["new"])
        at = (old != new).arg_true()
        found.append(
            pl.DataFrame(
                {"row": both["new"].gather(at), "number": pl.repeat(number, at.len(), eager=True)}
            ).with_columns(
                pl.lit(name).alias("-column"),
                old.gather(at).alias("-before"),
                new.gather(at).alias("-after"),
            )
        )
    cells = pl.concat(found).sort("row", "number")
    keys = _as_text(coming[cells["row"]], held.key)
    return pl.concat([keys, cells.drop("number")], how="horizontal")
