"""A proposal for reading an export of answers: its columns, its tables, and what is to be said."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Literal

from data.contract import fold
from data.mapping import LINE, SAID, Gives, Mapping, Question, Scale, Source, Where
from data.parse import Order

Use = Literal[
    "question", "choices", "answered_on", "answer_id", "wave_id", "municipality",
    "metadata", "free_text", "personal", "left_out",
]  # fmt: skip
"""What a column is taken for: the answers to a question; several choices in a cell; what says
something of the whole row; and four reasons not to take it."""

Why = Literal["", "personal", "free_text", "metadata", "empty", "no_scale", "codes", "new"]
"""Why a column is not taken, where the use does not say it."""

Waves = Literal["file", "month"]
"""Whose answers belong together where no column says it: the whole file's, or a month's."""

LASTING = ("service", "measurement", "respondent", "channel")
"""What a wave is, that stays the same from one file to the next: set in the mapping once said."""

EACH_TIME = ("municipality", "wave_id", "sent_on", "asked", "activity_id")
"""What the uploader says of every file."""

_NEEDED = ("measurement",)
"""Those of LASTING without which a wave is no wave."""


def short_code(text: str) -> str:
    """A short code made of the first words of a text: "Jeg ble hørt." → "jeg_ble_hørt"."""
    words = re.findall(r"[^\W_]+", text.casefold())
    code = ""
    for word in words:
        longer = f"{code}_{word}" if code else word
        if len(longer) > 40:
            break
        code = longer
    return code


@dataclass(frozen=True)
class Column:
    """One column of the file, and what it is taken for.

    Attributes:
        text: The question as people saw it.
        code: What the question is called in the store.
        scale: The name of its table from answers to numbers; also where it is not taken, for who
            wants to take it.
        options: Of several choices in a cell, the choices.
        split: What stands between them, where it is no semicolon: whoever confirms looks at it.
    """

    heading: str
    use: Use
    why: Why = ""
    text: str = ""
    code: str = ""
    role: str = "other"
    topic: str = "experience"
    scale: str = ""
    options: tuple[str, ...] = ()
    split: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether answers are taken from it."""
        return self.use in ("question", "choices")


@dataclass(frozen=True)
class Proposal:
    """Everything that is proposed for a file, and that may be changed before it is confirmed.

    Attributes:
        survey: What the questionnaire is called in the store.
        scales: Name → table from answers to numbers.
        waves: Whose answers belong together where no column says it.
        lasting: What was said of the waves that stays the same (LASTING).
        finished: The column that says that a row was filled in to the end, and its texts.
        empty_dates: What stands for a date that the tool has taken away.
        lacks_texts: The texts of its codes stand in files that did not come along.
    """

    tool: str
    survey: str
    columns: tuple[Column, ...]
    scales: Table[str, Scale]
    dates: Order | None = None
    zone: str = ""
    waves: Waves = "file"
    lasting: Table[str, str] = field(default_factory=dict)
    finished: tuple[str, tuple[str, ...]] | None = None
    empty_dates: tuple[str, ...] = ()
    lacks_texts: bool = False

    def column_of(self, use: Use) -> Column | None:
        """The column that is taken for something of the whole row."""
        return next((one for one in self.columns if one.use == use), None)

    def changed(self, heading: str, **facts: object) -> Proposal:
        """The proposal with one column taken for something else.

        What only one column can be, the others then are no more.
        """
        only = ("answered_on", "answer_id", "wave_id", "municipality")
        columns = []
        for one in self.columns:
            if one.heading == heading:
                one = dataclasses.replace(one, **facts)  # type: ignore[arg-type]
            elif facts.get("use") in only and one.use == facts["use"]:
                one = dataclasses.replace(one, use="metadata", why="metadata")
            columns.append(one)
        return dataclasses.replace(self, columns=tuple(columns))

    # -- as a mapping ----------------------------------------------------------------------

    def mapping(self, name: str) -> Mapping:
        """The mapping that reads such files as it is proposed, under a name.

        What was not said of the waves yet is asked for.
        """
        columns: dict[str, tuple[str, ...]] = {
            one.use: (one.heading,)
            for one in self.columns
            if one.use in ("answered_on", "answer_id", "wave_id", "municipality")
        }
        asks = [one for one in self.columns if one.is_answered]
        used = {one.scale for one in asks if one.use == "question"}
        finished = None
        if self.finished is not None:
            columns["finished"] = (self.finished[0],)
            finished = Where("finished", self.finished[1])
        return Mapping(
            name=name,
            tool=self.tool,
            known_by=tuple(
                [one for one in columns if one != "finished"] + [one.heading for one in asks]
            ),
            gives=self._gives(),
            columns=columns,
            dates=self.dates,
            drop=tuple(one.heading for one in self.columns if one.use in ("personal", "free_text")),
            leave_out=tuple(
                one.heading for one in self.columns if one.use in ("metadata", "left_out")
            ),
            survey=self.survey,
            scales={name: scale for name, scale in self.scales.items() if name in used},
            questions=tuple(question for one in asks for question in _questions(one)),
            empty={"answered_on": self.empty_dates} if self.empty_dates else {},
            finished=finished,
        )

    def _gives(self) -> tuple[Gives, ...]:
        wave = self._wave()
        answers = Gives(
            "survey_answers",
            {
                "answer_id": Source("template", f"{wave.of_template} {{{self._answer()}}}"),
                "wave_id": wave.source,
                **(
                    {"answered_on": Source("column", "answered_on", zone=self.zone)}
                    if self.column_of("answered_on")
                    else {}
                ),
            },
        )
        questions = Gives("questions", {})
        if self.column_of("wave_id"):
            return (questions, answers)
        return (questions, Gives("survey_waves", self._waves(wave.source), distinct=True), answers)

    def _answer(self) -> str:
        return "answer_id" if self.column_of("answer_id") else LINE

    def _waves(self, wave: Source) -> dict[str, Source]:
        of_months = self._is_by_month
        place = self.column_of("municipality")
        given = {
            "wave_id": wave,
            "municipality": Source("column", "municipality")
            if place
            else Source("ask", "municipality"),
            "survey": Source("constant", self.survey),
            "sent_on": Source("month_of", "answered_on") if of_months else Source("ask", "sent_on"),
        }
        for name in LASTING:
            if self.lasting.get(name):
                given[name] = Source("constant", self.lasting[name])
            elif name in _NEEDED or not self.lasting:
                given[name] = Source("ask", name)
        if not of_months and not place:
            given |= {name: Source("ask", name) for name in ("asked", "activity_id")}
        return given

    @property
    def _is_by_month(self) -> bool:
        return self.waves == "month" and self.column_of("answered_on") is not None

    def _wave(self) -> _Wave:
        """Where the wave of an answer comes from, as a source and as a part of a template."""
        if self.column_of("wave_id"):
            return _Wave(Source("column", "wave_id"), "{wave_id}")
        start = self.survey.translate({ord(sign): None for sign in "{}"})
        of = f"{start} {{answered_on:month}}" if self._is_by_month else f"{{{SAID}wave_id}}"
        if self.column_of("municipality"):
            of += " {municipality}"
        if of == f"{{{SAID}wave_id}}":
            return _Wave(Source("ask", "wave_id"), of)
        return _Wave(Source("template", of), of)


@dataclass(frozen=True)
class _Wave:
    source: Source
    of_template: str


def _questions(one: Column) -> list[Question]:
    if one.use == "question":
        scale = one.scale or None
        return [Question(one.heading, one.code, one.text, one.role, one.topic, scale)]
    return [
        Question(
            one.heading,
            f"{one.code}_{number}",
            f"{one.text}: {option}",
            one.role,
            one.topic,
            None,
            option,
            one.split,
        )
        for number, option in enumerate(one.options, start=1)
    ]


# -- from a mapping that was confirmed earlier -------------------------------------------------


def revised(proposed: Proposal, earlier: Mapping) -> Proposal:
    """A proposal for a file, with what an earlier mapping says of the columns that it knows.

    A column that the earlier one did not have stays as it is proposed, marked as new.
    """
    columns = []
    by_question: dict[str, list[Question]] = {}
    for question in earlier.questions:
        by_question.setdefault(fold(earlier.headings_of(question.column)[0]), []).append(question)
    aside = {fold(heading) for heading in (*earlier.drop, *earlier.leave_out)}
    facts = {
        fold(heading)
        for name in ("answered_on", "answer_id", "wave_id", "municipality")
        for heading in earlier.columns.get(name, ())
    }
    for one in proposed.columns:
        word = fold(one.heading)
        known = by_question.get(word, [])
        if known and not known[0].option:
            (first, *_) = known
            one = dataclasses.replace(
                one, use="question", why="", text=first.text, code=first.code, role=first.role,
                topic=first.topic or one.topic, scale=first.scale or "",
            )  # fmt: skip
        elif word in aside and one.is_answered:
            one = dataclasses.replace(one, use="left_out", why="")
        elif not known and word not in aside | facts and one.is_answered:
            one = dataclasses.replace(one, why="new")
        columns.append(one)
    lasting = {
        name: source.of
        for given in earlier.gives
        if given.kind == "survey_waves"
        for name, source in given.columns.items()
        if name in LASTING and source.how == "constant"
    }
    # A table of the same name is the earlier one's: that is what was confirmed.
    return dataclasses.replace(
        proposed,
        columns=tuple(columns),
        scales={**proposed.scales, **earlier.scales},
        survey=earlier.survey or proposed.survey,
        lasting=lasting or proposed.lasting,
    )
