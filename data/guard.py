"""Personal data in an upload: found, refused or dropped, said by place, and never repeated."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
import polars as pl

from data import parse
from data.contract import fold
from data.layout import LeftOut
from data.problems import Problem, about_columns, at_lines
from data.read import Reading

# -- one text ----------------------------------------------------------------------------------

_BETWEEN = r"[ \-.\u00a0\u00ad\u2009\u200b-\u200d\u202f\u2010-\u2013\u2060\ufeff]"
"""What people and programs put between the digits of a number, seen or unseen."""

# As many as three of them together: "26.11.15 - 94014".
_NUMBER = rf"\d(?:{_BETWEEN}{{0,3}}\d){{10,}}"
_RUN = re.compile(_NUMBER)
_GROUP = re.compile(r"\d+")
_CONTROL_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_CONTROL_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

SERIES_1967 = frozenset({0})
"""Remainders of the first control digit in numbers given out before 2032."""

SERIES_2032 = frozenset({0, 1, 2, 3})
"""Remainders of the first control digit in the series from 2032, which the old one is part of."""


def is_identity_number(text: str) -> bool:
    """Whether a text is a Norwegian identity number: born, D-number or synthetic, either series.

    Eleven digits, with blanks, dots or dashes between them or not; both control digits must fit,
    and the day and month must exist once what marks D-numbers (+40 on the day) and synthetic ones
    (+40, +65, +80 on the month) is taken away. Method: Skatteetaten's rules for the number from
    1967 and for the series from 2032.
    """
    digits = re.sub(_BETWEEN, "", text.strip())
    return control_digits_fit(digits) and _is_a_day(int(digits[:2]), int(digits[2:4]))


def control_digits_fit(digits: str, remainders: Collection[int] = SERIES_2032) -> bool:
    """Whether eleven digits end in the two control digits that the others ask for."""
    if len(digits) != 11 or not digits.isdecimal():  # wide digits are digits too
        return False
    numbers = [int(digit) for digit in digits]
    first = sum(weight * number for weight, number in zip(_CONTROL_1, numbers, strict=False))
    second = sum(weight * number for weight, number in zip(_CONTROL_2, numbers, strict=True))
    return first % 11 in remainders and second % 11 == 0


def _is_a_day(day: int, month: int) -> bool:
    day -= 40 if day > 40 else 0
    for mark in (80, 65, 40):
        if month > mark:
            month -= mark
            break
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def has_identity_number(text: str) -> bool:
    """Whether an identity number stands anywhere in a text, also beside other numbers."""
    for run in _RUN.finditer(text):
        groups = [match.span() for match in _GROUP.finditer(run.group())]
        # A number begins and ends where a group of digits does: eleven digits inside a longer
        # number are no identity number.
        for start in range(len(groups)):
            count = 0
            for end in range(start, len(groups)):
                count += groups[end][1] - groups[end][0]
                if count >= 11:
                    break
            candidate = run.group()[groups[start][0] : groups[end][1]]
            if count == 11 and is_identity_number(candidate):
                return True
    return False


_EMAIL = r"[A-Za-z0-9._%+\-æøåÆØÅ]+@[A-Za-z0-9æøåÆØÅ\-]+(?:\.[A-Za-z0-9æøåÆØÅ\-]+)*\.[A-Za-z]{2,}"
_EMAIL_IN = re.compile(_EMAIL)


def has_email_address(text: str) -> bool:
    """Whether an e-mail address stands anywhere in a text."""
    return _EMAIL_IN.search(text) is not None


def has_phone_number(text: str) -> bool:
    """Whether a telephone number, Norwegian or with a country code, stands anywhere in a text.

    A date is none, although phonenumbers takes "2026-10-12" for one.
    """
    return any(
        not parse.MOMENT.fullmatch(match.raw_string.strip())
        for match in phonenumbers.PhoneNumberMatcher(text, "NO")
    )


# -- columns -----------------------------------------------------------------------------------

# A quick look at whole columns; what it lets through is looked at properly, text by text.
_MAY_BE_PHONE = r"(?:\+|\d)(?:[ \-.()/\u00a0\u202f]{0,3}\d){7,}"

_TESTS: tuple[tuple[str, str, int, Callable[[str], bool]], ...] = (
    ("identity_number", _NUMBER, 11, has_identity_number),
    ("email_address", "@", 6, has_email_address),
    ("phone_number", _MAY_BE_PHONE, 8, has_phone_number),
)


def hits(cells: pl.Series, *, phones: bool) -> dict[str, pl.Series]:
    """By code, which cells of a column hold personal data (Boolean, no nulls); only codes found."""
    found: dict[str, pl.Series] = {}
    length = cells.str.len_bytes()
    longest = length.max()
    # Most columns of an export are codes too short to hold anybody.
    if not isinstance(longest, int) or longest < min(shortest for _, _, shortest, _ in _TESTS):
        return found
    for code, pattern, shortest, test in _TESTS:
        if code == "phone_number" and not phones:
            continue
        suspects = cells.filter(length >= shortest)
        if len(pattern) > 1:  # a form takes longer to look for than equal cells to put together
            suspects = suspects.unique()
        suspects = suspects.filter(suspects.str.contains(pattern).fill_null(False)).unique()
        guilty = [text for text in suspects.to_list() if test(text)]
        if guilty:
            found[code] = cells.is_in(guilty).fill_null(False)
    return found


def holds_personal_data(text: str, *, phones: bool = True) -> bool:
    """Whether a text holds an identity number, an e-mail address or a telephone number."""
    return any(
        test(text)
        for code, pattern, _, test in _TESTS
        if (phones or code != "phone_number") and re.search(pattern, text)
    )


# Headings that say that a column holds who somebody is, as words of the heading.
_WHO = frozenset(
    {
        "navn", "namn", "fornavn", "fornamn", "etternavn", "etternamn", "name", "firstname",
        "lastname", "fullname", "epost", "epostadresse", "mail", "email", "emailaddress",
        "telefon", "telefonnummer", "tlf", "mobil", "mobilnummer", "mobiltelefon", "phone",
        "phonenumber", "adresse", "address", "ip", "ipaddress", "ipadresse", "fodselsdato",
        "fodselsdag", "fodselsnummer", "personnummer", "fnr", "dnummer", "birthdate", "birthday",
        "dob", "brukernavn", "brukarnamn", "username", "assignee", "reporter", "latitude",
        "longitude", "locationlatitude", "locationlongitude", "recipientlastname",
        "recipientfirstname", "recipientemail",
    }
)  # fmt: skip
# Headings as a whole, where a single word of them says nothing.
_WHO_WHOLE = frozenset(
    {
        "assignedto", "tilordnet", "tilordnettil", "tildelt", "tildelttil", "tildeltil",
        "createdby", "opprettetav", "opprettaav", "completedby", "fullfortav", "kontaktperson",
        "saksbehandler", "saksbehandlar", "ansvarlig", "ansvarleg", "dateofbirth", "members",
    }
)  # fmt: skip
# Headings of what people write in their own words.
_FREE_TEXT = frozenset(
    {
        "kommentar", "kommentarer", "kommentarar", "comment", "comments", "fritekst", "merknad",
        "merknader", "merknadar", "beskrivelse", "skildring", "description", "notat", "notater",
        "notes", "note", "utdyp", "utdjup", "checklist",
    }
)  # fmt: skip


def says_who(heading: str) -> bool:
    """Whether a heading as a whole says that its column holds names, addresses or the like."""
    return fold(heading) in _WHO | _WHO_WHOLE


def may_hold_persons(heading: str) -> bool:
    """Whether a word of a heading says that its column may hold who somebody is, or free text."""
    words = {fold(word) for word in re.split(r"[\s_\-/.,:;()?]+", heading)}
    return says_who(heading) or bool(words & (_WHO | _FREE_TEXT)) or fold(heading) in _FREE_TEXT


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
        is_text: People type it, so telephone numbers are looked for. In keys and codes they are
            not: phonenumbers takes 57 % of random 8-digit numbers for telephones.
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
    problems: list[Problem] = []
    emptied: set[tuple[str, int]] = set()
    cells: list[pl.Series] = []
    withheld: list[str] = []
    sheet = reading.sheet
    for number, heading in enumerate(reading.columns, start=1):
        shown = heading
        if holds_personal_data(heading, phones=False):
            shown = f"#{number}"
            problems.append(Problem("personal_heading", line=reading.heading_row, column=shown))
        if heading not in columns:
            problems += _not_kept(reading, heading, shown)
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
    problems += _elsewhere(reading)
    may_pass = _without_traces(reading, pl.DataFrame(cells), tuple(one.name for one in cells))
    if may_pass.name != reading.name:
        problems.append(Problem("personal_file_name"))
    dropped = tuple(heading for heading in reading.columns if heading not in columns)
    return GuardFinding(
        tuple(
            f"#{reading.columns.index(heading) + 1}"
            if holds_personal_data(heading, phones=False)
            else heading
            for heading in dropped
        ),
        tuple(problems),
        len(emptied),
        may_pass,
        frozenset(emptied),
        is_clean=not dropped and not problems,
    )


def _not_kept(reading: Reading, heading: str, shown: str) -> list[Problem]:
    masks = list(hits(reading.cells[heading], phones=False).values())
    if not masks:
        return []
    lines = reading.lines.filter(_any(masks)).to_list()
    return [at_lines("dropped_personal_data", lines, column=shown, sheet=reading.sheet)]


def _any(masks: list[pl.Series]) -> pl.Series:
    together = masks[0]
    for mask in masks[1:]:
        together = together | mask
    return together


def _elsewhere(reading: Reading) -> list[Problem]:
    """Personal data in rows that were left out and in sheets that are not the table."""
    lines = [one.line for one in reading.left_out if holds_personal_data(one.text)]
    problems = []
    if lines:
        problems.append(at_lines("dropped_personal_data", lines, sheet=reading.sheet))
    for other in reading.other_sheets:
        lines = [
            line
            for line, row in other.rows
            if any(holds_personal_data(cell, phones=False) for cell in row)
        ]
        if lines:
            problems.append(at_lines("dropped_personal_data", lines, sheet=other.seen.name))
    return problems


def _without_traces(reading: Reading, cells: pl.DataFrame, names: tuple[str, ...]) -> Reading:
    """The reading with nothing personal left in any text that it carries along."""
    texts = dict(zip(reading.columns, reading.texts, strict=False))
    return dataclasses.replace(
        reading,
        name=file_name(reading.name),
        columns=names,
        texts=tuple(
            "" if holds_personal_data(texts.get(name, "")) else texts.get(name, "")
            for name in names
            if reading.texts
        ),
        cells=cells,
        left_out=tuple(
            LeftOut(one.line, one.why) if holds_personal_data(one.text) else one
            for one in reading.left_out
        ),
        other_sheets=(),
        problems=tuple(without_traces(problem) for problem in reading.problems),
    )


def file_name(name: str) -> str:
    """A file's name for the ledger: without personal data, else only its ending."""
    if not holds_personal_data(name, phones=False):
        return name
    ending = name[name.rfind(".") :] if "." in name else ""
    return "" if holds_personal_data(ending, phones=False) else f"…{ending}"


def without_traces(problem: Problem) -> Problem:
    """The problem without any text in it that holds personal data.

    The last net: what a message quotes comes from cells and headings, and those that are dropped or
    refused may be quoted by somebody who did not know.
    """
    texts: dict[str, Any] = {
        name: None
        for name in ("column", "found", "expected", "nearest", "sheet", "file")
        if holds_personal_data(getattr(problem, name) or "")
    }
    return dataclasses.replace(problem, **texts) if texts else problem
