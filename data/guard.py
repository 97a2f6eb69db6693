"""Personal data in an upload: found, refused or dropped, said by place, and never repeated."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from data import contract
from data.contract import fold
from data.layout import LeftOut
from data.personal import (
    BETWEEN,
    CODES,
    holds_personal_data,
    kinds_of,
    may_hold_persons,
    says_who,
)
from data.problems import Problem, about_columns, at_lines
from data.read import Reading

__all__ = [
    "GuardFinding",
    "Kept",
    "file_name",
    "guard",
    "holds_personal_data",
    "may_hold_persons",
    "says_who",
    "without_hits",
    "without_traces",
]

# -- columns -----------------------------------------------------------------------------------

# A quick look at whole columns; what it lets through is looked at properly, text by text.
_MAY_BE_NUMBER = (
    rf"[0-9](?:{BETWEEN}[0-9]){{10,}}|[0-9][.,][0-9]{{5,12}}[eE]\+?[0-9]"
    r"|[0-9](?:,[0-9]{3}){3}|^\s*[0-9]{10}(?:[.,]0+)?\s*$"
)
_MAY_BE_PHONE = r"(?:\+|[0-9])(?:[ \-.()/]{0,3}[0-9]){7,}"
_MAY_BE_INTERNATIONAL = r"\+[ (]?[0-9]|00 ?47"
_OF_31 = "(?:0?[1-9]|[12][0-9]|3[01])"
_IS_DATED = (
    rf"^\s*(?:(?:19|20)[0-9]{{2}}[./-]{_OF_31}[./-]{_OF_31}"
    rf"|{_OF_31}[./-]{_OF_31}[./-](?:[0-9]{{4}}|[0-9]{{2}}))"
    r"(?:[T ,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?)?"
    r"\s*(?:[AaPp][Mm]|Z|[+-][0-9]{2}:?[0-9]{2})?\s*$"
)
"""A cell that is a day, or a moment, and nothing else: no telephone is written so."""

_ODD = r"[^\x00-\x7f\x{c0}-\x{24f}\x{2018}-\x{2021}\x{2026}\x{20ac}]"
"""A sign that is neither a usual letter nor a usual quotation mark, and may be a digit in disguise,
or stand unseen between two."""

_LEAST_BYTES = 6
"""What is shorter holds nobody."""


def hits(cells: pl.Series, *, phones: bool) -> dict[str, pl.Series]:
    """By code, which cells of a column hold personal data (Boolean, no nulls); only codes found.

    Args:
        phones: Whether eight digits may be a telephone here; with a country code they always are.
    """
    # Most columns of an export are codes too short to hold anybody.
    length = cells.str.len_bytes()
    longest = length.max()
    if not isinstance(longest, int) or longest < _LEAST_BYTES:
        return {}
    suspects = cells.filter(length >= _LEAST_BYTES).unique()
    odd = suspects.filter(suspects.str.contains(_ODD))
    form = _MAY_BE_PHONE if phones else _MAY_BE_INTERNATIONAL
    may_be_phone = suspects.filter(suspects.str.contains(form))
    looked_at = pl.concat(
        [
            odd,
            suspects.filter(suspects.str.contains("@", literal=True)),
            suspects.filter(suspects.str.contains(_MAY_BE_NUMBER)),
            may_be_phone.filter(~may_be_phone.str.contains(_IS_DATED)),
        ]
    ).unique()
    guilty: dict[str, list[str]] = {}
    for text in looked_at.to_list():
        for code in kinds_of(text, phones=phones):
            guilty.setdefault(code, []).append(text)
    return {code: cells.is_in(guilty[code]).fill_null(False) for code in CODES if code in guilty}


# -- a reading ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class GuardFinding:
    """What the guard found, by place and never by value.

    Attributes:
        dropped: Headings of the columns that are not kept.
        hits: How many cells of kept columns hold personal data.
        reading: What may go on: only kept columns, hits empty, nothing personal in any text.
        emptied: (heading, line) of every cell that was emptied.
        is_clean: Nothing personal anywhere and nothing dropped, so the bytes may be kept.
    """

    dropped: tuple[str, ...]
    problems: tuple[Problem, ...]
    hits: int
    reading: Reading = field(repr=False)
    emptied: frozenset[tuple[str, int]] = field(default=frozenset(), repr=False)
    is_clean: bool = False


@dataclass(frozen=True)
class Kept:
    """A column that is kept: its heading, and how its cells are looked at.

    Attributes:
        is_text: Eight digits are no id here, so telephone numbers are looked for. In keys and
            references they may be: phonenumbers takes 57 % of random 8-digit numbers for
            telephones.
        may_say_who: The contract itself calls the column by such a heading (a service's name).
    """

    heading: str
    is_text: bool
    may_say_who: bool = False


def guard(
    reading: Reading,
    kept: Iterable[Kept],
    *,
    personal: Collection[str] = (),
    harmless: Collection[str] = (),
) -> GuardFinding:
    """Look for personal data in a table and take away whatever may not go on.

    A hit in a kept column refuses the file; one in a column that is not kept, in a hidden sheet or
    in a row that was left out is dropped and said.

    Args:
        kept: The columns that somebody wants; all others are dropped here.
        personal: Folded headings that a mapping says may hold personal data.
        harmless: Folded headings that a mapping says hold none, so that a heading like "Bucket
            Name" is not taken for a person's.
    """
    columns = {one.heading: one for one in kept if one.heading in reading.columns}
    named = names_shown(reading)
    problems: list[Problem] = []
    emptied: set[tuple[str, int]] = set()
    cells: list[pl.Series] = []
    withheld: list[str] = []
    sheet = named.sheet(reading.sheet)
    for heading in reading.columns:
        shown = named.columns[heading]
        if shown != heading:
            problems.append(
                Problem("personal_heading", line=reading.heading_row, column=shown, sheet=sheet)
            )
        if heading not in columns:
            problems += _not_kept(reading, heading, shown, sheet)
            word = fold(heading)
            if word in personal or (may_hold_persons(heading) and word not in harmless):
                withheld.append(shown)
            continue
        column = columns[heading]
        if says_who(heading) and not column.may_say_who:
            problems.append(Problem("personal_column", column=shown, sheet=sheet))
        values = reading.cells[heading]
        for code, mask in hits(values, phones=column.is_text).items():
            lines = reading.lines.filter(mask).to_list()
            problems.append(at_lines(code, lines, column=shown, sheet=sheet))
            emptied |= {(shown, line) for line in lines}
            values = values.set(mask, None)
        cells.append(values.alias(shown))
    problems += about_columns("dropped_column", withheld, sheet=sheet)
    problems += _elsewhere(reading, named)
    may_pass = without_hits(dataclasses.replace(reading, cells=pl.DataFrame(cells)), columns)
    if may_pass.name != reading.name:
        problems.append(Problem("personal_file_name"))
    dropped = tuple(named.columns[name] for name in reading.columns if name not in columns)
    return GuardFinding(
        dropped,
        tuple(problems),
        len(emptied),
        may_pass,
        frozenset(emptied),
        is_clean=not dropped and not problems,
    )


def _not_kept(reading: Reading, heading: str, shown: str, sheet: str | None) -> list[Problem]:
    masks = list(hits(reading.cells[heading], phones=False).values())
    if not masks:
        return []
    lines = reading.lines.filter(_any(masks)).to_list()
    return [at_lines("dropped_personal_data", lines, column=shown, sheet=sheet)]


def _any(masks: list[pl.Series]) -> pl.Series:
    together = masks[0]
    for mask in masks[1:]:
        together = together | mask
    return together


def _elsewhere(reading: Reading, named: Named) -> list[Problem]:
    """Personal data in rows that were left out, in names of sheets, and in the other sheets."""
    problems = []
    lines = [one.line for one in reading.left_out if holds_personal_data(one.text)]
    if lines:
        problems.append(at_lines("dropped_personal_data", lines, sheet=named.sheet(reading.sheet)))
    by_sheet: dict[str | None, set[int]] = {shown: set() for shown in named.sheets.values()}
    for other in reading.other_sheets:
        cells = [(line, cell) for line, row in other.rows for cell in row if cell]
        masks = hits(pl.Series([cell for _, cell in cells], dtype=pl.String), phones=False)
        if masks:
            found = _any(list(masks.values())).arg_true().to_list()
            shown = named.sheet(other.seen.name)
            by_sheet.setdefault(shown, set()).update(cells[place][0] for place in found)
    problems += [
        at_lines("dropped_personal_data", lines, sheet=shown) for shown, lines in by_sheet.items()
    ]
    return problems


# -- without a trace ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """What columns and sheets are called where people see it.

    Attributes:
        columns: Every heading, by its number ("#3") where it holds personal data.
        sheets: Only the sheets whose names hold personal data, by their numbers.
    """

    columns: Mapping[str, str]
    sheets: Mapping[str, str]

    def sheet(self, name: str | None) -> str | None:
        """What a sheet is called."""
        return None if name is None else self.sheets.get(name, name)


def names_shown(reading: Reading) -> Named:
    """What the columns and sheets of a reading are called where people see it."""
    columns: dict[str, str] = {}
    for number, heading in enumerate(reading.columns, start=1):
        shown = heading
        if holds_personal_data(heading):
            shown = f"#{number}"
            while shown in reading.columns:  # a column without a heading is called so already
                shown = f"#{shown}"
        columns[heading] = shown
    sheets = {
        sheet.name: f"#{number}"
        for number, sheet in enumerate(reading.sheets, start=1)
        if holds_personal_data(sheet.name)
    }
    return Named(columns, sheets)


def without_hits(reading: Reading, keep: Collection[str] | None = None) -> Reading:
    """The reading with nothing personal left in any text that it carries along beside its cells.

    Args:
        reading: Its cells may be fewer columns than its headings.
        keep: The headings that go on; all of them by default.
    """
    named = names_shown(reading)
    headings = [name for name in reading.columns if keep is None or name in keep]
    names = tuple(named.columns[heading] for heading in headings)
    texts = dict(zip(reading.columns, reading.texts, strict=False))
    cells = reading.cells
    if keep is None:
        cells = cells.rename({old: new for old, new in named.columns.items() if old != new})
    return dataclasses.replace(
        reading,
        name=file_name(reading.name),
        sheet=named.sheet(reading.sheet),
        sheets=tuple(
            dataclasses.replace(one, name=named.sheets.get(one.name, one.name))
            for one in reading.sheets
        ),
        columns=names,
        texts=tuple(
            "" if holds_personal_data(texts.get(heading, "")) else texts.get(heading, "")
            for heading in headings
            if reading.texts
        ),
        cells=cells,
        left_out=tuple(
            LeftOut(one.line, one.why) if holds_personal_data(one.text) else one
            for one in reading.left_out
        ),
        other_sheets=(),
        problems=tuple(without_traces(problem, named) for problem in reading.problems),
    )


def file_name(name: str) -> str:
    """A file's name for the ledger: without personal data, else only its ending."""
    if not holds_personal_data(name):
        return name
    ending = name[name.rfind(".") :] if "." in name else ""
    return "" if holds_personal_data(ending) else f"…{ending}"


WITHHELD = "…"
"""Stands for a text that holds personal data, among others that hold none."""


def without_traces(problem: Problem, named: Named | None = None) -> Problem:
    """The problem without any text in it that holds personal data.

    The last net: what a message quotes comes from cells and headings, and those that are dropped or
    refused may be quoted by somebody who did not know. A value that is refused for another reason
    is then refused for being somebody's, so that a sentence says what is wrong with it.

    Args:
        named: What columns and sheets with such names are called instead.
    """
    names = {} if named is None else {**named.columns, **named.sheets}
    phones = not _may_be_an_id(problem)

    def shown(text: str | None) -> str | None:
        if text is None or not holds_personal_data(text, phones=phones):
            return text
        parts = [names.get(part, part) for part in text.split("; ")]
        safe = "; ".join(
            WITHHELD if holds_personal_data(part, phones=phones) else part for part in parts
        )
        return WITHHELD if holds_personal_data(safe, phones=phones) else safe

    fields = ("column", "found", "expected", "nearest", "sheet", "file")
    texts: dict[str, Any] = {name: shown(getattr(problem, name)) for name in fields}
    kinds = kinds_of(problem.found or "", phones=phones)
    if kinds and texts["found"] == WITHHELD and problem.blocking and problem.lines:
        place = {"column": texts["column"], "sheet": texts["sheet"]}
        return at_lines(kinds[0], problem.lines, **place)
    return dataclasses.replace(problem, **texts)


def _may_be_an_id(problem: Problem) -> bool:
    """Whether a problem quotes a key or a reference, which eight digits may be."""
    if problem.kind is None or problem.field is None:
        return False
    held = contract.load(problem.kind)
    if problem.field not in held.column_names:
        return False
    return problem.field in held.key or held.column(problem.field).refers_to is not None
