"""What may be told of a failure of the program: where and of which sort, and nothing it quotes."""

from __future__ import annotations

import secrets
import traceback


def reference() -> str:
    """A short name for one failure, that can be said on the telephone."""
    return secrets.token_hex(3).upper()


def trace(error: BaseException) -> str:
    """Where an error came from, and of which sort it and those before it are.

    Not what it says: libraries quote the value that they failed at, and it may be somebody's.
    """
    lines: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        placed = "".join(traceback.format_tb(now.__traceback__))
        lines.insert(0, f"{placed}{sort(now)}")
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n".join(lines)


def sort(error: BaseException) -> str:
    """Of which sort an error is, as a programmer looks it up."""
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"
