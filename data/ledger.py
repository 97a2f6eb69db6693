"""The append-only record of uploads and acts: what an entry is, and how its facts are written."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

# What can be recorded. Nothing is ever removed; undo and withdrawal are entries of their own.
ACTS = frozenset(
    {
        "create",
        "upload",
        "undo",
        "restore",
        "save_mapping",
        "attest",
        "withdraw_attestation",
        "decide",
        "carry_out",
        "give_evidence",
        "review",
        "report",
        "lock",
    }
)


@dataclass(frozen=True)
class Entry:
    """One line of the ledger.

    Attributes:
        entry: Its number, counted from 1 without gaps.
        at: When, UTC.
        who: The name the sign-in gives, or "lokal".
        subject: The number or code of what the act is about.
        facts: The rest, as plain data.
    """

    entry: int
    at: dt.datetime
    who: str
    role: str
    act: str
    subject: str | None
    facts: dict[str, Any]
    app_version: str


def written(facts: dict[str, Any]) -> str:
    """Facts as JSON text: dates in ISO form, keys sorted so that equal facts are equal text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in the ledger")
