"""What storing a file would change: new, changed and gone, in numbers and row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from data import contract
from data.difference import Difference
from pages.parts import upload_words as words
from pages.parts.table import Column, Row, folded, table
from pages.parts.upload_understood import short
from pages.text import date, date_and_time, language, listed, number, plural, say
from pages.text.markup import Child, Markup, tag

MOST_ROWS = 100
"""Rows that are listed of one sort; whoever reads more of them opens the file instead."""

COLUMNS = 5
"""Columns that stand beside the key of a new row: the contract puts those that say most first."""


def title(found: Mapping[str, Difference]) -> str:
    """What the changes amount to, as the heading of the step."""
    new = sum(len(one.new) for one in found.values())
    changed = sum(len(one.changed) for one in found.values())
    gone = sum(len(one.gone) for one in found.values())
    if not new and not changed and not gone:
        return say("No rows change")
    parts = [
        plural("{n} new row", "{n} new rows", new) if new else None,
        plural("{n} changed row", "{n} changed rows", changed) if changed else None,
        plural("{n} row gone", "{n} rows gone", gone) if gone else None,
    ]
    return say("This changes: {changes}", changes=listed([part for part in parts if part]))


def counts(found: Mapping[str, Difference]) -> Markup:
    """The numbers, a row for each kind of file."""
    return table(
        say("Rows that change, by kind of file"),
        [
            Column(say("Kind of file"), lambda row: words.kind(row["kind"]), is_head=True),
            _count(say("New"), "new"),
            _count(say("Changed"), "changed"),
            _count(say("Gone"), "gone"),
            _count(say("As before"), "same"),
        ],
        [
            {
                "kind": kind,
                "new": len(one.new),
                "changed": len(one.changed),
                "gone": len(one.gone),
                "same": one.same,
            }
            for kind, one in found.items()
        ],
        is_caption_shown=False,
    )


def _count(heading: str, name: str) -> Column:
    return Column(heading, lambda row: number(row[name]), is_number=True)


def meaning(found: Mapping[str, Difference], *, is_part: bool = False) -> str:
    """What happens to rows that are not in the file."""
    if is_part:
        return say(
            "The rows are added and changed one by one. Since they are only part of a file, nothing"
            " disappears because it is not among them."
        )
    lists = [kind for kind in found if contract.load(kind).replaces == "list"]
    others = [kind for kind in found if kind not in lists]
    said = []
    if lists:
        said.append(
            say(
                "A file of {kinds} is the whole list for its municipalities: rows that are no"
                " longer in it are marked as gone, and come back with a file that has them.",
                kinds=words.kinds(lists),
            )
        )
    if others:
        said.append(
            say(
                "{kinds} are added and changed row by row. Nothing disappears because it is not in"
                " the file.",
                kinds=_capital(words.kinds(others)),
            )
        )
    return " ".join(said)


def odd(sentences: Sequence[str]) -> Markup | None:
    """What is unlike what usually comes, as questions before storing."""
    if not sentences:
        return None
    return tag(
        "section",
        tag("p", tag("strong", say("Look at this before you store"))),
        tag("ul", [tag("li", sentence) for sentence in sentences]),
        class_="odd",
        role="status",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def rows(
    found: Mapping[str, Difference],
    tables: Mapping[str, pl.DataFrame],
    names: Mapping[str, str],
) -> Iterator[Markup]:
    """The rows themselves, to be opened: new, changed with old and new, gone.

    Args:
        found: What would change.
        tables: The rows of the file.
        names: The municipalities, from number to name.
    """
    for kind, one in found.items():
        name = contract.load(kind).name[language()].lower()
        if one.new:
            yield folded(
                plural(
                    "See {n} new row ({kind})", "See {n} new rows ({kind})", len(one.new), kind=name
                ),
                _new(kind, one, tables[kind], names),
                _more(len(one.new)),
            )
        if one.changed:
            yield folded(
                plural(
                    "See {n} changed row ({kind})",
                    "See {n} changed rows ({kind})",
                    len(one.changed),
                    kind=name,
                ),
                _changed(kind, one, names),
                _more(len(one.changes)),
            )
        if one.gone:
            yield folded(
                plural(
                    "See {n} row that goes ({kind})",
                    "See {n} rows that go ({kind})",
                    len(one.gone),
                    kind=name,
                ),
                _gone(kind, one),
                _more(len(one.gone)),
            )


def _new(kind: str, found: Difference, coming: pl.DataFrame, names: Mapping[str, str]) -> Markup:
    held = contract.load(kind)
    shown = coming[found.new_at[:MOST_ROWS]].rows(named=True)
    others = [name for name in held.column_names if name not in held.key]
    return table(
        say("New rows"),
        [
            Column(say("Line"), lambda row: number(row["line"]), is_number=True),
            *(
                Column(
                    held.column(name).heading,
                    _value(held, name, names),
                    is_head=name == held.key[0],
                )
                for name in (*held.key, *others[:COLUMNS])
            ),
        ],
        shown,
    )


def _changed(kind: str, found: Difference, names: Mapping[str, str]) -> Markup:
    held = contract.load(kind)
    return table(
        say("Changed rows, a line for each cell"),
        [
            Column(_key_heading(held), lambda row: str(row["key"]), is_head=True),
            Column(say("Column"), lambda row: str(row["column"])),
            Column(say("Before"), lambda row: row["before"]),
            Column(say("After"), lambda row: row["after"]),
        ],
        [
            {
                "key": _shown_key(key),
                "column": held.column(name).heading,
                "before": _shown(held, name, before, names),
                "after": _shown(held, name, after, names),
            }
            for key, name, before, after in found.changes[:MOST_ROWS]
        ],
    )


def _gone(kind: str, found: Difference) -> Markup:
    held = contract.load(kind)
    return table(
        say("Rows that go"),
        [Column(_key_heading(held), lambda row: str(row["key"]), is_head=True)],
        [{"key": _shown_key(key)} for key in found.gone[:MOST_ROWS]],
    )


def _more(count: int) -> Markup | None:
    if count <= MOST_ROWS:
        return None
    return tag("p", say("and {n} more", n=number(count - MOST_ROWS)), class_="note")


def _key_heading(held: contract.Contract) -> str:
    return " + ".join(held.column(name).heading for name in held.key)


def _shown_key(key: tuple[str, ...]) -> str:
    return " + ".join(part for part in key if part)


def _value(held: contract.Contract, name: str, names: Mapping[str, str]) -> Callable[[Row], Child]:
    def cell(row: Row) -> Child:
        return _shown(held, name, row[name], names)

    return cell


def _shown(held: contract.Contract, name: str, value: Any, names: Mapping[str, str]) -> Child:
    """A value in the reader's words, typed as the file gave it or as text from the store."""
    if value is None or value == "":
        return tag("span", say("empty"), class_="mark-same")
    column = held.column(name)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool) or (column.type == "boolean" and value in ("true", "false")):
        return say("yes") if value in (True, "true") else say("no")
    if column.type in ("date", "moment"):
        moment = dt.datetime.fromisoformat(str(value))
        return date(moment) if column.type == "date" else date_and_time(moment)
    if column.refers_to == "municipalities" and column.type != "list":
        return names.get(str(value), str(value))
    for one in column.values:
        if one.code == value:
            return one.words[language()]
    return short(str(value))
