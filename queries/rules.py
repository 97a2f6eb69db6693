"""What each rule that suggests a deviation is, read from its card, and the rows it fires on."""

from __future__ import annotations

import datetime as dt
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from data.contract import LANGUAGES
from queries import sql
from queries.builder import Builder
from queries.cards import TARGET_SOURCES, CardError

FOLDER = sql.FOLDER / "rules"

COLUMNS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "municipality_id": pl.String,
    "row_key": pl.String,
    "since_on": pl.Date,
    "until_on": pl.Date,
    "about": pl.String,
    "happened_on": pl.Date,
}
"""What every rule's SQL gives, in this order: a row for each time that it held."""

SUGGESTIONS: Mapping[str, pl.DataType | type[pl.DataType]] = {"rule": pl.String, **COLUMNS}
"""The table of what all rules suggest, as the clean view reads it."""

_TEXTS = ("title", "why", "sentence")
_FIELDS = {"about", "day", "month"}


@dataclass(frozen=True)
class Rule:
    """What one rule is.

    Attributes:
        place: Where it stands among the rules.
        source: The document that says what was agreed, or "proposal".
        about: What its rows are about: a text, or kinds of file with commas between.
        limits: The named parameters of the SQL.
        text: Texts by language and name: title, why, and the sentence of a row.
    """

    id: str
    place: int
    source: str
    about: Literal["text", "kinds"]
    reviewed_on: dt.date
    limits: Mapping[str, int]
    text: Mapping[str, Mapping[str, str]]

    def words(self, name: str, language: str = "nb") -> str:
        """One text of the card; KeyError when there is no such text."""
        return self.text[language][name]


def read(path: Path) -> Rule:
    """The rule in one TOML file; its id is the file's name.

    Raises:
        CardError: The card lacks something, or has what no card of a rule has.
    """
    name = path.name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"{name}: {error}") from error
    known = {"place", "source", "about", "reviewed_on", "limits", "text"}
    if unknown := sorted(set(table) - known):
        raise CardError(f"{name}: unknown keys {', '.join(unknown)}")
    for key, kind in (("place", int), ("reviewed_on", dt.date)):
        if type(table.get(key)) is not kind:
            raise CardError(f"{name}: {key} {table.get(key)!r} is no {kind.__name__}")
    for key, allowed in (("source", TARGET_SOURCES), ("about", ("text", "kinds"))):
        if table.get(key) not in allowed:
            raise CardError(f"{name}: {key} {table.get(key)!r} is none of {', '.join(allowed)}")
    limits = table.get("limits", {})
    for limit, value in limits.items():
        if type(value) is not int or value < 1:
            raise CardError(f"{name}: the limit {limit} {value!r} is no whole number from 1")
    return Rule(
        id=path.stem,
        place=table["place"],
        source=table["source"],
        about=table["about"],
        reviewed_on=table["reviewed_on"],
        limits=MappingProxyType(limits),
        text=_texts(table.get("text", {}), name),
    )


def _texts(table: Mapping[str, Any], name: str) -> Mapping[str, Mapping[str, str]]:
    if set(table) != set(LANGUAGES):
        raise CardError(f"{name}: a text is needed in each of {', '.join(LANGUAGES)}")
    for language, texts in table.items():
        place = f"{name}, text.{language}"
        if unknown := sorted(set(texts) - set(_TEXTS)):
            raise CardError(f"{place}: unknown keys {', '.join(unknown)}")
        for key in _TEXTS:
            if not str(texts.get(key, "")).strip():
                raise CardError(f"{place}: the text {key} is missing")
        fields = {field for _, field, _, _ in string.Formatter().parse(texts["sentence"]) if field}
        if fields - _FIELDS:
            raise CardError(f"{place}: sentence holds {{{min(fields - _FIELDS)}}}")
        if not fields & {"day", "month"}:
            raise CardError(f"{place}: the sentence does not say when")
    return table


@cache
def load_all(folder: Path = FOLDER) -> Mapping[str, Rule]:
    """Every rule by its id, in the order in which they are listed to people.

    Raises:
        CardError: A card lacks something or does not know its SQL's parameters, or a card or an
            SQL file stands alone.
    """
    rules = {path.stem: read(path) for path in folder.glob("*.toml")}
    for alone in sorted({path.stem for path in folder.glob("*.sql")} ^ set(rules)):
        raise CardError(f"{alone}: a rule's card and an SQL file of that name stand together")
    for rule in rules.values():
        used = sql.parameters_of(folder / f"{rule.id}.sql")
        if used != set(rule.limits):
            raise CardError(f"{rule.id}.toml: the limits are not those of {sorted(used)}")
    ordered = sorted(rules.values(), key=lambda rule: (rule.place, rule.id))
    return MappingProxyType({rule.id: rule for rule in ordered})


def question(rule: Rule, folder: Path = FOLDER) -> tuple[Path, Mapping[str, int]]:
    """The file that asks where a rule holds, and its parameters."""
    return folder / f"{rule.id}.sql", rule.limits


def fired(rule: Rule, answer: pl.DataFrame) -> pl.DataFrame:
    """The rows that a rule fires on or fired on, one for each time it held.

    Args:
        answer: To the rule's question.

    Raises:
        CardError: It has other columns, or a time that ends before it begins.
    """
    if dict(answer.schema) != dict(COLUMNS):
        raise CardError(f"{rule.id}.sql gives {dict(answer.schema)}")
    if answer.filter(pl.col("until_on") <= pl.col("since_on")).height:
        raise CardError(f"{rule.id}.sql gives a time that ends before it begins")
    # An activity and a wave may have the same number, and one deviation stands for both.
    return answer.unique(
        ["municipality_id", "row_key", "since_on"], keep="first", maintain_order=True
    )


def suggest(builder: Builder) -> None:
    """Run every rule, once, and fill the builder's table of suggestions with what they give.

    Raises:
        CardError: As `fired`.
    """
    asked = list(load_all().values())
    found = [
        fired(rule, answer).select(pl.lit(rule.id).alias("rule"), pl.all())
        for rule, answer in zip(asked, builder.run_all([*map(question, asked)]), strict=True)
    ]
    builder.add("suggestions", pl.concat(found))


def no_suggestions() -> pl.DataFrame:
    """The table of suggestions before any rule was run."""
    return pl.DataFrame(schema=dict(SUGGESTIONS))
