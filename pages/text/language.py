"""Which languages there are, and which one is spoken now."""

from __future__ import annotations

from contextvars import ContextVar

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
"""Every language by its code, under the name that those who speak it give it."""

DEFAULT = "nb"

ADDRESS = "sprak"
"""The choice of a language in the address: ?sprak=nn."""

COOKIE = "forankring_sprak"
"""The cookie that keeps a chosen language for the next visit."""

current: ContextVar[str] = ContextVar("language", default=DEFAULT)
"""The language of this session's run: two people may read different languages at once."""
