"""Which column of an export is which column of ours: what a mapping says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Literal

from data import contract
from data.contract import fold
from data.parse import Order

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
