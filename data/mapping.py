"""Which column of an export is which column of ours: mappings, read from TOML or from the store."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from data import contract
from data.contract import fold
from data.parse import Order

FOLDER = Path(__file__).parent / "mappings"

How = Literal[
    "column", "constant", "template", "month_of", "made_on", "first", "last", "count", "ask"
]
HOWS: tuple[How, ...] = (
    "column",
    "constant",
    "template",
    "month_of",
    "made_on",
    "first",
    "last",
    "count",
    "ask",
)

NO_NUMBER = "no_number"
"""The stored value of an answer that is valid and no number. "Don't know" is an answer: an item
answered with anything but a refusal counts (AAPOR, Standard Definitions). Empty is no answer."""

LINE = "line"
"""In a template {line} is the line of the file: what identifies a row when nothing else does."""

SAID = "?"
"""In a template {?wave_id} is what the uploader says of the file, under that name."""


class MappingError(ValueError):
    """A mapping contradicts itself or a contract; the message names the place."""


@dataclass(frozen=True)
class Where:
    """Which rows count: those whose cell is one of these texts, or, without texts, is filled."""

    column: str
    is_one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refine:
    """What a value is instead when another column is filled: "done" with a date is told back.

    Attributes:
        value: Only this value; any where it is empty.
    """

    value: str
    filled: str
    then: str


@dataclass(frozen=True)
class Source:
    """Where the value of one contract column comes from.

    Attributes:
        how: column: the cell. constant: the same for every row. template: cells in a text, as
            "{surgery} {time:month}". month_of: the first day of a date's month. made_on: the day
            in the first eight signs of a Trello id, which are its second in hexadecimals. first,
            last: of the rows that become one. count: how many rows become one. ask: the uploader
            says.
        of: The column, the text, the template, or the name that is asked for.
        words: What the file writes and what the contract calls it, where that differs.
        otherwise: What every filled cell without a word of its own means; empty where such a cell
            stands for itself.
        refine: Tried in turn on the value; the first that fits is used.
        where: Only these rows are counted.
        zone: Of the moments in the column, where the file names it only in the heading: "UTC".
    """

    how: How
    of: str = ""
    words: Table[str, str] = field(default_factory=dict)
    otherwise: str = ""
    refine: tuple[Refine, ...] = ()
    where: Where | None = None
    zone: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file that are looked at, by the mapping's names for them."""
        looked_at = [self.where.column] if self.where else []
        if self.how == "template":
            names = [name for name, _ in placeholders(self.of)]
            looked_at += [name for name in names if name != LINE and name[0] != SAID]
        elif self.how in ("column", "month_of", "made_on", "first", "last"):
            looked_at.append(self.of)
        return tuple(dict.fromkeys(looked_at))

    @property
    def asked_for(self) -> tuple[str, ...]:
        """The names of what the uploader must say for it."""
        if self.how == "ask":
            return (self.of,)
        if self.how != "template":
            return ()
        names = [name for name, _ in placeholders(self.of)]
        return tuple(name.removeprefix(SAID) for name in names if name[0] == SAID)


@dataclass(frozen=True)
class Gives:
    """One kind of row that a file gives.

    Attributes:
        columns: Contract column → source.
        distinct: Rows with the same key become one; else every row of the file is one.
        where: Only these rows of the file.
    """

    kind: str
    columns: Table[str, Source]
    distinct: bool = False
    where: Where | None = None


@dataclass(frozen=True)
class Scale:
    """The explicit table from what people answered to numbers.

    Attributes:
        numbers: Answer text → number.
        without_number: Valid answers that are no number ("Vet ikke"): kept as NO_NUMBER, so that
            they count as answered and never in a mean or share.
        no_answer: What stands where nobody answered, or did not want to: as an empty cell.
        labels: What the file writes instead of an answer's text: code → text, as SurveyXact's list
            of labels gives them.
    """

    name: str
    numbers: Table[str, float]
    without_number: tuple[str, ...] = ()
    no_answer: tuple[str, ...] = ()
    labels: Table[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """The scale as the contract's `scale` column writes it: "svært enig=5; enig=4"."""
        counted = [f"{text}={number:g}" for text, number in self.numbers.items()]
        return "; ".join([*counted, *(f"{text}=" for text in self.without_number)])


@dataclass(frozen=True)
class Question:
    """A column of a wide export that holds the answers to one question.

    Attributes:
        option: Of a cell that holds several choices ("A;B;"), the one that this question is about:
            its answer is 1 where the choice is among them, else 0.
        split: What stands between such choices, where it is no semicolon.
    """

    column: str
    code: str
    text: str
    role: str = "other"
    topic: str = ""
    scale: str | None = None
    option: str = ""
    split: str = ""


@dataclass(frozen=True)
class Mapping:
    """How one sort of export is understood.

    Attributes:
        tool: What writes such files: "template", "surveyxact", "forms", "planner", …
        known_by: Columns that must all be there for the mapping to be used by itself.
        columns: The mapping's own name of a column → the headings it may have.
        dates: How dates with slashes are read.
        sheet: The sheet of a workbook, where it always has one name.
        drop: Headings of columns that hold or may hold personal data or free text.
        leave_out: Headings of columns that nothing here needs.
        survey: The questionnaire that the questions belong to.
        empty: Column → texts that mean an empty cell, as the date that LimeSurvey writes for all.
        finished: What a row has that was filled in to the end; the others are said, and kept.
        month_names: Dates may name their month (05/Feb/26), as Jira's do.
    """

    name: str
    tool: str
    known_by: tuple[str, ...]
    gives: tuple[Gives, ...]
    columns: Table[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Order | None = None
    sheet: str | None = None
    drop: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    survey: str | None = None
    scales: Table[str, Scale] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    empty: Table[str, tuple[str, ...]] = field(default_factory=dict)
    finished: Where | None = None
    month_names: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds a file gives, those that others refer to first."""
        given = {one.kind for one in self.gives}
        return tuple(kind for kind in contract.all_kinds() if kind in given)

    def headings_of(self, column: str) -> tuple[str, ...]:
        """The headings that a column may have, by the mapping's name for it."""
        return self.columns.get(column, (column,))

    def find(self, column: str, headings: Iterable[str]) -> str | None:
        """The heading of a file that is this column; None when the file has none."""
        headings = tuple(headings)
        by_fold = {fold(heading) or heading: heading for heading in reversed(headings)}
        for accepted in self.headings_of(column):
            if accepted in headings:
                return accepted
            found = by_fold.get(fold(accepted) or accepted)
            if found is not None:
                return found
        return None

    def fits(self, headings: Iterable[str]) -> bool:
        """Whether every column that the mapping is known by is among the headings."""
        headings = tuple(headings)
        return all(self.find(column, headings) is not None for column in self.known_by)

    def looks_at(self) -> tuple[str, ...]:
        """Every column whose cells are used, by the mapping's names."""
        used: list[str] = [self.finished.column] if self.finished else []
        for one in self.gives:
            used += [one.where.column] if one.where else []
            for source in one.columns.values():
                used += [*source.columns, *(refine.filled for refine in source.refine)]
        if any(one.kind == "survey_answers" for one in self.gives):
            used += [question.column for question in self.questions]
        return tuple(dict.fromkeys(used))

    def asks_for(self) -> tuple[str, ...]:
        """The names of the values that the uploader must say."""
        asked = [
            name
            for one in self.gives
            for source in one.columns.values()
            for name in source.asked_for
        ]
        return tuple(dict.fromkeys(asked))

    def needs(self) -> tuple[str, ...]:
        """Those of them without which a row is not whole."""
        asked = [
            name
            for one in self.gives
            for column, source in one.columns.items()
            if source.how == "template" or contract.load(one.kind).column(column).is_required
            for name in source.asked_for
        ]
        return tuple(dict.fromkeys(asked))

    def constants(self) -> dict[str, str]:
        """What the mapping sets itself, by contract column: for the receipt."""
        return {
            f"{one.kind}.{name}": source.of
            for one in self.gives
            for name, source in one.columns.items()
            if source.how == "constant"
        }


def placeholders(template: str) -> list[tuple[str, str]]:
    """The parts of a template: (column, "" or "month")."""
    return [(name, how or "") for name, how in _PLACE.findall(template)]


_PLACE = re.compile(r"\{([^{}:]+)(?::([a-z]+))?\}")


# -- from and to tables ------------------------------------------------------------------------

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
