"""An upload is withdrawn and restored by one line of the ledger; nothing is ever deleted."""

from __future__ import annotations

import datetime as dt

from data import receipts
from data.people import Person
from data.receipts import Receipt
from data.store import RefusedError, Store
from data.uploads import refuse_unless_may


def withdraw(
    store: Store, upload_id: int, who: Person, *, at: dt.datetime | None = None
) -> Receipt:
    """Undo an upload: its rows count no more, later uploads stay, nothing is deleted.

    Raises:
        RefusedError: "may_not", "unknown_upload", "already_withdrawn".
    """
    if not _turnable(store, upload_id, who).is_active:
        raise RefusedError("already_withdrawn", upload_id=upload_id)
    return _turned(store, "undo", upload_id, who, at)


def bring_back(
    store: Store, upload_id: int, who: Person, *, at: dt.datetime | None = None
) -> Receipt:
    """Restore an upload that was undone.

    Raises:
        RefusedError: "may_not", "unknown_upload", "not_withdrawn".
    """
    if _turnable(store, upload_id, who).is_active:
        raise RefusedError("not_withdrawn", upload_id=upload_id)
    return _turned(store, "restore", upload_id, who, at)


def _turnable(store: Store, upload_id: int, who: Person) -> Receipt:
    receipt = receipts.of(store, upload_id)
    refuse_unless_may(who, "undo", receipt.covers)
    return receipt


def _turned(store: Store, act: str, upload_id: int, who: Person, at: dt.datetime | None) -> Receipt:
    store.append(act, who, str(upload_id), at=at)
    store.forget()
    return receipts.of(store, upload_id)
