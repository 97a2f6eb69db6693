"""Mappings from and to plain tables: those that are shipped as TOML, and those the store keeps."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from functools import cache
from pathlib import Path
from typing import Any, cast

from data import contract
from data.mapping import (
    HOWS,
    Gives,
    Mapping,
    MappingError,
    Question,
    Refine,
    Scale,
    Source,
    Where,
    placeholders,
)
from data.parse import Order

FOLDER = Path(__file__).parent / "mappings"

_TOP = {
    "name", "tool", "known_by", "columns", "dates", "sheet", "drop", "leave_out", "survey",
    "scales", "question", "gives", "empty", "finished", "month_names",
}  # fmt: skip


def from_table(table: Table[str, Any]) -> Mapping:
    """A mapping from what TOML or JSON holds.

    Raises:
        MappingError: It names a kind, column, scale or source that does not exist.
    """
    name = str(table.get("name", "?"))
    unknown = set(table) - _TOP
    if unknown:
        raise MappingError(f"{name}: unknown keys {', '.join(sorted(unknown))}")
    scales = {key: _scale(key, value) for key, value in table.get("scales", {}).items()}
    try:
        questions = tuple(Question(**question) for question in table.get("question", ()))
    except TypeError as error:
        raise MappingError(f"{name}, question: {error}") from None
    for question in questions:
        if question.scale is not None and question.scale not in scales:
            raise MappingError(f"{name}, question {question.code}: no scale {question.scale}")
    if table.get("dates") not in (None, "dmy", "mdy"):
        raise MappingError(f"{name}: dates {table['dates']!r} is neither dmy nor mdy")
    return Mapping(
        name=name,
        tool=str(table.get("tool", "template")),
        known_by=tuple(table.get("known_by", ())),
        gives=tuple(_gives(one, name) for one in table.get("gives", ())),
        columns={key: tuple(value) for key, value in table.get("columns", {}).items()},
        dates=cast("Order | None", table.get("dates")),
        sheet=table.get("sheet"),
        drop=tuple(table.get("drop", ())),
        leave_out=tuple(table.get("leave_out", ())),
        survey=table.get("survey"),
        scales=scales,
        questions=questions,
        empty={key: tuple(value) for key, value in table.get("empty", {}).items()},
        finished=_where(table.get("finished")),
        month_names=bool(table.get("month_names", False)),
    )


def _scale(name: str, table: Table[str, Any]) -> Scale:
    # The store keeps the keys of a table in the order of the alphabet; pairs stay as they are.
    numbers = {text: float(number) for text, number in dict(table.get("numbers", {})).items()}
    return Scale(
        name,
        numbers,
        tuple(table.get("without_number", ())),
        tuple(table.get("no_answer", ())),
        dict(table.get("labels", {})),
    )


def _gives(table: Table[str, Any], name: str) -> Gives:
    kind = table.get("kind")
    if kind not in contract.all_kinds():
        raise MappingError(f"{name}: {kind!r} is no kind of file")
    held = contract.load(kind)
    columns = {}
    for column, source in table.get("columns", {}).items():
        if column not in held.column_names:
            raise MappingError(f"{name}, {kind}: the contract has no column {column}")
        columns[column] = _source(source, f"{name}, {kind}.{column}")
    return Gives(kind, columns, bool(table.get("distinct", False)), _where(table.get("where")))


_MORE = ("words", "otherwise", "refine", "where", "zone")


def _source(table: Table[str, Any], where: str) -> Source:
    hows = [how for how in HOWS if how in table]
    if len(hows) != 1 or set(table) - {*HOWS, *_MORE}:
        raise MappingError(f"{where}: a source is one of {', '.join(HOWS)}")
    how = hows[0]
    of = "" if how == "count" else str(table[how])
    if how == "template" and any(sort not in ("", "month") for _, sort in placeholders(of)):
        raise MappingError(f"{where}: a template knows {{column}} and {{column:month}}")
    try:
        refine = tuple(Refine(**one) for one in table.get("refine", ()))
    except TypeError as error:
        raise MappingError(f"{where}, refine: {error}") from None
    return Source(
        how,
        of,
        dict(table.get("words", {})),
        str(table.get("otherwise", "")),
        refine,
        _where(table.get("where")),
        str(table.get("zone", "")),
    )


def _where(table: Table[str, Any] | None) -> Where | None:
    if table is None:
        return None
    return Where(str(table["column"]), tuple(table.get("is", ())))


def as_table(mapping: Mapping) -> dict[str, Any]:
    """What from_table makes the same mapping of: for the store, as JSON."""

    def where(one: Where | None) -> dict[str, Any]:
        return {} if one is None else {"where": {"column": one.column, "is": list(one.is_one_of)}}

    def source(one: Source) -> dict[str, Any]:
        value: Any = True if one.how == "count" else one.of
        words = {"words": dict(one.words)} if one.words else {}
        refine = {"refine": [vars(each) for each in one.refine]} if one.refine else {}
        texts = {"otherwise": one.otherwise, "zone": one.zone}
        more = {key: text for key, text in texts.items() if text}
        return {one.how: value, **words, **refine, **where(one.where), **more}

    def scale(one: Scale) -> dict[str, Any]:
        more = {"no_answer": list(one.no_answer), "labels": dict(one.labels)}
        return {
            "numbers": [[text, number] for text, number in one.numbers.items()],
            "without_number": list(one.without_number),
            **{key: value for key, value in more.items() if value},
        }

    table: dict[str, Any] = {
        "name": mapping.name,
        "tool": mapping.tool,
        "known_by": list(mapping.known_by),
        "columns": {name: list(headings) for name, headings in mapping.columns.items()},
        "drop": list(mapping.drop),
        "leave_out": list(mapping.leave_out),
        "scales": {name: scale(of) for name, of in mapping.scales.items()},
        "question": [
            {key: value for key, value in vars(question).items() if value not in (None, "")}
            for question in mapping.questions
        ],
        "gives": [
            {
                "kind": one.kind,
                "distinct": one.distinct,
                **where(one.where),
                "columns": {name: source(of) for name, of in one.columns.items()},
            }
            for one in mapping.gives
        ],
    }
    optional = {
        "dates": mapping.dates,
        "sheet": mapping.sheet,
        "survey": mapping.survey,
        "empty": {name: list(texts) for name, texts in mapping.empty.items()} or None,
        "month_names": mapping.month_names or None,
    }
    if mapping.finished is not None:
        optional["finished"] = where(mapping.finished)["where"]
    return table | {key: value for key, value in optional.items() if value is not None}


@cache
def shipped() -> tuple[Mapping, ...]:
    """The mappings that come with the program, in the order of their names."""
    return tuple(
        from_table(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    )
