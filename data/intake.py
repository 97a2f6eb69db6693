"""A file comes in: read, recognised, guarded and checked, for the page and the terminal alike."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from data import check, contract, example, guard, meant, mending, recognise, recognised
from data import uploader_words as said_of
from data.check import Checked
from data.contract import fold
from data.coverage import Coverage
from data.guard import GuardFinding, Kept
from data.known import Known
from data.layout import LeftOut
from data.mapping import Mapping
from data.meant import ALONE, Beside
from data.people import Person
from data.problems import Problem
from data.progress import Told, untold
from data.read import AS_JUDGED, USUAL, Choices, Limits, Reading
from data.recognise import Recognition


@dataclass(frozen=True)
class Intake:
    """Everything there is to show of a file before it is stored, and all that would be stored.

    Attributes:
        name: The file's name, without personal data.
        sha256: Of the bytes as they came.
        reading: The table as it was understood; only the columns that are kept, nothing personal.
        dropped_columns: Headings that are not kept.
        constants: What the mapping or the uploader set for the whole file, by contract column.
        problems: Of every step, those that block first.
        checked: Typed rows; None when the file was stopped before that.
        left: Why rows are left to be mended, where this is the rest of a file.
        is_part: Some rows are left, or these are such rows, mended: a part of a list, never all.
    """

    name: str
    size: int
    sha256: str
    reading: Reading
    recognition: Recognition
    problems: tuple[Problem, ...]
    dropped_columns: tuple[str, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    checked: Checked | None = None
    left: tuple[Problem, ...] = ()
    is_part: bool = False
    _is_clean: bool = field(default=False, repr=False)
    _seen: _Seen | None = field(default=None, repr=False)

    @property
    def blocking(self) -> bool:
        """Whether the file cannot be stored as it is."""
        return self.checked is None or any(problem.blocking for problem in self.problems)

    @property
    def mapping(self) -> Mapping | None:
        return self.recognition.mapping

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The typed rows by kind; empty when the file was stopped before that."""
        return {} if self.checked is None else self.checked.tables

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return self.reading.left_out

    @property
    def proposes(self) -> Coverage:
        return frozenset() if self.checked is None else self.checked.proposes

    def to_keep(self, raw: bytes) -> bytes:
        """The bytes that may be kept of the file: all of them, or only the kept cells.

        A workbook is never kept whole: it carries authors, comments and hidden sheets along. The
        kept cells are UTF-8 CSV with the line of each row first.
        """
        if self._is_clean and self.reading.sheet is None:
            return raw
        kept = self.reading.cells.insert_column(0, self.reading.lines.alias("line"))
        return kept.write_csv().encode("utf-8")


def take_in(
    raw: bytes,
    name: str,
    *,
    store_knows: Known,
    mappings: Sequence[Mapping],
    who: Person,
    today: dt.date,
    choices: Choices = AS_JUDGED,
    beside: Beside = ALONE,
    mapping_name: str | None = None,
    limits: Limits = USUAL,
    told: Told = untold,
) -> Intake:
    """Everything about a file; stores nothing, and never raises for a bad file.

    Args:
        mappings: Those saved in the store first, then the shipped ones.
        beside: What came along with the file, and what somebody has corrected.
        mapping_name: A mapping or a kind of file that the uploader asks for.
        limits: What is too big.
        told: Is told what is being done.
    """
    told("reading")
    if mapping_name is not None:
        beside = dataclasses.replace(beside, mapping_name=mapping_name)
    if who.municipality is not None:
        # A coordinator's file without a municipality is the coordinator's own; the receipt says so.
        values = {"municipality": who.municipality, **choices.values}
        choices = dataclasses.replace(choices, values=values)
    tables = meant.tables(raw, name, choices, limits, beside)
    lists_to_mend = {table.sheet for table in tables if mending.is_list(table)}
    told("recognising")
    found, known_as = meant.meant(tables, mappings, beside)
    known_as = said_of.applied(known_as, choices, store_knows)
    mapping = known_as.mapping
    values, of_values = guard.typed_values(choices.values, said_of.ids_asked_for(mapping))
    choices = dataclasses.replace(choices, values=values)
    told("guarding")
    finding = guard.guard(
        found,
        _kept(found, mapping),
        personal=frozenset(map(fold, mapping.drop)) if mapping else (),
        harmless=frozenset(map(fold, mapping.leave_out)) if mapping else (),
    )
    reading = finding.reading
    if mapping is not None and known_as.why == "headings" and len(mapping.kinds) == 1:
        held = contract.load(mapping.kinds[0])
        whose = who.municipality
        reading = example.without_example(reading, held, store_knows, whose, choices.put_back)
    of_recognition = recognised.of_recognition(found, known_as, beside.mapping_name, reading.sheet)
    explains = any(problem.code == "codebook" for problem in of_recognition)
    seen = _Seen(
        reading,
        # What a codebook is explains its headings: to ask for another row of them would mislead.
        tuple(one for one in reading.problems if not (explains and one.code == "no_headings")),
        finding,
        finding.dropped,
        len(raw),
        hashlib.sha256(raw).hexdigest(),
        # Somebody who tries a template must not empty a list with it.
        found.sheet in lists_to_mend or example.is_alone(reading),
        choices,
        beside,
    )
    told("checking")
    return _judged(
        seen, known_as, (*of_recognition, *finding.problems, *of_values), store_knows, who, today
    )


@dataclass(frozen=True)
class _Seen:
    """A file after the guard: all that judging it needs, and nothing of anybody's."""

    reading: Reading
    of_reading: tuple[Problem, ...]
    finding: GuardFinding
    dropped: tuple[str, ...]
    size: int
    sha256: str
    is_part: bool
    choices: Choices
    beside: Beside


def again(
    intake: Intake,
    *,
    store_knows: Known,
    who: Person,
    today: dt.date,
    choices: Choices,
    beside: Beside = ALONE,
    confirmed: Mapping | None = None,
) -> Intake | None:
    """The file judged anew without its bytes; None where only they can tell.

    That is so where something else is said of it than before (values that it lacks, the order of
    its dates), where a proposal is corrected and takes no column that was dropped, and where it is
    confirmed. A file with personal data in it is not kept, not even for so long.

    Args:
        confirmed: The mapping that its proposal has become.
    """
    seen = intake._seen
    if seen is None:
        return None
    if who.municipality is not None:
        values = {"municipality": who.municipality, **choices.values}
        choices = dataclasses.replace(choices, values=values)
    alike = dataclasses.replace(choices, values=seen.choices.values, dates=seen.choices.dates)
    if alike != seen.choices or (beside.mapping_name, beside.codebook) != (
        seen.beside.mapping_name,
        seen.beside.codebook,
    ):
        return None
    known_as = intake.recognition
    if not said_of.columns_said(choices).keys() <= set(seen.reading.columns):
        return None
    if confirmed is not None:
        known_as = recognise.by_mapping(seen.reading, confirmed)
    elif beside.proposal is not None and known_as.why == "proposed":
        known_as = recognise.as_proposed(seen.reading, beside.proposal, known_as.nearly)
    if known_as.missing_columns or known_as.mapping is None:
        return None
    used = {one.heading for one in _kept(seen.reading, known_as.mapping)}
    spare = [name for name in seen.reading.columns if name not in used]
    if spare and known_as is not intake.recognition:
        columns = tuple(name for name in seen.reading.columns if name in used)
        cells = seen.reading.cells.select(columns)
        reading = dataclasses.replace(seen.reading, columns=columns, cells=cells, texts=())
        seen = dataclasses.replace(seen, reading=reading, dropped=(*seen.dropped, *spare))
    known_as = said_of.applied(known_as, choices, store_knows)
    values, of_values = guard.typed_values(choices.values, said_of.ids_asked_for(known_as.mapping))
    choices = dataclasses.replace(choices, values=values)
    seen = dataclasses.replace(seen, choices=choices, beside=beside)
    said = recognised.of_recognition(seen.reading, known_as, None, seen.reading.sheet)
    said += [*of_values, *seen.finding.problems]
    return _judged(seen, known_as, said, store_knows, who, today)


def _judged(
    seen: _Seen,
    known_as: Recognition,
    said: Sequence[Problem],
    store_knows: Known,
    who: Person,
    today: dt.date,
) -> Intake:
    """What stands in the rows against contracts and store, with all that was said before."""
    reading = seen.reading
    known_as = recognised.without_traces(known_as)
    explains = any(problem.code == "codebook" for problem in said)
    problems = [*seen.of_reading, *said]
    checked = None
    is_readable = reading.cells.height > 0 and not recognised.is_unreadable(reading)
    if known_as.mapping is not None and is_readable:
        checked = check.check(
            _sound_rows(reading),
            known_as.mapping,
            store_knows,
            today=today,
            who=who,
            choices=seen.choices,
            dropped=seen.dropped,
        )
        problems += _without_echo(checked.problems, seen.finding)
        stopped = any(problem.blocking for problem in problems)
        if not stopped and not any(table.height for table in checked.tables.values()):
            problems.append(Problem("nothing_left", sheet=reading.sheet))
    if known_as.mapping is not None and not explains:
        # Also what no contract needs: a mapping is known by its columns, and a file that lacks one
        # of them is another file, whoever asked for the mapping.
        told = {problem.expected for problem in problems if problem.code == "missing_column"}
        lacking = [name for name in known_as.missing_columns if name not in told]
        if not any(problem.blocking for problem in reading.problems):
            problems += [Problem("missing_column", expected=name) for name in lacking]
    safe = tuple(
        sorted(
            (guard.without_traces(problem) for problem in dict.fromkeys(problems)),
            key=lambda problem: (not problem.blocking, problem.line or 0),
        )
    )
    return Intake(
        name=reading.name,
        size=seen.size,
        sha256=seen.sha256,
        reading=dataclasses.replace(reading, problems=()),
        recognition=known_as,
        problems=safe,
        dropped_columns=seen.dropped,
        constants=said_of.constants(known_as, seen.choices),
        checked=None if checked is None else dataclasses.replace(checked, problems=safe),
        is_part=seen.is_part,
        _is_clean=seen.finding.is_clean and seen.dropped == seen.finding.dropped,
        _seen=seen,
    )


def _kept(reading: Reading, mapping: Mapping | None) -> list[Kept]:
    """The columns that are kept, and how they are looked at."""
    if mapping is None:
        # Not known yet: what a person needs to see to say what it is, and no more.
        shown = [name for name in reading.columns if not guard.may_hold_persons(name)]
        return [Kept(name, is_text=True) for name in shown]
    columns: dict[str, Kept] = {}
    for one in mapping.gives:
        held = contract.load(one.kind)
        for name, source in one.columns.items():
            column = held.column(name)
            # Keys and references are numbers of tools, and a share has decimals; eight digits of
            # anything else are a telephone in the wrong column.
            is_id = name in held.key or column.refers_to is not None
            is_text = not is_id and column.type != "number"
            names = {fold(heading) for heading in column.headings}
            for looked_at in source.columns:
                heading = mapping.find(looked_at, reading.columns)
                if heading is not None:
                    before = columns.get(heading, Kept(heading, False))
                    # Asana calls what an action is about its name.
                    is_title = (one.kind, name) == ("actions", "title")
                    allowed = before.may_say_who or is_title or fold(heading) in names
                    columns[heading] = Kept(heading, before.is_text or is_text, allowed)
    for looked_at in mapping.looks_at():
        heading = mapping.find(looked_at, reading.columns)
        if heading is not None and heading not in columns:
            columns[heading] = Kept(heading, is_text=True)
    if any(problem.code in ("ragged_rows", "mended_rows") for problem in reading.problems):
        # What stands beyond the headings belongs to rows that are to be mended, not cut.
        for name in reading.columns:
            if mending.is_beyond_headings(name):
                columns.setdefault(name, Kept(name, is_text=True))
    return list(columns.values())


def _sound_rows(reading: Reading) -> Reading:
    """The rows whose cells stand where they belong: the others have one problem, not many."""
    unsound = {
        line
        for problem in reading.problems
        if problem.code in ("ragged_rows", "mended_rows", "formula_without_value")
        for line in problem.lines
    }
    if not unsound:
        return reading
    keep = ~reading.lines.is_in(sorted(unsound))
    return dataclasses.replace(
        reading, cells=reading.cells.filter(keep), lines=reading.lines.filter(keep)
    )


def _without_echo(problems: Sequence[Problem], finding: GuardFinding) -> list[Problem]:
    """The problems without "empty" for cells that the guard itself emptied."""
    heard = []
    for problem in problems:
        if problem.code == "missing_value" and problem.column is not None:
            lines = tuple(
                line for line in problem.lines if (problem.column, line) not in finding.emptied
            )
            if not lines:
                continue
            problem = dataclasses.replace(problem, line=lines[0], lines=lines)
        heard.append(problem)
    return heard
