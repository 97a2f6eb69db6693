"""A reading seen through a mapping: rows of text per kind, with the lines they came from."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field

import polars as pl

from data import contract, parse
from data.contract import fold
from data.mapping import LINE, NO_NUMBER, Gives, Mapping, Scale, Source, Where, placeholders
from data.parse import Order
from data.problems import Problem, about_columns, at_lines
from data.read import AS_JUDGED, Choices, Reading

LONGEST_ANSWER = 40
"""Characters of an answer that may be one of a scale; longer ones are somebody's own words, and are
never quoted. "Verken fornøyd eller misfornøyd" has 31."""


@dataclass(frozen=True)
class Rows:
    """What a file gives, before its cells are judged.

    Attributes:
        tables: By kind; the contract's columns as text in its order, null where nothing is given,
            and `line` (Int64).
        headings: The heading in the file that a contract column comes from, for messages.
        whole_waves: Waves whose answers this file replaces, since its answers have no id of
            their own.
        without_number: How many answers are valid and no number ("Vet ikke").
    """

    tables: dict[str, pl.DataFrame] = field(repr=False)
    headings: dict[tuple[str, str], str]
    problems: tuple[Problem, ...]
    whole_waves: tuple[str, ...] = ()
    without_number: int = 0


def rows(reading: Reading, mapping: Mapping, choices: Choices = AS_JUDGED) -> Rows:
    """Every kind of row that the mapping takes from the file.

    A value that the mapping asks for and nobody has given, a date that cannot be read and an answer
    that its scale does not know are problems; the cell is then empty.
    """
    made = _Making(reading, mapping, choices)
    tables: dict[str, pl.DataFrame] = {}
    for kind in mapping.kinds:
        parts = [made.table(one) for one in mapping.gives if one.kind == kind]
        tables[kind] = pl.concat(parts)
    return Rows(
        tables,
        made.headings,
        tuple(made.problems),
        made.whole_waves(tables),
        made.without_number,
    )


class _Making:
    """The work of `rows`: it gathers problems and headings while tables are made."""

    def __init__(self, reading: Reading, mapping: Mapping, choices: Choices) -> None:
        self.mapping, self.choices = mapping, choices
        self.order: Order = choices.dates or mapping.dates or "dmy"
        # Only what is used is trimmed; the rest is as it was read.
        found = {name: mapping.find(name, reading.columns) for name in mapping.looks_at()}
        self.heading = {name: heading for name, heading in found.items() if heading is not None}
        self.cells = pl.DataFrame(
            [parse.stripped(reading.cells[heading]).alias(name)
             for name, heading in self.heading.items()]
        )  # fmt: skip
        self.lines = reading.lines.alias(LINE)
        self.problems: list[Problem] = [
            Problem("needs_value", field=name)
            for name in mapping.asks_for()
            if not choices.values.get(name)
        ]
        self.headings: dict[tuple[str, str], str] = {}
        self.without_number = 0

    # -- one kind --------------------------------------------------------------------------

    def table(self, one: Gives) -> pl.DataFrame:
        if one.kind == "questions" and not one.columns:
            return self._questions()
        frame = self._frame(one)
        if one.kind == "survey_answers" and self.mapping.questions:
            frame = self._answers(one, frame)
        held = contract.load(one.kind)
        for name in held.column_names:
            if name not in frame.columns:
                frame = frame.with_columns(pl.lit(None, pl.String).alias(name))
        if one.distinct:
            frame = self._distinct(one, frame)
        return frame.select(*held.column_names, LINE)

    def _frame(self, one: Gives) -> pl.DataFrame:
        """One row per row of the file that counts, each source as a column."""
        keep = self._where(one.where)
        columns = [self._values(one.kind, name, source) for name, source in one.columns.items()]
        return pl.DataFrame([*columns, self.lines]).filter(keep)

    def _where(self, where: Where | None) -> pl.Series:
        if where is None or where.column not in self.cells.columns:
            return pl.Series([where is None] * self.lines.len(), dtype=pl.Boolean)
        cells = self.cells[where.column]
        if not where.is_one_of:
            return cells.is_not_null()
        return cells.is_in(list(where.is_one_of)).fill_null(False)

    # -- one column ------------------------------------------------------------------------

    def _values(self, kind: str, name: str, source: Source) -> pl.Series:
        looked_at = [self.heading[one] for one in source.columns if one in self.heading]
        if looked_at:
            self.headings[kind, name] = looked_at[0]
        if source.how == "count":
            counted = self._where(source.where) if source.where else None
            ones = [1] * self.lines.len() if counted is None else counted.cast(pl.Int64)
            return pl.Series(name, ones, pl.Int64)
        return self._refined(self._worded(self._texts(source), source), source).alias(name)

    def _worded(self, values: pl.Series, source: Source) -> pl.Series:
        if not source.words:
            return values
        # By what is left when only spelling differs; what has no word stays and is judged later.
        words = {fold(text): word for text, word in source.words.items()}
        table = {
            text: words.get(fold(text), text) for text in values.drop_nulls().unique().to_list()
        }
        return parse.translated(values, table, pl.String)

    def _refined(self, values: pl.Series, source: Source) -> pl.Series:
        before = values
        for refine in reversed(source.refine):
            if refine.filled in self.cells.columns:
                filled = self.cells[refine.filled].is_not_null()
                fits = (before == refine.value).fill_null(False) & filled
                values = values.set(fits, refine.then)
        return values

    def _texts(self, source: Source) -> pl.Series:
        if source.how == "constant":
            return self._same(source.of)
        if source.how == "ask":
            return self._same(self.choices.values.get(source.of) or None)
        if source.how == "template":
            return self._template(source.of)
        if source.of not in self.cells.columns:
            return self._same(None)
        if source.how == "month_of":
            return self._months(source.of, "%Y-%m-%d", first_day=True)
        return self.cells[source.of]

    def _same(self, text: str | None) -> pl.Series:
        return pl.Series([text], dtype=pl.String).new_from_index(0, self.lines.len())

    def _template(self, template: str) -> pl.Series:
        parts: list[pl.Series] = []
        rest = template
        for name, how in placeholders(template):
            mark = f"{{{name}:{how}}}" if how else f"{{{name}}}"
            before, _, rest = rest.partition(mark)
            parts += [self._same(before)] if before else []
            if name == LINE:
                parts.append(self.lines.cast(pl.String))
            elif name not in self.cells.columns:
                parts.append(self._same(None))
            else:
                parts.append(self._months(name, "%Y-%m") if how else self.cells[name])
        parts += [self._same(rest)] if rest else []
        named = [part.alias(str(number)) for number, part in enumerate(parts)]
        return pl.DataFrame(named).select(pl.concat_str(pl.all()).alias("text"))["text"]

    def _months(self, name: str, form: str, *, first_day: bool = False) -> pl.Series:
        cells = self.cells[name]
        dates = parse.dates(cells, self.order)
        wrong = self.lines.filter(cells.is_not_null() & dates.is_null())
        if wrong.len():
            found = cells.filter(cells.is_not_null() & dates.is_null())
            self._say(
                at_lines("not_a_date", wrong.to_list(), column=self.heading[name], found=found[0])
            )
        return (dates.dt.month_start() if first_day else dates).dt.strftime(form)

    def _say(self, problem: Problem) -> None:
        if problem not in self.problems:  # a date is looked at once per column it makes
            self.problems.append(problem)

    # -- many rows become one --------------------------------------------------------------

    def _distinct(self, one: Gives, frame: pl.DataFrame) -> pl.DataFrame:
        held = contract.load(one.kind)
        key = list(held.key)
        by_how = {name: source.how for name, source in one.columns.items()}
        others = [name for name in held.column_names if name not in key]
        made = []
        for name in others:
            how = by_how.get(name, "constant")
            if how == "count":
                made.append(pl.col(name).sum().cast(pl.String))
            elif how == "last":
                made.append(pl.col(name).last())
            else:
                made.append(pl.col(name).first())
        agreeing = [name for name in others if by_how.get(name) in ("column", "template")]
        differing = [pl.col(name).n_unique().alias(f"{name}?") for name in agreeing]
        grouped = frame.group_by(key, maintain_order=True).agg(
            *made, *differing, pl.col(LINE).first()
        )
        for name in agreeing:
            several = grouped.filter(pl.col(f"{name}?") > 1)
            if several.height:
                self._say(
                    at_lines(
                        "varying_value",
                        several[LINE].to_list(),
                        column=self.headings.get((one.kind, name)),
                        found=several[key[0]][0],
                        kind=one.kind,
                        field=name,
                    )
                )
        return grouped

    # -- questions and answers -------------------------------------------------------------

    def _questions(self) -> pl.DataFrame:
        held = contract.load("questions")
        scales = self.mapping.scales
        lines = self.lines[:1].to_list() or [1]
        listed = [
            {
                "survey": self.mapping.survey,
                "question": question.code,
                "text": question.text,
                "role": question.role,
                "scale": scales[question.scale].written() if question.scale else None,
                "topic": question.topic or None,
                LINE: lines[0],
            }
            for question in self.mapping.questions
        ]
        schema = {**dict.fromkeys(held.column_names, pl.String), LINE: pl.Int64}
        return pl.DataFrame(listed, schema=schema)

    def _answers(self, one: Gives, frame: pl.DataFrame) -> pl.DataFrame:
        """One row per filled cell of a question's column: an empty cell is no answer."""
        keep = self._where(one.where)
        parts = []
        for question in self.mapping.questions:
            if question.column not in self.cells.columns:
                continue
            cells = self.cells[question.column].filter(keep)
            given = cells.is_not_null()
            answered = frame.filter(given)
            values = cells.filter(given)
            if question.scale is not None:
                scale = self.mapping.scales[question.scale]
                values = self._on_scale(values, answered[LINE], question.column, scale)
            parts.append(
                answered.with_columns(
                    pl.lit(question.code).alias("question"), values.alias("value")
                )
            )
        self.headings.setdefault(("survey_answers", "value"), "; ".join(self._question_headings()))
        absent = [
            self.mapping.headings_of(question.column)[0]
            for question in self.mapping.questions
            if question.column not in self.cells.columns
        ]
        for problem in about_columns("absent_question", absent):
            self._say(problem)
        silent = set(frame[LINE].to_list()).difference(*(part[LINE].to_list() for part in parts))
        if silent:
            self._say(at_lines("without_answers", silent, of=frame.height))
        if not parts:
            empty = frame.clear()
            return empty.with_columns(
                pl.lit(None, pl.String).alias("question"), pl.lit(None, pl.String).alias("value")
            )
        return pl.concat(parts)

    def _question_headings(self) -> list[str]:
        columns = [question.column for question in self.mapping.questions]
        return [self.heading[column] for column in columns if column in self.heading]

    def _on_scale(
        self, answers: pl.Series, lines: pl.Series, column: str, scale: Scale
    ) -> pl.Series:
        # Some exports hold the numbers themselves, so a number of the scale means itself.
        numbers = {fold(f"{number:g}"): f"{number:g}" for number in scale.numbers.values()}
        numbers |= {fold(text): f"{number:g}" for text, number in scale.numbers.items()}
        numbers |= {fold(text): NO_NUMBER for text in scale.without_number}
        table: dict[str, str] = {}
        unknown: list[str] = []
        for text in answers.unique().to_list():
            if fold(text) in numbers:
                table[text] = numbers[fold(text)]
            else:
                unknown.append(text)
        silent = [text for text, value in table.items() if value == NO_NUMBER]
        if silent:
            at = lines.filter(answers.is_in(silent)).to_list()
            self.without_number += len(at)
            said = [text for text in scale.without_number if fold(text) in set(map(fold, silent))]
            self._say(
                at_lines("without_number", at, column=self.heading[column], found="; ".join(said))
            )
        own_words = [text for text in unknown if len(text) > LONGEST_ANSWER]
        if own_words:
            at = lines.filter(answers.is_in(own_words)).to_list()
            self._say(at_lines("own_words", at, column=self.heading[column]))
        for text in sorted(set(unknown) - set(own_words)):
            self._say(
                at_lines(
                    "not_on_scale",
                    lines.filter(answers == text).to_list(),
                    column=self.heading[column],
                    found=text,
                    expected="; ".join([*scale.numbers, *scale.without_number]),
                )
            )
        return parse.translated(answers, table, pl.String)

    def whole_waves(self, tables: Table[str, pl.DataFrame]) -> tuple[str, ...]:
        """The waves of answers whose id is made of the line, which the next file numbers anew."""
        for one in self.mapping.gives:
            source = one.columns.get("answer_id")
            if one.kind == "survey_answers" and source is not None and source.how == "template":
                names = [name for name, _ in placeholders(source.of)]
                if LINE in names:
                    waves = tables["survey_answers"]["wave_id"].drop_nulls().unique()
                    return tuple(sorted(waves.to_list()))
        return ()
