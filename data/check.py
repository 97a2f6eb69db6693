"""Cells and contract become typed rows and every problem at once; nothing is stored here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import polars as pl

from data import contract, coverage, packed, parse, recognise
from data import rows as seen
from data.between import Between
from data.contract import Column, Contract
from data.coverage import Coverage
from data.known import ALWAYS_NEEDED, Known, KnownWave, Names, municipality_names
from data.layout import LeftOut
from data.mapping import Mapping as ExportMapping
from data.people import Person
from data.problems import Problem, at_lines
from data.read import AS_JUDGED, Choices, Reading
from data.typed import DTYPES, Cells, Place

__all__ = ["Checked", "Known", "KnownWave", "check"]


@dataclass(frozen=True)
class Checked:
    """What a file would store, and everything that is wrong with it.

    Attributes:
        tables: By kind; the contract's columns, typed, in its order, and `line` (Int32). A cell
            that could not be read is null, so the tables are only stored when nothing blocks.
            Texts of a big file that repeat are packed (see `packed`).
        bad_lines: Lines with a problem; the rest could be loaded without them.
        whole_waves: Waves whose answers this file replaces, since its answers have no id.
        without_number: Valid answers that are no number.
        proposes: What the file seems to cover.
    """

    tables: dict[str, pl.DataFrame] = field(repr=False)
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...]
    dropped_columns: tuple[str, ...]
    proposes: Coverage
    bad_lines: frozenset[int] = frozenset()
    whole_waves: tuple[str, ...] = ()
    without_number: int = 0

    @property
    def blocking(self) -> bool:
        """Whether anything must be mended or answered before the file can be stored."""
        return any(problem.blocking for problem in self.problems)


def check(
    reading: Reading,
    mapping: ExportMapping,
    known: Known,
    *,
    today: dt.date,
    who: Person,
    choices: Choices = AS_JUDGED,
    dropped: tuple[str, ...] = (),
) -> Checked:
    """Every kind of row the file gives, typed, with all problems at once.

    References may be met by what is stored or by rows of the same file.

    Args:
        reading: What the guard let pass.
        known: What the store holds.
        who: Whose rows may be in the file.
        choices: How dates are read and values that the mapping asks for, where the uploader said.
        dropped: Headings that the guard took away, for the receipt.
    """
    given = seen.rows(reading, mapping, choices)
    work = _Checking(reading, mapping, known, today, who, choices, given, dropped)
    tables = {kind: work.typed(kind, table) for kind, table in given.tables.items()}
    work.between.look_at_all(tables)
    problems = (*given.problems, *work.problems)
    return Checked(
        tables,
        problems,
        reading.left_out,
        dropped,
        coverage.proposed(tables, work.between.waves(tables), today),
        frozenset(
            line
            for problem in problems
            if problem.blocking
            for line in (problem.lines or ([problem.line] if problem.line else []))
        ),
        given.whole_waves,
        given.without_number,
    )


class _Checking:
    """One file being checked: the problems gather here."""

    def __init__(
        self,
        reading: Reading,
        mapping: ExportMapping,
        known: Known,
        today: dt.date,
        who: Person,
        choices: Choices,
        given: seen.Rows,
        dropped: tuple[str, ...],
    ) -> None:
        self.reading, self.mapping, self.known = reading, mapping, known
        self.given, self.dropped = given, dropped
        self.cells = Cells(today, choices.dates or mapping.dates, known.codes)
        self.problems = self.cells.problems
        self.municipalities = self._municipalities()
        self.names = {
            kind: self._names(kind)
            for kind in ("municipalities", "services", "survey_waves", "activities", "feedback")
        }
        self.between = Between(
            known, who, given, self.municipalities, self.names["municipalities"], self.problems
        )

    # -- what may be referred to -----------------------------------------------------------

    def _municipalities(self) -> dict[str, str]:
        found = dict(self.known.municipalities)
        if "municipalities" in self.given.tables:
            table = self.given.tables["municipalities"].select("municipality_id", "name")
            found |= {number: name or number for number, name in table.iter_rows() if number}
        return found

    def _names(self, kind: str) -> Names:
        if kind == "municipalities":
            return municipality_names(self.municipalities)
        stored = self.known.ids(kind)
        table = self.given.tables.get(kind)
        here = [] if table is None else table[contract.load(kind).key[0]].drop_nulls().to_list()
        named: dict[str, tuple[str, ...]] = {}
        if kind == "services":
            named = {one: (name,) for one, name in self.known.services.items()}
            if table is not None:
                pairs = table.select("service_id", "name").drop_nulls()
                named |= {one: (name,) for one, name in pairs.iter_rows()}
        return Names(stored | set(here), named)

    # -- one kind --------------------------------------------------------------------------

    def typed(self, kind: str, table: pl.DataFrame) -> pl.DataFrame:
        """The rows of a kind with the contract's types; what cannot be is null and a problem."""
        held = contract.load(kind)
        columns = []
        for column in held.columns:
            place = Place(kind, column, self.given.heading(kind, column.name), table["line"])
            missing = self._missing(held, column) if column.is_required else None
            if missing is not None:
                facts = {"nearest": self._like(column), "kind": kind, "field": column.name}
                self.problems.append(at_lines("missing_column", (), expected=missing, **facts))
                values = pl.Series(column.name, [None] * table.height, DTYPES[column.type])
            else:
                values = self._column(place, table[column.name])
            columns.append(values.alias(column.name))
        made = pl.DataFrame([*columns, table["line"]])
        self.between.look(held, made)
        return made

    def _missing(self, held: Contract, column: Column) -> str | None:
        """The heading that a column needs and the file lacks: said once, not once per row."""
        given = [one for one in self.mapping.gives if one.kind == held.kind]
        if held.kind == "questions" and not any(one.columns for one in given):
            return None
        is_wide = self.mapping.questions or self.mapping.survey
        if (held.kind, column.name) == ("survey_answers", "question") and is_wide:
            return None  # a question is its column, and a proposal may take none yet
        sources = [one.columns[column.name] for one in given if column.name in one.columns]
        if not sources:
            return column.heading
        for source in sources:
            for name in source.columns:
                if self.mapping.find(name, self.reading.columns) is None:
                    return self.mapping.headings_of(name)[0]
        return None

    def _like(self, column: Column) -> str | None:
        taken = set(self.given.headings.values())
        headings = (*self.reading.columns, *self.dropped)
        free = [heading for heading in headings if heading not in taken]
        return recognise.nearest_heading(column, free)

    def _column(self, place: Place, text: pl.Series) -> pl.Series:
        # Cells of the file were trimmed when they were looked up; templates and constants are
        # whole. So null is what is empty.
        if place.column.is_required and not self._is_asked_for(place):
            empty = place.lines.filter(text.is_null())
            if empty.len():
                self.problems.append(
                    at_lines("missing_value", empty.to_list(), of=text.len(), **place.facts())
                )
        if place.column.refers_to is not None:
            return self._reference(place, text)
        return self.cells.typed(place, text)

    def _is_asked_for(self, place: Place) -> bool:
        """Whether the uploader is asked for the value: then its absence is already a question."""
        return any(
            one.kind == place.kind
            and place.column.name in one.columns
            and one.columns[place.column.name].asked_for
            for one in self.mapping.gives
        )

    # -- references ------------------------------------------------------------------------

    def _reference(self, place: Place, text: pl.Series) -> pl.Series:
        kind = place.column.refers_to
        assert kind is not None
        names = self.names[kind]
        if place.column.type == "list":
            return self._references(place, packed.plain(text), names)
        if not names.shown and kind not in ALWAYS_NEEDED:
            return text
        table: dict[str, str] = {}
        shared: set[str] = set()
        for word in packed.different(text).drop_nulls().unique().to_list():
            found = names.find(word)
            if len(found) == 1:
                table[word] = min(found)
            elif found:
                shared.add(word)
        made = packed.by_text(text, lambda words: parse.translated(words, table, pl.String))
        unsure = text.is_in(list(shared)).fill_null(False)
        code = "unknown_municipality" if kind == "municipalities" else "unknown_reference"
        self.cells.each(code, place, text, made.is_null() & ~unsure, names=names)
        self.cells.each(
            "unsure_reference",
            place,
            text,
            unsure,
            expected=lambda word: "; ".join(sorted(names.find(word))),
        )
        return made

    def _references(self, place: Place, text: pl.Series, names: Names) -> pl.Series:
        made = parse.lists(text)
        if names.shown:
            entries = pl.DataFrame({"entry": made, "line": place.lines}).explode("entry")
            of_entries = Place(place.kind, place.column, place.heading, entries["line"])
            known = entries["entry"].str.to_lowercase().is_in(list(names.by_text))
            self.cells.each("unknown_reference", of_entries, entries["entry"], ~known, names=names)
        return made
