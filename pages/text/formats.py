"""Numbers, dates and lists as each language writes them.

The forms are those of CLDR; a test compares every one with Babel. They stand here because loading
Babel's locale data costs a terminal command more than its own work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pages.text.language import current

NO_BREAK = "\u00a0"
"""Keeps the groups of a number, and a number and its per cent sign, on one line."""

WORD_JOINER = "\u2060"
"""Between two signs that would be parted: they stay on one line."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True)
class _Forms:
    decimal: str
    group: str
    minus: str
    percent: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    after_day: str
    clock: str
    last_and: str
    words: tuple[str, ...]
    quotes: tuple[str, str]


_BOKMAL = _Forms(
    decimal=",",
    group=NO_BREAK,
    minus="−",
    percent=NO_BREAK + "%",
    months=_words(
        "januar februar mars april mai juni juli august september oktober november desember"
    ),
    short_months=_words("jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des."),
    after_day=".",
    clock="kl. %H.%M",
    last_and=" og ",
    words=_words("null én to tre fire fem seks sju åtte ni ti elleve tolv"),
    quotes=("«", "»"),
)
_FORMS = {
    "nb": _BOKMAL,
    "nn": replace(
        _BOKMAL, words=_words("null éin to tre fire fem seks sju åtte ni ti elleve tolv")
    ),
    "en": _Forms(
        decimal=".",
        group=",",
        minus="−",
        percent="%",
        months=_words(
            "January February March April May June July August September October November December"
        ),
        short_months=_words("Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"),
        after_day="",
        clock="%H:%M",
        last_and=" and ",
        words=_words("no one two three four five six seven eight nine ten eleven twelve"),
        quotes=("“", "”"),
    ),
}


def _forms() -> _Forms:
    return _FORMS[current.get()]


def number(x: float, decimals: int = 0) -> str:
    """A number with the language's separators: 12 345,6 in Norwegian."""
    forms = _forms()
    text = f"{abs(x):,.{decimals}f}"
    whole, _, rest = text.partition(".")
    shown = whole.replace(",", forms.group) + (forms.decimal + rest if rest else "")
    is_negative = x < 0 and any(digit in shown for digit in "123456789")
    return (forms.minus if is_negative else "") + shown


def percent(x: float, decimals: int = 0) -> str:
    """A share from 0 to 1 as per cent: 43 % in Norwegian."""
    return number(x * 100, decimals) + _forms().percent


def in_words(n: int) -> str:
    """A count in words up to twelve, in digits above, as running text wants it."""
    words = _forms().words
    return words[n] if 0 <= n < len(words) else number(n)


def month(day: dt.date) -> str:
    """The month with its year: oktober 2026."""
    return f"{_forms().months[day.month - 1]} {day.year}"


def short_month(day: dt.date) -> str:
    """The month with its year, short: okt. 2026."""
    return f"{_forms().short_months[day.month - 1]} {day.year}"


def date(day: dt.date) -> str:
    """The day with month and year: 10. november 2026."""
    forms = _forms()
    return f"{day.day}{forms.after_day} {forms.months[day.month - 1]} {day.year}"


def day_and_month(day: dt.date) -> str:
    """The day without its year, where the year is plain: 10. november."""
    forms = _forms()
    return f"{day.day}{forms.after_day} {forms.months[day.month - 1]}"


def short_date(day: dt.date) -> str:
    """The day with a short month and no year, where the year is plain: 10. nov."""
    forms = _forms()
    return f"{day.day}{forms.after_day} {forms.short_months[day.month - 1]}"


def date_and_time(moment: dt.datetime) -> str:
    """A moment to the minute: 10. november 2026 kl. 09.12."""
    return f"{date(moment)} {moment.strftime(_forms().clock)}"


def day_and_time(moment: dt.datetime) -> str:
    """A moment to the minute without its year, where the year is plain: 10. november kl. 09.12."""
    return f"{day_and_month(moment)} {moment.strftime(_forms().clock)}"


def in_quotes(text: str) -> str:
    """What somebody else wrote, between the language's quotation marks: «Kurs 1»."""
    before, after = _forms().quotes
    return f"{before}{text}{after}"


def listed(items: Sequence[str]) -> str:
    """Several things in one sentence: Ringebu, Gausdal og Øyer."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + _forms().last_and + items[-1]
