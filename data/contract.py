"""What each kind of file must look like: the contracts, read from their TOML files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
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

Words = dict[str, str]
"""One text in each language: {"nb": …, "nn": …, "en": …}."""


class ContractError(ValueError):
    """A contract file contradicts itself; the message names the file and the place."""


@dataclass(frozen=True)
class Value:
    """One allowed value of a coded column: its code, its words, and what else means the same."""

    code: str
    words: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a kind of file.

    Attributes:
        unit: What a number counts ("persons", "fte", "days", …), empty where it is no number.
        heading: The Norwegian heading that templates write; aliases are accepted beside it.
        minimum, maximum: The range of a number, inclusive.
        is_past: A date that cannot lie in the future.
        not_before: Names of date columns in the same row that this one may not precede.
        refers_to: The kind whose key the value must exist in (municipalities, services, …).
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
    refers_to: str | None = None
    pattern: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this column: the Norwegian one, the code name, the aliases."""
        return tuple(dict.fromkeys((self.heading, self.name, *self.aliases)))


@dataclass(frozen=True)
class Contract:
    """One kind of file: what it is called, its key, its columns, and what a new file does.

    Attributes:
        tier: "core", "supporting" or "reference".
        replaces: "list" when a file is the full list of its municipalities, so that keys that are
            gone are marked gone; "key" when rows are only added and changed.
        dated_by: The column that says which month a row belongs to, if any.
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
    def municipality_column(self) -> str:
        """The column that says whose a row is: its own key for municipalities, else a reference."""
        return "municipality_id" if self.kind == "municipalities" else "municipality"


def _words(table: Any, where: str) -> Words:
    if not isinstance(table, dict) or any(not str(table.get(lang, "")) for lang in LANGUAGES):
        raise ContractError(f"{where}: a text is needed in each of {', '.join(LANGUAGES)}")
    return {lang: str(table[lang]) for lang in LANGUAGES}


_COLUMN_KEYS = {
    "name", "type", "meaning", "heading", "aliases", "unit", "required", "values", "min", "max",
    "past", "not_before", "refers_to", "pattern",
}  # fmt: skip


def _column(table: dict[str, Any], where: str) -> Column:
    place = f"{where}, column {table.get('name', '?')}"
    unknown = set(table) - _COLUMN_KEYS
    if unknown:
        raise ContractError(f"{place}: unknown keys {', '.join(sorted(unknown))}")
    if table.get("type") not in COLUMN_TYPES:
        raise ContractError(f"{place}: type {table.get('type')!r} is none of {COLUMN_TYPES}")
    values = tuple(
        Value(code, _words(words, f"{place}, value {code}"), tuple(words.get("also", ())))
        for code, words in table.get("values", {}).items()
    )
    if (table["type"] == "code") != bool(values):
        raise ContractError(f"{place}: a code column, and no other, lists its values")
    return Column(
        name=table["name"],
        type=cast(ColumnType, table["type"]),
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
        refers_to=table.get("refers_to"),
        pattern=table.get("pattern"),
    )


@cache
def load(kind: str) -> Contract:
    """The contract of one kind of file.

    Raises:
        ContractError: The TOML contradicts itself, or the kind is none of KINDS.
    """
    if kind not in KINDS:
        raise ContractError(f"{kind!r} is no kind of file; the kinds are {', '.join(KINDS)}")
    path = FOLDER / f"{kind}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(_column(column, path.name) for column in table["column"])
    names = {column.name for column in columns}
    for named in (*table["key"], *filter(None, [table.get("dated_by")])):
        if named not in names:
            raise ContractError(f"{path.name}: {named} is named but is no column")
    for column in columns:
        for earlier in column.not_before:
            if earlier not in names:
                raise ContractError(f"{path.name}, {column.name}: not_before names {earlier}")
    return Contract(
        kind=kind,
        name=_words(table["name"], path.name),
        meaning=_words(table["meaning"], path.name),
        key=tuple(table["key"]),
        tier=table["tier"],
        replaces=table["replaces"],
        columns=columns,
        dated_by=table.get("dated_by"),
        is_monthly=table.get("monthly", False),
        example=table.get("example", {}),
    )


def all_kinds() -> tuple[str, ...]:
    """Every kind of file, those that others refer to first."""
    return KINDS
