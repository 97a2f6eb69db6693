"""What storing a file would change, row by row, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from data import contract, schema
from data.coverage import Coverage
from data.store import Store


@dataclass(frozen=True)
class Difference:
    """What an upload would do to the rows of one kind, as keys.

    Attributes:
        new, changed, gone: Keys as text, in the order of the contract's key columns.
        changes: Per changed row: key, column, the old value and the new, as text.
        same: How many rows stay as they are.
        elsewhere: Keys of new rows that stand for another municipality too and go on doing so: the
            key, whose it is already, and whose the file makes it.
    """

    new: tuple[tuple[str, ...], ...]
    changed: tuple[tuple[str, ...], ...]
    gone: tuple[tuple[str, ...], ...]
    changes: tuple[tuple[tuple[str, ...], str, str, str], ...]
    same: int
    elsewhere: tuple[tuple[tuple[str, ...], str, str], ...] = ()


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
    identity = list(held.key)
    before = now
    if held.replaces == "list" and owner is not None:
        before = now.filter(pl.col(owner).is_in(covered))
        # Each municipality numbers its own list: two of them may both have a number 1.
        identity += [owner] if owner not in identity else []
    old_keys = _as_text(before, identity).with_row_index("old")
    new_keys = _as_text(coming, identity).with_row_index("new")
    matched = new_keys.join(old_keys, on=identity, how="left", maintain_order="left")
    both = matched.filter(pl.col("old").is_not_null())
    changes = _changes(
        held,
        _as_text(before[both["old"]], held.column_names),
        _as_text(coming[both["new"]], held.column_names),
    )
    changed = tuple(dict.fromkeys(change[0] for change in changes))
    gone: pl.DataFrame = old_keys.clear()
    if held.replaces == "list" and not is_part:
        gone = old_keys.join(new_keys, on=identity, how="anti", maintain_order="left")
    new = matched.filter(pl.col("old").is_null())
    return Difference(
        tuple(new.select(held.key).rows()),
        changed,
        tuple(gone.select(held.key).rows()),
        changes,
        both.height - len(changed),
        _elsewhere(held, new, _as_text(now, identity).join(gone, on=identity, how="anti")),
    )


def _elsewhere(
    held: contract.Contract, new: pl.DataFrame, staying: pl.DataFrame
) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """New rows of a list whose key another municipality has, and keeps until its own list lacks it.

    It may be the same thing, which has moved, or a number that both have given.
    """
    owner = held.municipality_column
    if held.replaces != "list" or owner is None or owner in held.key:
        return ()
    others = staying.select(*held.key, pl.col(owner).alias("whose"))
    both = new.join(others, on=list(held.key), how="inner", maintain_order="left_right")
    found = both.filter(pl.col("whose") != pl.col(owner)).select(*held.key, "whose", owner)
    return tuple((row[:-2], row[-2], row[-1]) for row in found.iter_rows())


def _as_text(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns as text, empty where there is nothing: values are compared as they would be shown."""
    return frame.select(
        pl.col(name).list.join(";")
        if frame.schema[name] == pl.List(pl.String)
        else pl.col(name).cast(pl.String)
        for name in names
    ).fill_null("")


def _changes(
    held: contract.Contract, old: pl.DataFrame, new: pl.DataFrame
) -> tuple[tuple[tuple[str, ...], str, str, str], ...]:
    """The cells that differ between rows that stand beside each other, row by row."""
    places = sorted(
        (row, number)
        for number, name in enumerate(held.column_names)
        for row in (old[name] != new[name]).arg_true()
    )
    keys = {row: new.row(row) for row, _ in places}
    of_key = [held.column_names.index(name) for name in held.key]
    return tuple(
        (
            tuple(str(keys[row][place]) for place in of_key),
            held.column_names[number],
            str(old.item(row, number)),
            str(keys[row][number]),
        )
        for row, number in places
    )
