"""Words that the steps of an upload share: kinds, places, months, encodings, separators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from data import contract
from data.people import Person
from data.settings import OSLO
from pages.parts import pickers
from pages.text import date_and_time, in_quotes, language, later, listed, month, plural, say

ENCODINGS = {
    "utf-8": later("UTF-8"),
    "utf-8-sig": later("UTF-8 with a mark (BOM)"),
    "windows-1252": later("Windows-1252"),
    "utf-16-le": later("UTF-16"),
    "utf-16-be": later("UTF-16 (big end first)"),
    "iso-8859-1": later("ISO 8859-1"),
    "cp865": later("MS-DOS, Nordic"),
    "mac_roman": later("old Macintosh"),
}

DELIMITERS = {
    ";": later("semicolon ( ; )"),
    ",": later("comma ( , )"),
    "\t": later("tab"),
    "|": later("vertical bar ( | )"),
}

DATES = {
    "dmy": later("the day first, as 31/12/2026"),
    "mdy": later("the month first, as 12/31/2026"),
}

DATES_READ = {
    "dmy": later("the day first, as 31.12.2026"),
    "mdy": later("the month first, as 12/31/2026"),
}

TOOLS = {
    "surveyxact": "SurveyXact",
    "forms": "Microsoft Forms",
    "planner": "Microsoft Planner",
    "nettskjema": "Nettskjema",
    "google": "Google Forms",
    "limesurvey": "LimeSurvey",
    "surveymonkey": "SurveyMonkey",
    "qualtrics": "Qualtrics",
    "typeform": "Typeform",
    "redcap": "REDCap",
    "jira": "Jira",
    "trello": "Trello",
    "asana": "Asana",
}
"""Names of tools; one that is not here is called by its mapping alone."""


def encoding(code: str) -> str:
    """What an encoding is called."""
    return say(ENCODINGS.get(code, code))


def delimiter(sign: str) -> str:
    """What a separator is called."""
    return say(DELIMITERS[sign]) if sign in DELIMITERS else in_quotes(sign)


def kind(code: str) -> str:
    """A kind of file, as the name of a thing: "Tiltak"."""
    return contract.load(code).name[language()]


def kinds(codes: Iterable[str]) -> str:
    """Several kinds inside a sentence, in the order they refer to each other."""
    given = set(codes)
    return listed([kind(code).lower() for code in contract.all_kinds() if code in given])


def rows(count: int) -> str:
    """So many rows."""
    return plural("{n} row", "{n} rows", count)


def places(numbers: Iterable[str], names: Mapping[str, str]) -> str:
    """Municipalities in a sentence, in the order of their names."""
    numbers = set(numbers)
    if names and numbers == set(names) and len(numbers) > 2:
        return say("all the municipalities")
    # In the order that the names are given in, which is that of the alphabet.
    known = [names[number] for number in names if number in numbers]
    return listed([*known, *sorted(numbers - set(names))])


def span(first: dt.date, last: dt.date) -> str:
    """A stretch of months: "oktober 2026", "mai–oktober 2026", "mai 2025–oktober 2026"."""
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    start = month(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"{start}–{month(last)}"


def spans(months: Iterable[dt.date]) -> str:
    """Months in a sentence, those after each other as one stretch."""
    stretches: list[list[dt.date]] = []
    for one in sorted(set(months)):
        if stretches and (stretches[-1][-1] + dt.timedelta(days=31)).replace(day=1) == one:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return listed([span(stretch[0], stretch[-1]) for stretch in stretches])


def covers(covered: Iterable[tuple[str, str, dt.date]], names: Mapping[str, str]) -> str:
    """What a file covers, in one line: "Ringebu, mai–oktober 2026"."""
    covered = tuple(covered)
    if not covered:
        return ""
    where = places((place for _, place, _ in covered), names)
    return f"{where}, {spans(one for _, _, one in covered)}"


def when(moment: dt.datetime) -> str:
    """A stored moment (UTC) on the clock of Norway."""
    return date_and_time(moment.replace(tzinfo=dt.UTC).astimezone(OSLO))


def who(name: str, role: str, names: Mapping[str, str]) -> str:
    """Who did something, with the role the ledger keeps as "coordinator:3439"."""
    code, _, municipality = role.partition(":")
    return f"{name}, {pickers.role(Person(name, code, municipality or None), names)}"


def quoted(texts: Sequence[str]) -> str:
    """Headings in a sentence."""
    return listed([in_quotes(text) for text in texts])
