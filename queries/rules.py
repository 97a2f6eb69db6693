"""What each rule that suggests a deviation is, read from its card, and the rows it fires on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from queries import on_card, sql
from queries.builder import Builder
from queries.cards import TARGET_SOURCES
from queries.on_card import CardError, Texts

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

_WHEN = ("day", "month")
"""What the sentence of a row holds at least one of."""


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
    text: Texts

    def words(self, name: str, language: str = "nb") -> str:
        """One text of the card; KeyError when there is no such text."""
        return self.text[language][name]


def read(path: Path) -> Rule:
    """The rule in one TOML file; its id is the file's name.

    Raises:
        CardError: The card lacks something, or has what no card of a rule has.
    """
    table, name = on_card.read(path), path.name
    on_card.refuse_unknown(
        table, ("place", "source", "about", "reviewed_on", "limits", "text"), name
    )
    limits = table.get("limits", {})
    for limit, value in limits.items():
        if type(value) is not int or value < 1:
            raise CardError(f"{name}: the limit {limit} {value!r} is no whole number from 1")
    return Rule(
        id=path.stem,
        place=on_card.of_type(table, "place", int, name),
        source=on_card.one_of(table, "source", TARGET_SOURCES, name),
        about=on_card.one_of(table, "about", ("text", "kinds"), name),
        reviewed_on=on_card.of_type(table, "reviewed_on", dt.date, name),
        limits=MappingProxyType(limits),
        text=_texts(table.get("text"), f"{name}, text"),
    )


def _texts(table: Any, place: str) -> Texts:
    found = on_card.texts(
        table, ("title", "why", "sentence"), place, fields={"sentence": ("about", *_WHEN)}
    )
    for language, texts in found.items():
        if not on_card.fields_of(texts["sentence"], place).intersection(_WHEN):
            raise CardError(f"{place}.{language}: the sentence does not say when")
    return found


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
