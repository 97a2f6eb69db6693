"""What each kind of file must look like: the contracts, read from their TOML files."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

FOLDER = Path(__file__).parent / "contracts"

# The order in which kinds refer to each other: what is referred to comes first.
KINDS = (
    "municipalities",
    "services",
    "questions",
    "activities",
    "survey_waves",
    "survey_answers",
    "feedback",
    "actions",
    "seats",
    "goals",
)

LANGUAGES = ("nb", "nn", "en")

ColumnType = Literal["text", "code", "integer", "number", "date", "moment", "boolean", "list"]
COLUMN_TYPES: tuple[ColumnType, ...] = (
    "text",
    "code",
    "integer",
    "number",
    "date",
    "moment",
    "boolean",
    "list",
)

# What stands for yes and no in any boolean column, as fold() writes it. SANN and USANN are what
# Norwegian Excel writes, "valgt" and "ikke valgt" what SurveyXact does.
TRUE_WORDS = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "sann", "valgt", "vald"})
FALSE_WORDS = frozenset({"nei", "n", "no", "0", "false", "usann", "ikkevalgt", "ikkjevald"})

# What may stand between the entries of a list cell. Forms writes "A;B;", people write commas.
LIST_SEPARATORS = (";", ",", "|", "\n")

Words = dict[str, str]
"""One text in each language: {"nb": …, "nn": …, "en": …}."""


class ContractError(ValueError):
    """A contract file contradicts itself; the message names the file and the place."""


# Headings and code words come again with every file; a cell that is no code is folded once.
@lru_cache(maxsize=10_000)
def fold(heading: str) -> str:
    """What is left of a heading or a word when only spelling differs: "Tiltaks-ID" → "tiltaksid".

    Case, accents, spaces and punctuation go, and so do the ways to write æøå without those
    letters: "Åpnet", "aapnet" and "apnet" are one word. It is for comparing, never for showing,
    and gives "" for a heading without letters or digits.
    """
    text = unicodedata.normalize("NFKD", heading.casefold())
    text = "".join(sign for sign in text if sign.isalnum())
    for written, letter in (("æ", "a"), ("ø", "o"), ("ae", "a"), ("aa", "a")):
        text = text.replace(written, letter)
    # Not at the end of a word: "noe" (some) must not become "no".
    return re.sub("oe(?!$)", "o", text)


@dataclass(frozen=True)
class Value:
    """One allowed value of a coded column: its code, its words, and what else means the same.

    Attributes:
        needs: The date column that says since when; without it the value is reported.
    """

    code: str
    words: Words
    also: tuple[str, ...] = ()
    needs: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that means this value: the words, the code, the synonyms."""
        return tuple(dict.fromkeys((*self.words.values(), self.code, *self.also)))


@dataclass(frozen=True)
class Column:
    """One column of a kind of file.

    Attributes:
        unit: What a number counts ("persons", "fte", "days", …), empty where it is no number.
        is_required: The cell may never be empty.
        is_extensible: The values are a start: a store may hold more codes, which a coordinator has
            added, so a checker asks the store as well before it refuses a code.
        is_free_text: A person typed it in their own words, so that it may hold what identifies
            somebody; the guard against personal data reads it with that in mind.
        heading: The Norwegian heading that templates write; aliases are accepted beside it.
        minimum, maximum: The range of a number, inclusive.
        is_past: A date that cannot lie in the future.
        not_before: Names of date columns in the same row that this one may not precede.
        not_above: Names of number columns in the same row that this one may not exceed.
        refers_to: The kind whose key the value must exist in (municipalities, services, …), once
            that kind has been delivered; for a list, each of its entries.
        pattern: A regular expression that the whole text must match.
    """

    name: str
    type: ColumnType
    meaning: Words
    heading: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    is_required: bool = False
    values: tuple[Value, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    is_past: bool = False
    not_before: tuple[str, ...] = ()
    not_above: tuple[str, ...] = ()
    refers_to: str | None = None
    pattern: str | None = None
    is_free_text: bool = False
    is_extensible: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this column: the Norwegian one, the code name, the aliases."""
        return tuple(dict.fromkeys((self.heading, self.name, *self.aliases)))

    @property
    def is_number(self) -> bool:
        return self.type in ("integer", "number")

    def code_for(self, text: str) -> str | None:
        """The code that a text means in this column, whatever its spelling; None for none."""
        wanted = fold(text)
        for value in self.values:
            if wanted in map(fold, value.texts):
                return value.code
        return None


@dataclass(frozen=True)
class Contract:
    """One kind of file: what it is called, its key, its columns, and what a new file does.

    Attributes:
        tier: "core", "supporting" or "reference".
        replaces: "list" when a file is the full list of its municipalities, so that keys that are
            gone are marked gone; "key" when rows are only added and changed.
        dated_by: The column that says which month a row belongs to, if any.
        follows: The column whose row in another kind says municipality and month, where this kind
            has neither of its own (answers follow their wave).
        is_monthly: Expected from every member municipality for every month.
        example: One row as a person would type it, by column name; templates show it.
    """

    kind: str
    name: Words
    meaning: Words
    key: tuple[str, ...]
    tier: Literal["core", "supporting", "reference"]
    replaces: Literal["list", "key"]
    columns: tuple[Column, ...]
    dated_by: str | None = None
    follows: str | None = None
    is_monthly: bool = False
    example: dict[str, str] = field(default_factory=dict)

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.kind} has no column {name}")

    @property
    def identity(self) -> tuple[str, ...]:
        """What a row is told from all others by: its key, and whose key it is.

        Each municipality numbers its own list, and each wave may number its answers from 1.
        """
        whose = self.follows
        if self.replaces == "list":
            whose = self.municipality_column
        return self.key if whose is None or whose in self.key else (*self.key, whose)

    @property
    def municipality_column(self) -> str | None:
        """The column that says whose a row is; None where none does (questions, answers)."""
        own = {"municipality_id", "municipality"} & set(self.column_names)
        return own.pop() if own else None


_TOP_KEYS = {
    "key", "tier", "replaces", "dated_by", "follows", "monthly", "name", "meaning", "example",
    "column",
}  # fmt: skip
_COLUMN_KEYS = {
    "name", "type", "meaning", "heading", "aliases", "unit", "required", "values", "min", "max",
    "past", "not_before", "not_above", "refers_to", "pattern", "free_text", "extensible",
}  # fmt: skip
_VALUE_KEYS = {"also", "needs", *LANGUAGES}

# What makes sense for some types of column only.
_ONLY_FOR: dict[str, tuple[ColumnType, ...]] = {
    "values": ("code",),
    "extensible": ("code",),
    "unit": ("integer", "number"),
    "min": ("integer", "number"),
    "max": ("integer", "number"),
    "not_above": ("integer", "number"),
    "past": ("date", "moment"),
    "not_before": ("date", "moment"),
    "pattern": ("text",),
    "free_text": ("text", "list"),
}


def _refuse_unknown(table: dict[str, Any], known: set[str], place: str) -> None:
    if unknown := set(table) - known:
        raise ContractError(f"{place}: unknown keys {', '.join(sorted(unknown))}")


def _words(table: Any, place: str) -> Words:
    if not isinstance(table, dict) or any(not str(table.get(lang, "")) for lang in LANGUAGES):
        raise ContractError(f"{place}: a text is needed in each of {', '.join(LANGUAGES)}")
    return {lang: str(table[lang]) for lang in LANGUAGES}


def _refuse_shared(texts: Iterable[tuple[str, str]], place: str) -> None:
    """Refuse when one text, however spelt, stands for two owners of the (owner, text) pairs."""
    owners: dict[str, str] = {}
    for owner, text in texts:
        if owners.setdefault(fold(text), owner) != owner:
            raise ContractError(f"{place}: {text!r} means both {owners[fold(text)]} and {owner}")


def _value(code: str, table: dict[str, Any], place: str) -> Value:
    _refuse_unknown(table, _VALUE_KEYS, place)
    return Value(code, _words(table, place), tuple(table.get("also", ())), table.get("needs"))


def _column(table: dict[str, Any], where: str) -> Column:
    place = f"{where}, column {table.get('name', '?')}"
    _refuse_unknown(table, _COLUMN_KEYS, place)
    kind = table.get("type")
    if kind not in COLUMN_TYPES:
        raise ContractError(f"{place}: type {kind!r} is none of {COLUMN_TYPES}")
    for key, types in _ONLY_FOR.items():
        if key in table and kind not in types:
            raise ContractError(f"{place}: {key} is for {' and '.join(types)} columns only")
    if kind == "code" and not table.get("values"):
        raise ContractError(f"{place}: a code column lists its values")
    if kind in ("integer", "number") and not table.get("unit"):
        raise ContractError(f"{place}: a number says its unit")
    if not table.get("heading"):
        raise ContractError(f"{place}: a heading is needed")
    if table.get("refers_to", KINDS[0]) not in KINDS:
        raise ContractError(f"{place}: refers_to {table['refers_to']!r} is no kind of file")
    try:
        re.compile(table.get("pattern", ""))
    except re.error as error:
        raise ContractError(f"{place}: the pattern cannot be read: {error}") from error
    values = tuple(
        _value(code, words, f"{place}, value {code}")
        for code, words in table.get("values", {}).items()
    )
    _refuse_shared(((value.code, text) for value in values for text in value.texts), place)
    return Column(
        name=table["name"],
        type=cast(ColumnType, kind),
        meaning=_words(table.get("meaning"), place),
        heading=table["heading"],
        aliases=tuple(table.get("aliases", ())),
        unit=table.get("unit", ""),
        is_required=table.get("required", False),
        values=values,
        minimum=table.get("min"),
        maximum=table.get("max"),
        is_past=table.get("past", False),
        not_before=tuple(table.get("not_before", ())),
        not_above=tuple(table.get("not_above", ())),
        refers_to=table.get("refers_to"),
        pattern=table.get("pattern"),
        is_free_text=table.get("free_text", False),
        is_extensible=table.get("extensible", False),
    )


def read(path: Path) -> Contract:
    """The contract in one TOML file; the kind is the file's name.

    Raises:
        ContractError: The file contradicts itself; the message names the file and the place.
    """
    where = path.name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContractError(f"{where}: {error}") from error
    _refuse_unknown(table, _TOP_KEYS, where)
    if table.get("tier") not in ("core", "supporting", "reference"):
        raise ContractError(f"{where}: tier {table.get('tier')!r} is unknown")
    if table.get("replaces") not in ("list", "key"):
        raise ContractError(f"{where}: replaces {table.get('replaces')!r} is unknown")
    columns = {
        column.name: column
        for column in (_column(entry, where) for entry in table.get("column", ()))
    }
    if len(columns) != len(table.get("column", ())):
        raise ContractError(f"{where}: two columns have the same name")
    named = [(where, name) for name in (*table.get("key", ()), *table.get("example", {}))]
    named += [(where, table[key]) for key in ("dated_by", "follows") if key in table]
    for column in columns.values():
        others = (*column.not_before, *column.not_above)
        named += [(f"{where}, column {column.name}", other) for other in others]
    for place, name in named:
        if name not in columns:
            raise ContractError(f"{place}: {name} is named but is no column")
    if not table.get("key") or not columns[table["key"][0]].is_required:
        raise ContractError(f"{where}: a key is needed, and its first column is required")
    for column in columns.values():
        if column.is_required and not table.get("example", {}).get(column.name):
            raise ContractError(f"{where}: the example lacks {column.name}")
    _refuse_shared(
        ((column.name, text) for column in columns.values() for text in column.headings), where
    )
    return Contract(
        kind=path.stem,
        name=_words(table.get("name"), where),
        meaning=_words(table.get("meaning"), where),
        key=tuple(table["key"]),
        tier=table["tier"],
        replaces=table["replaces"],
        columns=tuple(columns.values()),
        dated_by=table.get("dated_by"),
        follows=table.get("follows"),
        is_monthly=table.get("monthly", False),
        example=table.get("example", {}),
    )


@cache
def load(kind: str) -> Contract:
    """The contract of one kind of file.

    Raises:
        ContractError: The TOML contradicts itself, or the kind is none of KINDS.
    """
    if kind not in KINDS:
        raise ContractError(f"{kind!r} is no kind of file; the kinds are {', '.join(KINDS)}")
    return read(FOLDER / f"{kind}.toml")


def all_kinds() -> tuple[str, ...]:
    """Every kind of file, those that others refer to first."""
    return KINDS


def kinds_by_name() -> dict[str, str]:
    """Every kind by its names and its code, folded: what a person may type for it."""
    return {fold(word): kind for kind in all_kinds() for word in (kind, *load(kind).name.values())}
