"""Personal data in an upload: found, refused or dropped, said by place, and never repeated."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from data import packed
from data.contract import fold
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
from data.traces import (
    WITHHELD,
    Named,
    file_name,
    names_shown,
    without_hits,
    without_traces,
)

__all__ = [
    "GuardFinding",
    "Kept",
    "file_name",
    "guard",
    "holds_personal_data",
    "may_hold_persons",
    "says_who",
    "typed_values",
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

_LEAST_BYTES, _LEAST_PHONE, _LEAST_NUMBER = 6, 8, 10
"""What is shorter holds nobody, no telephone, no identity number."""


def hits(cells: pl.Series, *, phones: bool) -> dict[str, pl.Series]:
    """By code, which cells of a column hold personal data (Boolean, no nulls); only codes found.

    Args:
        phones: Whether eight digits may be a telephone here; with a country code they always are.
    """
    column, cells = cells, packed.different(cells)
    # Most columns of an export are codes too short to hold anybody.
    length = cells.str.len_bytes()
    longest = length.max()
    if not isinstance(longest, int) or longest < _LEAST_BYTES:
        return {}
    # A form takes longer to look for than equal cells to put together; a sign does not.
    odd = cells.filter(length > cells.str.len_chars()).unique()
    long = cells.filter(length >= _LEAST_NUMBER).unique()
    if phones:
        called = cells.filter(length >= _LEAST_PHONE).unique()
        called = called.filter(called.str.contains(_MAY_BE_PHONE))
    else:
        called = cells.filter(cells.str.contains_any(["+", "0047", "00 47"])).unique()
    looked_at = pl.concat(
        [
            odd.filter(odd.str.contains(_ODD)),
            cells.filter(cells.str.contains("@", literal=True)),
            long.filter(long.str.contains(_MAY_BE_NUMBER)),
            called.filter(~called.str.contains(_IS_DATED)),
        ]
    ).unique()
    guilty: dict[str, list[str]] = {}
    for text in looked_at.to_list():
        for code in kinds_of(text, phones=phones):
            guilty.setdefault(code, []).append(text)
    return {code: column.is_in(guilty[code]).fill_null(False) for code in CODES if code in guilty}


SMALL_TABLE = 20_000
"""Rows up to which all columns are looked at in one question. Each question costs the same however
few cells it is about, and the files of a month are a handful of questions for each column; a large
table is looked at column by column, since its packed columns would all be unpacked at once."""


def suspected(cells: pl.DataFrame, phones: Collection[str]) -> frozenset[str]:
    """The columns of a small table that may hold somebody; of the others `hits` finds nothing.

    Args:
        phones: The columns in which eight digits may be a telephone.
    """
    headings = cells.columns
    if cells.height > SMALL_TABLE or not headings:
        return frozenset(headings)
    table = packed.plain_table(cells)
    # By number: a heading is somebody's text, and some texts mean several columns to Polars.
    table.columns = [str(number) for number in range(len(headings))]
    found = table.select(
        _may_hold(str(number), phones=heading in phones) for number, heading in enumerate(headings)
    ).row(0)
    return frozenset(heading for heading, may in zip(headings, found, strict=True) if may)


def _may_hold(column: str, *, phones: bool) -> pl.Expr:
    """Whether there is any cell that `hits` would look at properly."""
    cells = pl.col(column)
    length = cells.str.len_bytes()
    if phones:
        is_called = (length >= _LEAST_PHONE) & cells.str.contains(_MAY_BE_PHONE)
    else:
        is_called = cells.str.contains_any(["+", "0047", "00 47"])
    is_looked_at = (
        ((length > cells.str.len_chars()) & cells.str.contains(_ODD))
        | cells.str.contains("@", literal=True)
        | ((length >= _LEAST_NUMBER) & cells.str.contains(_MAY_BE_NUMBER))
        | (is_called & ~cells.str.contains(_IS_DATED))
    )
    return is_looked_at.any()


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
    phones = {heading for heading, column in columns.items() if column.is_text}
    looked_at = suspected(reading.cells, phones)
    for heading in reading.columns:
        shown = named.columns[heading]
        if shown != heading:
            problems.append(
                Problem("personal_heading", line=reading.heading_row, column=shown, sheet=sheet)
            )
        if heading not in columns:
            if heading in looked_at:
                problems += _not_kept(reading, heading, shown, sheet)
            word = fold(heading)
            if word in personal or (may_hold_persons(heading) and word not in harmless):
                withheld.append(shown)
            continue
        column = columns[heading]
        if says_who(heading) and not column.may_say_who:
            problems.append(Problem("personal_column", column=shown, sheet=sheet))
        values = reading.cells[heading]
        found = hits(values, phones=column.is_text) if heading in looked_at else {}
        for code, mask in found.items():
            lines = reading.lines.filter(mask).to_list()
            problems.append(at_lines(code, lines, column=shown, sheet=sheet))
            emptied |= {(shown, line) for line in lines}
            # Packed cells would keep the text that none of them is any more.
            values = packed.plain(values).set(mask, None)
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


def typed_values(
    typed: Mapping[str, str], ids: Collection[str]
) -> tuple[dict[str, str], list[Problem]]:
    """What the uploader typed for the whole file: what may go on, and what is refused.

    Args:
        typed: By the name of the value.
        ids: The names of values that are keys or references, which eight digits may be.
    """
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in typed.items():
        kinds = kinds_of(value, phones=name not in ids)
        if not kinds and not holds_personal_data(name):
            kept[name] = value
        shown = WITHHELD if holds_personal_data(name) else name
        problems += [Problem(kind, column=shown) for kind in kinds]
    return kept, problems
