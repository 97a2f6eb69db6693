"""What storing a file would change, row by row, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from data import contract
from data.coverage import Coverage
from data.store import Store


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
            store.frame(f"select * from current_{kind}"),
            table,
            frozenset(covered[1] for covered in covers if covered[0] == kind),
            is_part=is_part,
        )
        for kind, table in tables.items()
    }


def _of_kind(
    held: contract.Contract,
    now: pl.DataFrame,
    coming: pl.DataFrame,
    covered: frozenset[str],
    *,
    is_part: bool,
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
    is_whole_list = held.replaces == "list" and not is_part
    gone = tuple(key for key in before if key not in after) if is_whole_list else ()
    new = tuple(key for key in after if key not in before)
    return Difference(new, changed, gone, changes, len(after) - len(new) - len(changed))
