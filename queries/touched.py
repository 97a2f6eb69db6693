"""Which numbers rest on files that came, went or came back: what a correction bears on.

A number rests on what was delivered of the kinds of file it is counted from, for its own
municipality and for the months that its card names. A file of another month is none of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import polars as pl

from data import contract
from queries.cards import Card
from queries.commitments import load_commitments

FILES = {"kind": pl.String, "municipality_id": pl.String, "month": pl.Date}
"""What a delivery is of."""

_READS = {
    "name": pl.String,
    "is_commitment": pl.Boolean,
    "kind": pl.String,
    "first": pl.Int32,
    "last": pl.Int32,
    "is_once": pl.Boolean,
}


def changed_since(touches: pl.DataFrame, entry: int) -> pl.DataFrame:
    """What is delivered otherwise than right after an entry of the ledger, with FILES as columns.

    What was undone and restored since is delivered as it was.

    Args:
        touches: What came, went and came back, as a snapshot of the store has it.
    """
    turns = touches.select("upload_id", "entry", is_there=pl.col("act") != "undo").unique()
    now = turns.group_by("upload_id").agg(pl.col("is_there").sort_by("entry").last())
    then = turns.filter(pl.col("entry") <= entry)
    then = then.group_by("upload_id").agg(was_there=pl.col("is_there").sort_by("entry").last())
    turned = now.join(then, on="upload_id", how="left").filter(
        pl.col("is_there") != pl.col("was_there").fill_null(value=False)
    )
    files = touches.join(turned, on="upload_id", how="semi")
    return files.select("kind", "month", municipality_id="municipality").unique().select(*FILES)


def reads(loaded: Mapping[str, Card]) -> pl.DataFrame:
    """What the numbers that are not about persons, and the commitments, are counted from.

    Returns:
        A row for each of them and kind of file: name, is_commitment, kind, first and last (the
        months that are read, counted from the number's own; first is null where every month before
        is read), and is_once where one delivery serves all months.
    """
    rows = []
    for card in loaded.values():
        if card.privacy != "none" or card.is_live:
            continue
        for kind in {source.kind for source in card.sources} & set(contract.all_kinds()):
            months = [source.months for source in card.sources if source.kind == kind]
            known = [month for month in months if month is not None]
            # How things stand at the end of a month is made of all that was seen before; a whole
            # list tells it by itself.
            is_long = card.kind == "stock" and contract.load(kind).replaces != "list"
            is_once = None in months
            first = None if is_long or is_once else min(*known, 0)
            rows.append((card.id, False, kind, first, max(known, default=0), is_once))
    for code, commitment in load_commitments().items():
        if commitment.counts_deliveries:
            monthly = (kind for kind in contract.all_kinds() if contract.load(kind).is_monthly)
            rows += [(code, True, kind, 0, 0, False) for kind in monthly]
        for kind in {source.kind for source in commitment.reads}:
            months_read = [source.months or 0 for source in commitment.reads if source.kind == kind]
            rows.append((code, True, kind, min(months_read), max(months_read), False))
    return pl.DataFrame(rows, schema=_READS, orient="row")


def touched(changed: pl.DataFrame, read: pl.DataFrame, months: Collection[dt.date]) -> pl.DataFrame:
    """The numbers of these months that rest on what is delivered otherwise.

    Args:
        changed: What is delivered otherwise, with FILES as columns.
        read: As `reads` gives it.
        months: The months that are asked about.

    Returns:
        name, is_commitment, municipality_id, month, is_read and is_own: is_read where the number
        is counted from it; is_own where what is delivered otherwise is of its own month or an
        earlier one, and so never where only a later month's file came.
    """
    asked = pl.DataFrame({"month": sorted(months)}, schema={"month": pl.Date})
    asked = asked.with_columns(number=_number("month"))
    pairs = changed.join(read, on="kind").with_columns(of=_number("month")).drop("month", "kind")
    key = ["name", "is_commitment", "municipality_id"]
    near = (
        pairs.filter(pl.col("first").is_not_null())
        .with_columns(
            number=pl.int_ranges(
                pl.col("of") - pl.col("last"), pl.col("of") - pl.col("first") + 1, dtype=pl.Int32
            )
        )
        .explode("number")
        .join(asked, on="number")
        .select(*key, "month", is_read=True, is_own=pl.col("of") <= pl.col("number"))
    )
    is_reached = pl.col("number") >= pl.col("of") - pl.col("last")
    far = (
        pairs.filter(pl.col("first").is_null())
        .group_by(*key, "last", "is_once")
        .agg(pl.col("of").min())
        .join(asked, how="cross")
        .filter(is_reached | pl.col("is_once"))
        .select(
            *key,
            "month",
            is_read=is_reached,
            is_own=(pl.col("of") <= pl.col("number")) | pl.col("is_once"),
        )
    )
    return (
        pl.concat([near, far])
        .group_by(*key, "month")
        .agg(pl.col("is_read").any(), pl.col("is_own").any())
    )


def _number(column: str) -> pl.Expr:
    """Months counted on, so that they can be added to."""
    return pl.col(column).dt.year() * 12 + pl.col(column).dt.month().cast(pl.Int32) - 1
