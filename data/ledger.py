"""The append-only record of uploads and acts: what an entry is, and how its facts are written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# What can be recorded. Nothing is ever removed; undo and withdrawal are entries of their own.
ACTS = frozenset(
    {
        "create",
        "upload",
        "refuse",
        "undo",
        "restore",
        "save_mapping",
        "attest",
        "withdraw_attestation",
        "decide",
        "change_decision",
        "withdraw_decision",
        "carry_out",
        "withdraw_carry_out",
        "make_action",
        "move_action",
        "withdraw_action",
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


# Hashes hold long numbers by chance, and are nobody's.
_HASHES = frozenset({"sha256", "kept_sha256", "left_sha256"})

_TYPED = frozenset(
    {
        "text",
        "reason",
        "reference",
        "owner_role",
        "name",
        "title",
        "told_back_channel",
        "what_changed",
    }
)
"""Facts in people's own words, where eight digits are a telephone and no id."""


def holds_personal_data(subject: str | None, facts: Mapping[str, Any]) -> bool:
    """Whether an entry would hold an identity number, an e-mail address or a telephone number.

    The ledger is never changed, so what is somebody's must not enter it. Who acts is not asked:
    that is whom the ledger is about.
    """
    # Loaded only by those who write: what it knows of telephones takes a tenth of a second.
    from data import personal

    return any(
        personal.holds_personal_data(text, phones=name in _TYPED)
        for name, text in _texts("subject", [subject, facts])
    )


def _texts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text in a fact, by the name of the innermost fact that holds it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _HASHES:
                yield name, str(key)
                yield from _texts(str(key), inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(name, inner)


def written(facts: dict[str, Any]) -> str:
    """Facts as JSON text: dates in ISO form, keys sorted so that equal facts are equal text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set | tuple):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in the ledger")
