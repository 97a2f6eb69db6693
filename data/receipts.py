"""What is known of an upload afterwards, from its line in the ledger and those that turned it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from data.coverage import Coverage
from data.store import RefusedError, Store


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
    covers: Coverage
    facts: dict[str, Any]
    app_version: str
    withdrawn_at: dt.datetime | None = None
    is_repeat: bool = False

    @property
    def is_active(self) -> bool:
        return self.withdrawn_at is None

    @property
    def left_rows(self) -> int:
        """How many rows of the file were left to be mended."""
        return int(self.facts.get("left_rows", 0))


def newest_first(store: Store) -> list[Receipt]:
    """The receipts of all uploads."""
    return _receipts(store)


def of(store: Store, upload_id: int) -> Receipt:
    """The receipt of one upload; RefusedError "unknown_upload" when there is none."""
    for receipt in _receipts(store, upload_id=upload_id):
        return receipt
    raise RefusedError("unknown_upload", upload_id=upload_id)


def of_same(
    store: Store, sha256: str, covers: Coverage, mapping: str | None, left_rows: int = 0
) -> Receipt | None:
    """The receipt of the upload that already holds these bytes, read so, for all it covers.

    After a crash, and for the same file a second time. A file that did not change from one
    month to the next has the same bytes but covers a month more, and is no repeat; nor is one of
    which other rows were left out the last time.
    """
    for receipt in _receipts(store, sha256=sha256):
        if (
            receipt.is_active
            and receipt.facts.get("mapping") == mapping
            and receipt.left_rows == left_rows
            and covers <= receipt.covers
        ):
            return dataclasses.replace(receipt, is_repeat=True)
    return None


_SELECT = """
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
"""


def _receipts(
    store: Store, upload_id: int | None = None, sha256: str | None = None
) -> list[Receipt]:
    found = store.rows(_SELECT, {"upload_id": upload_id, "sha256": sha256})
    return [_receipt(*row) for row in found]


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
