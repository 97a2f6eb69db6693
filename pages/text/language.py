"""Which languages there are, and which one is spoken now."""

from __future__ import annotations

from contextvars import ContextVar

LANGUAGES = ("nb", "nn", "en")
DEFAULT = "nb"

current: ContextVar[str] = ContextVar("language", default=DEFAULT)
"""The language of this session's run: two people may read different languages at once."""
