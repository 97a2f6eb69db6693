"""Whether a text holds somebody: an identity number, an e-mail address or a telephone number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from numbers import Real

from data.contract import fold

# -- the same text, however it is written --------------------------------------------------------

_DOTS = "\u00b7\u2022\u2024\u2027\u3002\u30fb"
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u3164"
"""Letters and marks that show as nothing, beside those that Unicode itself calls formatting."""


def normal(text: str) -> str:
    """The text as a machine would type it, so that nothing hides in how it looks.

    Wide, styled and other scripts' digits are ASCII digits; what cannot be seen is gone (soft
    hyphens, joiners, marks of direction); every blank is a space, every dash a hyphen, every dot a
    full stop.
    """
    if text.isascii():
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKC", text)))


@cache
def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(letter)
    is_variation = "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0000"
    if kind == "Cf" or letter in _UNSEEN or is_variation:
        return ""
    if kind.startswith("Z"):
        return " "
    if kind == "Pd" or letter == "\u2212":
        return "-"
    return "." if letter in _DOTS else letter


CODES = ("identity_number", "email_address", "phone_number")
"""What can be found, as the codes of its problems."""

# -- identity numbers ----------------------------------------------------------------------------

BETWEEN = r"[ \t\r\n\-./_]{0,4}"
"""What people and programs put between the digits of a number: "26.11.15 - 94014", a line break."""

_BETWEEN = re.compile(BETWEEN.replace("{0,4}", ""))
_RUN = re.compile(rf"[0-9](?:{BETWEEN}[0-9]){{10,}}")
_GROUP = re.compile(r"[0-9]+")
_CONTROL_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_CONTROL_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

SERIES_1967 = frozenset({0})
"""Remainders of the first control digit in numbers given out before 2032."""

SERIES_2032 = frozenset({0, 1, 2, 3})
"""Remainders of the first control digit in the series from 2032, which the old one is part of."""

# As a spreadsheet writes a number of eleven digits: 1,2057012345E+10 and 12,057,012,345.
_SCIENTIFIC = re.compile(r"(?<![0-9.,])([0-9])[.,]([0-9]{5,12})[eE]\+?0?(9|10)(?![0-9])")
_THOUSANDS = re.compile(r"(?<![0-9,])[0-9]{1,2}(?:,[0-9]{3}){3}(?![0-9,])")
_ALONE = re.compile(r"([0-9]{10})(?:[.,]0+)?")

# A day with its whole year, which a number may follow: "05.10.2026 120" is no identity number.
_WHOLE_DATE = re.compile(
    r"(?<![0-9])(?:(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12][0-9]|3[01]))(?![0-9])"
)


def is_identity_number(text: object) -> bool:
    """Whether a text is a Norwegian identity number: born, D-number or synthetic, either series.

    Eleven digits, with blanks, dots or dashes between them or not; both control digits must fit,
    and the day and month must exist once what marks D-numbers (+40 on the day) and synthetic ones
    (+40, +65, +80 on the month) is taken away. Method: Skatteetaten's rules for the number from
    1967 and for the series from 2032. What is no text is none.
    """
    if isinstance(text, Real) and text == text // 1:
        # As a column of numbers holds it: without the zeros that it begins with.
        text = f"{int(float(text)):011d}"
    if not isinstance(text, str):
        return False
    digits = _BETWEEN.sub("", normal(text))
    return control_digits_fit(digits) and _is_a_day(int(digits[:2]), int(digits[2:4]))


def control_digits_fit(digits: str, remainders: Collection[int] = SERIES_2032) -> bool:
    """Whether eleven digits end in the two control digits that the others ask for."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdecimal()):
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
    text = _WHOLE_DATE.sub("|", normal(text))
    written = [_THOUSANDS.sub(lambda found: found.group().replace(",", ""), text)]
    for found in _SCIENTIFIC.finditer(text):
        first, rest, power = found.groups()
        if len(rest) <= int(power):
            written.append(first + rest.ljust(int(power), "0"))
    return any(
        _in_run(run.group()) for one in written for run in _RUN.finditer(one)
    ) or has_lost_its_zero("; ".join(written[1:]))


def _in_run(run: str) -> bool:
    groups = [match.span() for match in _GROUP.finditer(run)]
    # A number begins and ends where a group of digits does: eleven digits inside a longer number
    # are no identity number.
    for start in range(len(groups)):
        count = 0
        for end in range(start, len(groups)):
            count += groups[end][1] - groups[end][0]
            if count >= 11:
                break
        if count == 11 and is_identity_number(run[groups[start][0] : groups[end][1]]):
            return True
    return False


def has_lost_its_zero(text: str) -> bool:
    """Whether a whole text is an identity number that was made a number, so its first 0 is gone.

    Only for numbers in use today: each further series would make more ids of ten digits look like
    somebody's.
    """
    found = _ALONE.fullmatch(normal(text).strip())
    if found is None:
        return False
    digits = "0" + found.group(1)
    return control_digits_fit(digits, SERIES_1967) and is_identity_number(digits)


# -- addresses and telephones --------------------------------------------------------------------

_EMAIL = r"[A-Za-z0-9._%+\-æøåÆØÅ]+@[A-Za-z0-9æøåÆØÅ\-]+(?:\.[A-Za-z0-9æøåÆØÅ\-]+)*\.[A-Za-z]{2,}"
_EMAIL_IN = re.compile(_EMAIL)

_CLOCK = r"(?:[ T,]+(?:kl\.? ?)?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?)?"
_DATE = re.compile(
    r"(?<![0-9])(?:"
    r"(?:19|20)[0-9]{2}[./-](?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12][0-9]|3[01])"
    r"|(?:0?[1-9]|[12][0-9]|3[01])[./-](?:0?[1-9]|[12][0-9]|3[01])[./-](?:(?:19|20)[0-9]{2})"
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}"
    rf"){_CLOCK}(?![0-9])"
)
_NORWAY = re.compile(r"(?<![0-9A-Za-z])00 ?47(?=(?: ?[0-9]){8}(?![0-9]))")


def has_email_address(text: str) -> bool:
    """Whether an e-mail address stands anywhere in a text."""
    return _EMAIL_IN.search(normal(text)) is not None


def has_phone_number(text: str) -> bool:
    """Whether a telephone number, Norwegian or with a country code, stands anywhere in a text.

    A date is none, although phonenumbers takes "2026-10-12" for one.
    """
    return _stands_in(_DATE.sub("|", normal(text)), "NO")


def has_international_number(text: str) -> bool:
    """Whether a telephone number with its country code (+47, 0047) stands anywhere in a text.

    Nothing else looks like one, so it is looked for also where any eight digits may be an id.
    """
    text = _NORWAY.sub("+47", normal(text))
    return "+" in text and _stands_in(text, None)


def _stands_in(text: str, region: str | None) -> bool:
    if not any(map(str.isdecimal, text)):
        return False
    # 7 MB of memory, for files in which something looks like a number.
    import phonenumbers

    return phonenumbers.PhoneNumberMatcher(text, region).has_next()


def holds_personal_data(text: str, *, phones: bool = True) -> bool:
    """Whether a text holds an identity number, an e-mail address or a telephone number.

    Args:
        phones: Also telephone numbers without a country code, which ids can look like.
    """
    return bool(kinds_of(text, phones=phones))


def kinds_of(text: str, *, phones: bool = True) -> list[str]:
    """What of CODES a text holds; the same argument."""
    found = []
    plain = normal(text)
    digits = sum(map(plain.count, "0123456789"))
    if digits >= 6 and (has_identity_number(plain) or (phones and has_lost_its_zero(plain))):
        found.append("identity_number")
    if "@" in plain and has_email_address(plain):
        found.append("email_address")
    # What is an identity number is not called a telephone too.
    is_phone = has_phone_number if phones else has_international_number
    if digits >= 7 and "identity_number" not in found and is_phone(plain):
        found.append("phone_number")
    return found


# -- headings ------------------------------------------------------------------------------------

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
