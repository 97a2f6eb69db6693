"""The translated messages of a language, read from its .po files once and kept.

Babel reads .po files too, and the tests hold the two against each other; but loading Babel takes
longer than everything else a terminal command does, so the few rules of the format that are used
here are read here.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent

SOURCE = "en"
"""The language of the messages in the code: it needs no catalogue."""

NEAREST = {"nn": "nb"}
"""Where a message without a translation is looked for next: the commands speak bokmål alone."""

PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
"""The rule of bokmål, nynorsk and English alike: one thing, or another number of things."""

Messages = dict[str, tuple[str, ...]]
"""From the English message to its translation: one form, or one and many."""


def one(language: str, message: str) -> str:
    """The translation of a message or the nearest language's; itself where there is none."""
    forms = _forms(language, message)
    return forms[0] if forms else _typeset(message)


def counted(language: str, singular: str, many: str, n: int) -> str:
    """The translation for n things, the nearest language's, or the English message."""
    forms = _forms(language, singular)
    if len(forms) < 2:
        return _typeset(singular if n == 1 else many)
    return forms[0] if n == 1 else forms[1]


def _typeset(message: str) -> str:
    # What is easily written in code stands on the screen as it is printed.
    return message.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def _forms(language: str, message: str) -> tuple[str, ...]:
    found = messages(language).get(message)
    if found is None and language in NEAREST:
        found = messages(NEAREST[language]).get(message)
    return found or ()


@cache
def messages(language: str) -> Messages:
    """All messages of a language, from every area's file."""
    found: Messages = {}
    if language != SOURCE:
        for path in sorted((FOLDER / language).glob("*.po")):
            found |= read(path.read_text(encoding="utf-8"))
    return found


def read(text: str) -> Messages:
    """The messages of one .po file; those without a translation, or marked fuzzy, are left out."""
    found: Messages = {}
    for block in text.split("\n\n"):
        fields: dict[str, list[str]] = {}
        lines: list[str] = []
        for line in block.splitlines():
            if line.startswith("#"):
                if line.startswith("#,") and "fuzzy" in line:
                    break
            elif line.startswith('"'):
                lines.append(line)
            elif line:
                key, _, rest = line.partition(" ")
                lines = fields.setdefault(key, [])
                lines.append(rest)
        else:
            message = _joined(fields.get("msgid", []))
            forms = tuple(_joined(fields[key]) for key in _FORMS if key in fields)
            if message and forms and all(forms):
                found[message] = forms
    return found


_FORMS = ("msgstr", "msgstr[0]", "msgstr[1]")


def _joined(lines: list[str]) -> str:
    # A .po string is written as in C; for what occurs in text, Python reads it the same way.
    return "".join(str(ast.literal_eval(line)) if "\\" in line else line[1:-1] for line in lines)
