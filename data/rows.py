"""A reading seen through a mapping: rows of text per kind, with the lines they came from."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field

import polars as pl

from data import contract, month_names, packed, parse
from data.contract import fold
from data.mapping import (
    LINE,
    NO_NUMBER,
    SAID,
    Gives,
    Mapping,
    Question,
    Scale,
    Source,
    Where,
    placeholders,
)
from data.parse import Order
from data.problems import Problem, about_columns, at_lines
from data.read import AS_JUDGED, Choices, Reading
from data.scales import key

LONGEST_ANSWER = 40
"""Characters of an answer that may be one of a scale; longer ones are somebody's own words, and are
never quoted. "Verken fornøyd eller misfornøyd" has 31."""


@dataclass(frozen=True)
class Rows:
    """What a file gives, before its cells are judged.

    Attributes:
        tables: By kind; the contract's columns as text in its order, null where nothing is given,
            and `line` (Int32).
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

    def heading(self, kind: str, name: str) -> str | None:
        """The heading that a column of a contract comes from; None where it is no column."""
        return self.headings.get((kind, name))


def rows(reading: Reading, mapping: Mapping, choices: Choices = AS_JUDGED) -> Rows:
    """Every kind of row that the mapping takes from the file.

    A value that the mapping asks for and nobody has given, a date that cannot be read and an answer
    that its scale does not know are problems; the cell is then empty.
    """
    made = _Making(reading, mapping, choices)
    tables: dict[str, pl.DataFrame] = {}
    for kind in mapping.kinds:
        parts = [made.table(one) for one in mapping.gives if one.kind == kind]
        # Parts that are packed each in its own way have their texts in common.
        tables[kind] = parts[0] if len(parts) == 1 else pl.concat(map(packed.plain_table, parts))
    return Rows(
        tables,
        made.headings,
        tuple(made.problems),
        made.whole_waves(tables),
        made.without_number,
    )


def choices_in(cells: pl.Series, split: str = "") -> pl.Series:
    """The choices in cells that hold several, as "A;B;" or as they are split: lists of texts."""
    parts = cells.str.split(split or ";").list.eval(pl.element().str.strip_chars())
    return parts.list.eval(pl.element().filter(pl.element() != ""))


def _made_on(ids: pl.Series) -> pl.Series:
    """The second in the first eight signs of a Trello id, as a moment with its zone."""
    seconds = ids.str.extract("^([0-9a-f]{8})[0-9a-f]{16}$").str.to_integer(base=16, strict=False)
    return pl.from_epoch(seconds, time_unit="s").dt.strftime("%Y-%m-%d %H:%M:%S UTC")


class _Making:
    """The work of `rows`: it gathers problems and headings while tables are made."""

    def __init__(self, reading: Reading, mapping: Mapping, choices: Choices) -> None:
        self.mapping, self.choices = mapping, choices
        self.order: Order = choices.dates or mapping.dates or "dmy"
        # Only what is used is trimmed; the rest is as it was read.
        found = {name: mapping.find(name, reading.columns) for name in mapping.looks_at()}
        self.heading = {name: heading for name, heading in found.items() if heading is not None}
        self.cells = pl.DataFrame(
            [
                self._trimmed(name, reading.cells[heading]).alias(name)
                for name, heading in self.heading.items()
            ]
        )
        self.lines = reading.lines.alias(LINE)
        self.problems: list[Problem] = [
            Problem("needs_value", field=name)
            for name in mapping.needs()
            if not choices.values.get(name)
        ]
        self.headings: dict[tuple[str, str], str] = {}
        self.without_number = 0
        self._unfinished()

    def _trimmed(self, name: str, cells: pl.Series) -> pl.Series:
        empty = list(self.mapping.empty.get(name, ()))

        def trimmed(text: pl.Series) -> pl.Series:
            text = parse.stripped(text)
            return text.set(text.is_in(empty).fill_null(False), None) if empty else text

        return packed.by_text(cells, trimmed)

    def _unfinished(self) -> None:
        """Say which rows nobody filled in to the end; what they answered counts all the same."""
        finished = self.mapping.finished
        if finished is None or finished.column not in self.cells.columns:
            return
        rows = ~self._where(finished)
        if rows.any():
            at = self.lines.filter(rows).to_list()
            column, of = self.heading[finished.column], self.lines.len()
            self.problems.append(at_lines("unfinished_rows", at, column=column, of=of))

    # -- one kind --------------------------------------------------------------------------

    def table(self, one: Gives) -> pl.DataFrame:
        if one.kind == "questions" and not one.columns:
            return self._questions()
        frame = self._frame(one)
        if one.kind == "survey_answers" and (self.mapping.questions or self.mapping.survey):
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
        frame = pl.DataFrame([*columns, self.lines])
        return frame if keep.all() else frame.filter(keep)

    def _where(self, where: Where | None) -> pl.Series:
        if where is None or where.column not in self.cells.columns:
            return pl.Series([where is None] * self.lines.len(), dtype=pl.Boolean)
        cells = self.cells[where.column]
        if not where.is_one_of:
            return cells.is_not_null()
        # "True" and "TRUE" are one answer, whoever wrote the file.
        wanted = [text.casefold() for text in where.is_one_of]
        fits = packed.by_text(cells, lambda text: text.str.to_lowercase().is_in(wanted))
        return fits.fill_null(False)

    # -- one column ------------------------------------------------------------------------

    def _values(self, kind: str, name: str, source: Source) -> pl.Series:
        looked_at = [self.heading[one] for one in source.columns if one in self.heading]
        if looked_at:
            self.headings[kind, name] = looked_at[0]
        if source.how == "count":
            counted = self._where(source.where) if source.where else None
            ones = [1] * self.lines.len() if counted is None else counted.cast(pl.Int64)
            return pl.Series(name, ones, pl.Int64)
        texts = self._texts(source)
        if source.how == "column" and contract.load(kind).column(name).type in ("date", "moment"):
            texts = packed.by_text(texts, lambda text: self._dated(text, source))
        return self._refined(self._worded(texts, source), source).alias(name)

    def _dated(self, texts: pl.Series, source: Source) -> pl.Series:
        """Moments with what the cell leaves out: the zone, or the number of the month."""
        if source.zone:
            named = texts.str.contains(r"(?i)(Z|UTC|GMT|[+-]\d\d:?\d\d)$").fill_null(False)
            texts = texts.zip_with(named, texts + f" {source.zone}")
        if self.mapping.month_names:
            texts = month_names.numbered(texts)
        return texts

    def _worded(self, values: pl.Series, source: Source) -> pl.Series:
        if not source.words and not source.otherwise:
            return values
        # By what is left when only spelling differs; what has no word stays and is judged later.
        words = {fold(text) or text: word for text, word in source.words.items()}
        table = {
            text: words.get(fold(text) or text, source.otherwise or text)
            for text in values.drop_nulls().unique().to_list()
        }
        return packed.by_text(values, lambda text: parse.translated(text, table, pl.String))

    def _refined(self, values: pl.Series, source: Source) -> pl.Series:
        if not source.refine:
            return values
        before = values = packed.plain(values)
        for refine in reversed(source.refine):
            if refine.filled in self.cells.columns:
                filled = self.cells[refine.filled].is_not_null()
                same = (before == refine.value).fill_null(False) if refine.value else True
                fits = filled & same
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
        if source.how == "made_on":
            return packed.by_text(self.cells[source.of], _made_on)
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
            elif name[0] == SAID:
                parts.append(self._same(self.choices.values.get(name[1:]) or None))
            elif name not in self.cells.columns:
                parts.append(self._same(None))
            else:
                parts.append(self._months(name, "%Y-%m") if how else packed.plain(self.cells[name]))
        parts += [self._same(rest)] if rest else []
        named = [part.alias(str(number)) for number, part in enumerate(parts)]
        return pl.DataFrame(named).select(pl.concat_str(pl.all()).alias("text"))["text"]

    def _months(self, name: str, form: str, *, first_day: bool = False) -> pl.Series:
        cells = packed.plain(self.cells[name])
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
        key = list(held.identity)
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
        schema = {**dict.fromkeys(held.column_names, pl.String), LINE: pl.Int32}
        return pl.DataFrame(listed, schema=schema)

    def _answers(self, one: Gives, frame: pl.DataFrame) -> pl.DataFrame:
        """One row per filled cell of a question's column: an empty cell is no answer."""
        keep = self._where(one.where)
        parts = []
        for question in self.mapping.questions:
            if question.column not in self.cells.columns:
                continue
            answers = packed.plain(self.cells[question.column])
            cells = self._answered(answers.filter(keep), question)
            given = cells.is_not_null()
            answered = frame.filter(given)
            values = cells.filter(given)
            if question.scale is not None and not question.option:
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

    def _answered(self, cells: pl.Series, question: Question) -> pl.Series:
        """The cells of a question: of several choices whether this one is among them."""
        if question.option:
            among = choices_in(cells, question.split).list.contains(question.option)
            return among.cast(pl.Int64).cast(pl.String)
        scale = self.mapping.scales.get(question.scale or "")
        if scale is None or not scale.no_answer:
            return cells
        nothing = {key(text) for text in scale.no_answer}
        silent = [
            text
            for text in cells.drop_nulls().unique().to_list()
            if key(scale.labels.get(text, text)) in nothing
        ]
        return cells.set(cells.is_in(silent).fill_null(False), None)

    def _question_headings(self) -> list[str]:
        columns = [question.column for question in self.mapping.questions]
        return [self.heading[column] for column in columns if column in self.heading]

    def _on_scale(
        self, answers: pl.Series, lines: pl.Series, column: str, scale: Scale
    ) -> pl.Series:
        # Some exports hold the numbers themselves, so a number of the scale means itself; not
        # where the file's own codes are known, which may run the other way.
        counted = {key(text): f"{number:g}" for text, number in scale.numbers.items()}
        if not scale.labels:
            counted = {f"{number:g}": f"{number:g}" for number in scale.numbers.values()} | counted
        counted |= {key(text): NO_NUMBER for text in scale.without_number}
        table: dict[str, str] = {}
        unknown: list[str] = []
        for text in answers.unique().to_list():
            said = key(scale.labels.get(text, text))
            if said in counted:
                table[text] = counted[said]
            else:
                unknown.append(text)
        silent = [text for text, value in table.items() if value == NO_NUMBER]
        if silent:
            at = lines.filter(answers.is_in(silent)).to_list()
            self.without_number += len(at)
            heard = {key(scale.labels.get(text, text)) for text in silent}
            found = "; ".join(text for text in scale.without_number if key(text) in heard)
            self._say(at_lines("without_number", at, column=self.heading[column], found=found))
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
