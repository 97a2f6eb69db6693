"""One upload is one transaction with its ledger line: whole, or nothing of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from data import contract, ledger, people, receipts, settings
from data.coverage import Coverage
from data.people import Person
from data.receipts import Receipt
from data.store import FILES, RefusedError, Store
from data.whole import write_whole


@dataclass(frozen=True)
class Upload:
    """A checked file that is ready to be stored.

    Attributes:
        raw: The bytes to keep: of the file, or only its kept cells when columns were dropped.
        original_sha256: Of the file as it came, also when its bytes are not kept.
        tables: By kind, typed columns of the contract in its order, and `line` (Int32).
        covers: What the coordinator confirmed that the file delivers.
        whole_waves: Waves whose earlier answers this file replaces, for exports without answer ids.
        facts: What else the receipt shows: mapping, encoding, left out, dropped columns.
        is_part: Some rows of a file were left out, or these are such rows, mended: of a full list
            they are added to what is there, and nothing is gone because it is not among them.
        left: The rows that were left out, as the list to mend; kept beside the file.
    """

    file_name: str
    raw: bytes
    original_sha256: str
    tables: Mapping[str, pl.DataFrame]
    covers: Coverage
    whole_waves: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_part: bool = False
    left: bytes = field(default=b"", repr=False)


def commit(store: Store, upload: Upload, who: Person, *, at: dt.datetime | None = None) -> Receipt:
    """Store a checked file: its bytes by hash, then rows and ledger line in one transaction.

    The same bytes for what they already cover change nothing: the first receipt comes back.

    Raises:
        RefusedError: "may_not" when the person may not upload for a municipality in it.
    """
    refuse_unless_may(who, "upload", upload.covers)
    earlier = receipts.of_same(
        store,
        upload.original_sha256,
        upload.covers,
        upload.facts.get("mapping"),
        upload.facts.get("left_rows", 0),
    )
    if earlier is not None:
        return earlier
    _assert_covered(upload)
    _assert_begun(store, upload, at)
    # Before anything is written, for the ledger would refuse it after its bytes are kept.
    if ledger.holds_personal_data(upload.file_name, upload.facts):
        raise RefusedError("personal_text")
    # What is kept whole was hashed when it came in.
    is_whole = upload.facts.get("kept_whole", False)
    digest = _keep(store, upload.raw, upload.original_sha256 if is_whole else None)
    facts = {
        **upload.facts,
        **({"is_part": True} if upload.is_part else {}),
        **({"left_sha256": _keep(store, upload.left)} if upload.left else {}),
        "file_name": upload.file_name,
        "sha256": upload.original_sha256,
        "kept_sha256": digest,
        "rows": {kind: table.height for kind, table in upload.tables.items()},
        "covers": sorted([kind, who_, month.isoformat()] for kind, who_, month in upload.covers),
    }
    with store.transaction():
        entry = store.append("upload", who, None, facts, at=at)
        for kind, table in upload.tables.items():
            if upload.is_part:
                store.renew_view(kind)
            _insert_rows(store, kind, entry, table)
        store.insert(
            "coverage",
            pl.DataFrame(
                sorted(upload.covers),
                schema={"kind": pl.String, "municipality": pl.String, "month": pl.Date},
                orient="row",
            ).select(pl.lit(entry, pl.Int64).alias("upload_id"), pl.all()),
        )
        waves = pl.Series("wave_id", sorted(set(upload.whole_waves)), pl.String)
        store.insert(
            "whole_waves",
            pl.DataFrame({"wave_id": waves}).select(
                pl.lit(entry, pl.Int64).alias("upload_id"), "wave_id"
            ),
        )
    store.forget(upload.tables)
    return receipts.of(store, entry)


def _keep(store: Store, content: bytes, known: str | None = None) -> str:
    """Keep bytes by their hash, and give it; by the one that is known of them."""
    digest = known or hashlib.sha256(content).hexdigest()
    kept = store.folder / FILES / digest
    if not kept.exists() and not store.is_rehearsal:
        write_whole(kept, content)
    return digest


def _assert_begun(store: Store, upload: Upload, at: dt.datetime | None) -> None:
    """A month that has not begun cannot have been delivered: it would count as zero."""
    today = settings.today(store.folder) if at is None else settings.day_of(at)
    later = sorted({month for _, _, month in upload.covers if month > today})
    if later:
        raise RefusedError("month_not_begun", month=later[0])


def _insert_rows(store: Store, kind: str, entry: int, table: pl.DataFrame) -> None:
    names = contract.load(kind).column_names
    store.insert(
        f"rows_{kind}",
        table.select(pl.lit(entry, pl.Int64).alias("upload_id"), "line", *names),
    )
    stored = store.rows(
        f"select count(*) from rows_{kind} where upload_id = $entry",
        {"entry": entry},
    )[0][0]
    assert stored == table.height, f"{kind}: {stored} of {table.height} rows arrived"


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


def refuse_unless_may(who: Person, act: str, covers: Coverage) -> None:
    """Refuse whoever may not do this for every municipality that is covered, or not at all."""
    if not people.may(who, act):
        raise RefusedError("may_not", act=act, municipality="all")
    for municipality in sorted({covered[1] for covered in covers}):
        if not people.may(who, act, municipality):
            raise RefusedError("may_not", act=act, municipality=municipality)
