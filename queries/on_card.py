"""What stands on a card: one value taken at a time, or refused with the card and the place."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.contract import LANGUAGES, Words

Table = Mapping[str, Any]

Texts = Mapping[str, Mapping[str, str]]
"""By language and name."""


class CardError(ValueError):
    """A card contradicts itself or its SQL; the message names the card and the place."""


def read(path: Path) -> dict[str, Any]:
    """The values in one TOML file.

    Raises:
        CardError: It is no TOML. All that follow here raise it too, and name the place.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"{path.name}: {error}") from error


def refuse_unknown(table: Table, known: Iterable[str], place: str) -> None:
    """Refuse a key that nobody would read."""
    if unknown := sorted(set(table) - set(known)):
        raise CardError(f"{place}: unknown keys {', '.join(unknown)}")


def one_of(table: Table, key: str, allowed: Sequence[str], place: str) -> Any:
    """A value that is one of a few words."""
    if table.get(key) not in allowed:
        raise CardError(f"{place}: {key} {table.get(key)!r} is none of {', '.join(allowed)}")
    return table[key]


def of_type(table: Table, key: str, kind: type, place: str) -> Any:
    """A value of one type."""
    # A boolean is an int to Python and never one in a card.
    if not isinstance(table.get(key), kind) or (kind is int and isinstance(table[key], bool)):
        raise CardError(f"{place}: {key} {table.get(key)!r} is no {kind.__name__}")
    return table[key]


def flag(table: Table, key: str, place: str) -> bool:
    """Whether something is said to be so; it is not where nothing is said."""
    return bool(of_type(table, key, bool, place)) if key in table else False


def words(table: Any, place: str, also: Sequence[str] = ()) -> Words:
    """One text in every language.

    Args:
        also: Keys that stand beside the languages.
    """
    if not isinstance(table, dict):
        raise CardError(f"{place}: a text is needed in each of {', '.join(LANGUAGES)}")
    refuse_unknown(table, (*LANGUAGES, *also), place)
    for language in LANGUAGES:
        if not str(table.get(language, "")).strip():
            raise CardError(f"{place}: the text is missing in {language}")
    return {language: str(table[language]) for language in LANGUAGES}


def texts(
    table: Any,
    needed: Sequence[str],
    place: str,
    may: Sequence[str] = (),
    fields: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Texts:
    """Several texts by name, in every language.

    Args:
        may: Texts that may be left out, of all languages at once.
        fields: By name what a text may hold in braces; the others hold nothing.
    """
    if not isinstance(table, dict):
        raise CardError(f"{place}: the texts are missing in {', '.join(LANGUAGES)}")
    refuse_unknown(table, LANGUAGES, place)
    optional = {name for name in may if any(name in table.get(lang, ()) for lang in LANGUAGES)}
    found: dict[str, Mapping[str, str]] = {}
    for language in LANGUAGES:
        own, there = table.get(language, {}), f"{place}.{language}"
        refuse_unknown(own, (*needed, *may), there)
        for name in (*needed, *sorted(optional)):
            if not str(own.get(name, "")).strip():
                raise CardError(f"{there}: {name} is missing")
            if other := sorted(fields_of(own[name], f"{there}: {name}") - {*fields.get(name, ())}):
                raise CardError(f"{there}: {name} holds {{{other[0]}}}")
        found[language] = MappingProxyType(dict(own))
    return MappingProxyType(found)


def fields_of(text: str, place: str) -> set[str]:
    """What a text holds in braces."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise CardError(f"{place}: {error}") from error
