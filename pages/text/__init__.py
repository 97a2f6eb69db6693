"""Every sentence the reader sees: English messages in the code, other languages in catalogues.

A message is written in English where it is used, and looked up in `<language>/<area>.po`. What
defines an indicator or a column is not here but in its card or contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pages.text import catalogue
from pages.text.formats import (
    date,
    date_and_time,
    day_and_month,
    day_and_time,
    in_quotes,
    in_words,
    listed,
    month,
    number,
    percent,
    short_date,
    short_month,
)
from pages.text.language import DEFAULT, LANGUAGES, current

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "date",
    "date_and_time",
    "day_and_month",
    "day_and_time",
    "in_language",
    "in_quotes",
    "in_words",
    "language",
    "later",
    "listed",
    "month",
    "number",
    "percent",
    "plural",
    "say",
    "short_date",
    "short_month",
    "use_language",
]

_current: ContextVar[str] = current


def language() -> str:
    """The language spoken now: "nb", "nn" or "en"."""
    return _current.get()


def use_language(chosen: str) -> None:
    """Speak this language from here on, in this session only (a context variable).

    An unknown language is a programmer's mistake: what a person asks for is checked before.
    """
    assert chosen in LANGUAGES, chosen
    _current.set(chosen)


@contextmanager
def in_language(chosen: str) -> Iterator[None]:
    """Speak this language inside the block."""
    assert chosen in LANGUAGES, chosen
    token = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(token)


def later(message: str) -> str:
    """Mark a message for the catalogue where it stands; `say` it where it is shown."""
    return message


def say(message: str, /, **facts: object) -> str:
    """The message in the language spoken now, with its placeholders filled.

    Args:
        message: The English message, with placeholders as "{place}".
        facts: A value for every placeholder, already worded for people (number(), month(), …).
    """
    return _fill(catalogue.one(language(), message), facts)


def plural(one: str, many: str, n: int, /, **facts: object) -> str:
    """The message for n things in the language spoken now.

    Beside the facts, {n} is the number in digits, {words} in words up to twelve ("to"), {Words}
    the same with a capital ("To"). A message for one may leave all of them out.
    """
    words = in_words(n)
    facts = {"n": number(n), "words": words, "Words": words[:1].upper() + words[1:]} | facts
    return _fill(catalogue.counted(language(), one, many, n), facts)


def _fill(template: str, facts: dict[str, object]) -> str:
    # Without facts the text is taken as it is, so that a brace needs no doubling there.
    return template.format(**facts) if facts else template
