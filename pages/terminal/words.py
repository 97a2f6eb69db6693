"""The coded words that a command takes, in bokmål or as the code, and how help lists them."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from data import contract
from data.contract import fold
from pages.text import language, later, say

STATEMENTS = {
    "seen": later("seen"),
    "follows_up": later("follows up"),
    "asks_for": later("asks for"),
}
"""What a head can say of a locked month."""

VERDICTS = {
    "confirmed": later("confirmed"),
    "rejected": later("rejected"),
    "closed": later("closed"),
}
"""What a person can make of a suggested deviation."""


def statement(text: str) -> str:
    """The code of a statement."""
    return _code(text, _said(STATEMENTS))


def listed_statements() -> str:
    """The statements, as help lists them."""
    return _typed(STATEMENTS)


def verdict(text: str) -> str:
    """The code of a verdict."""
    return _code(text, _said(VERDICTS))


def listed_verdicts() -> str:
    """The verdicts, as help lists them."""
    return _typed(VERDICTS)


def criterion(text: str) -> str:
    """The code of a criterion of the staircase, from its words or its code."""
    return _code(text, _criteria())


def listed_criteria() -> str:
    """The criteria, as help lists them."""
    return ", ".join(_criteria())


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {code: say(word) for code, word in words.items()}


def _criteria() -> dict[str, str]:
    values = contract.load("goals").column("criterion").values
    return {value.code: value.words[language()] for value in values}


def _code(text: str, known: Mapping[str, str]) -> str:
    for code, word in known.items():
        # "følger-opp" is typed without quotes; "følger opp" is what the screen says.
        if fold(text) in (fold(code), fold(word)):
            return code
    raise argparse.ArgumentTypeError(
        say("found “{found}”, expected one of {known}", found=text, known=_joined(known))
    )


def _typed(words: Mapping[str, str]) -> str:
    return _joined(_said(words))


def _joined(known: Mapping[str, str]) -> str:
    return ", ".join(word.replace(" ", "-") for word in known.values())
