"""A file comes in: read, recognised, guarded and checked, for the page and the terminal alike."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from data import check, contract, example, guard, meant, mending, recognise
from data.check import Checked
from data.codebook import is_codebook
from data.contract import fold
from data.coverage import Coverage
from data.guard import GuardFinding, Kept
from data.known import Known
from data.layout import LeftOut
from data.mapping import Mapping
from data.meant import ALONE, Beside
from data.people import Person
from data.problems import Problem, about_columns
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
) -> Intake:
    """Everything about a file; stores nothing, and never raises for a bad file.

    Args:
        mappings: Those saved in the store first, then the shipped ones.
        beside: What came along with the file, and what somebody has corrected.
        mapping_name: A mapping or a kind of file that the uploader asks for.
        limits: What is too big.
    """
    if mapping_name is not None:
        beside = dataclasses.replace(beside, mapping_name=mapping_name)
    if who.municipality is not None:
        # A coordinator's file without a municipality is the coordinator's own; the receipt says so.
        values = {"municipality": who.municipality, **choices.values}
        choices = dataclasses.replace(choices, values=values)
    tables = meant.tables(raw, name, choices, limits, beside)
    lists_to_mend = {table.sheet for table in tables if mending.is_list(table)}
    found, known_as = meant.meant(tables, mappings, beside)
    known_as = _with_words(_without_known_wave(known_as, choices, store_knows), choices)
    mapping = known_as.mapping
    values, of_values = guard.typed_values(choices.values, _ids_asked_for(mapping))
    choices = dataclasses.replace(choices, values=values)
    finding = guard.guard(
        found,
        _kept(found, mapping),
        personal=frozenset(map(fold, mapping.drop)) if mapping else (),
        harmless=frozenset(map(fold, mapping.leave_out)) if mapping else (),
    )
    reading = finding.reading
    if mapping is not None and known_as.why == "headings" and len(mapping.kinds) == 1:
        held = contract.load(mapping.kinds[0])
        reading = example.without_example(reading, held, choices.put_back)
    of_recognition = _of_recognition(found, known_as, beside.mapping_name, reading.sheet)
    explains = any(problem.code == "codebook" for problem in of_recognition)
    seen = _Seen(
        reading,
        # What a codebook is explains its headings: to ask for another row of them would mislead.
        tuple(one for one in reading.problems if not (explains and one.code == "no_headings")),
        finding,
        finding.dropped,
        len(raw),
        hashlib.sha256(raw).hexdigest(),
        found.sheet in lists_to_mend,
        choices,
        beside,
    )
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
    known_as = _with_words(_without_known_wave(known_as, choices, store_knows), choices)
    values, of_values = guard.typed_values(choices.values, _ids_asked_for(known_as.mapping))
    choices = dataclasses.replace(choices, values=values)
    seen = dataclasses.replace(seen, choices=choices, beside=beside)
    said = (*_of_recognition(seen.reading, known_as, None, seen.reading.sheet), *of_values)
    return _judged(seen, known_as, (*said, *seen.finding.problems), store_knows, who, today)


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
    known_as = _without_traces(known_as)
    explains = any(problem.code == "codebook" for problem in said)
    problems = [*seen.of_reading, *said]
    checked = None
    if known_as.mapping is not None and reading.cells.height and not _is_unreadable(reading):
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
        constants=_constants(known_as, seen.choices),
        checked=None if checked is None else dataclasses.replace(checked, problems=safe),
        is_part=seen.is_part,
        _is_clean=seen.finding.is_clean and seen.dropped == seen.finding.dropped,
        _seen=seen,
    )


def _without_known_wave(known_as: Recognition, choices: Choices, known: Known) -> Recognition:
    """The recognition without the wave itself, where the uploader names one that is known: what is
    stored of it is not said anew with every file of its answers."""
    mapping = known_as.mapping
    wave = choices.values.get("wave_id")
    if mapping is None or wave not in known.waves:
        return known_as
    given = tuple(
        one
        for one in mapping.gives
        if one.kind != "survey_waves" or one.columns["wave_id"].asked_for != ("wave_id",)
    )
    return dataclasses.replace(known_as, mapping=dataclasses.replace(mapping, gives=given))


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


def word_for(kind: str, column: str, text: str) -> str:
    """The name under which somebody says what a text in a column of codes means."""
    return f"{kind}.{column}:{text}"


def _with_words(known_as: Recognition, choices: Choices) -> Recognition:
    """The recognition with what was said of texts that its mapping does not know.

    A board of somebody's own has lists of its own ("Ideer"): what they are is said once, and saved
    with the mapping.
    """
    mapping = known_as.mapping
    if mapping is None or known_as.why == "headings":
        return known_as
    said = {name.partition(":")[0] for name in choices.values if ":" in name}
    given = []
    for one in mapping.gives:
        columns = dict(one.columns)
        for name, source in one.columns.items():
            start = word_for(one.kind, name, "")
            if start.removesuffix(":") in said:
                more = {
                    text.removeprefix(start): code
                    for text, code in choices.values.items()
                    if text.startswith(start) and code
                }
                columns[name] = dataclasses.replace(source, words={**source.words, **more})
        given.append(dataclasses.replace(one, columns=columns))
    if tuple(given) == mapping.gives:
        return known_as
    return dataclasses.replace(known_as, mapping=dataclasses.replace(mapping, gives=tuple(given)))


def _ids_asked_for(mapping: Mapping | None) -> frozenset[str]:
    """The values that a mapping asks for and that are keys or references."""
    return frozenset(
        source.of
        for one in (mapping.gives if mapping else ())
        for name, source in one.columns.items()
        if name in contract.load(one.kind).key
        or contract.load(one.kind).column(name).refers_to is not None
    )


def _of_recognition(
    reading: Reading, known_as: Recognition, asked_for: str | None, sheet: str | None
) -> list[Problem]:
    codes = {problem.code for problem in reading.problems}
    fits = known_as.mapping is not None and not known_as.missing_columns
    if not fits and is_codebook(reading):
        return [Problem("codebook", sheet=sheet)]
    if (reading.is_blocked and not reading.columns) or codes & (_DOUBTS | {"no_headings"}):
        return []
    if known_as.mapping is None:
        if asked_for is not None:
            expected = "; ".join(known_as.candidates)
            return [Problem("unknown_mapping", found=asked_for, expected=expected)]
        if len(known_as.candidates) > 1:
            return [Problem("several_layouts", expected="; ".join(known_as.candidates))]
        nearest = known_as.candidates[0] if known_as.candidates else None
        found = "; ".join(reading.columns[:8])
        return [Problem("unknown_layout", found=found, nearest=nearest, sheet=sheet)]
    problems = _of_proposal(known_as, sheet)
    for name, headings in known_as.unsure:
        several, kind = "; ".join(headings), known_as.kind
        problems.append(
            Problem("unsure_column", expected=several, sheet=sheet, kind=kind, field=name)
        )
    # What may hold persons is said by the guard, in its own words.
    unknown = [
        name
        for name in known_as.unknown_columns
        if not guard.may_hold_persons(name)
        and not ("ragged_rows" in codes and name.startswith("#"))
    ]
    return [*problems, *about_columns("unknown_column", unknown, sheet=sheet)]


def _of_proposal(known_as: Recognition, sheet: str | None) -> list[Problem]:
    """That somebody must confirm the proposal, and what is to be known of it before."""
    if known_as.proposal is None:
        return []
    problems = [Problem("proposed_mapping", found=known_as.tool, sheet=sheet)]
    nearly = known_as.nearly
    if nearly is not None:
        new, gone = (
            "; ".join(one for one in columns if not guard.may_hold_persons(one)) or None
            for columns in (nearly.new, nearly.gone)
        )
        problems.append(Problem("changed_mapping", nearest=nearly.name, found=new, expected=gone))
    if known_as.proposal.lacks_texts:
        problems.append(Problem("codes_without_texts", sheet=sheet))
    return problems


def _without_traces(known_as: Recognition) -> Recognition:
    return dataclasses.replace(
        known_as,
        unknown_columns=tuple(
            heading
            for heading in known_as.unknown_columns
            if not guard.holds_personal_data(heading)
        ),
    )


_DOUBTS = frozenset(
    {"several_sheets", "unsure_delimiter", "unsure_encoding", "unclosed_quote", "short_headings"}
)


def _is_unreadable(reading: Reading) -> bool:
    """Whether the cells themselves are in doubt, so that judging them would only confuse."""
    return any(problem.code in _DOUBTS for problem in reading.problems)


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


def _constants(known_as: Recognition, choices: Choices) -> dict[str, str]:
    if known_as.mapping is None:
        return {}
    said = {
        f"{one.kind}.{name}": choices.values[source.of]
        for one in known_as.mapping.gives
        for name, source in one.columns.items()
        if source.how == "ask" and choices.values.get(source.of)
    }
    return known_as.mapping.constants() | said
