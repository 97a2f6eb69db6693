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


def add_criterion(parser: argparse.ArgumentParser) -> None:
    """--criterion: the step of the anchoring staircase that it shows."""
    parser.add_argument(
        "--criterion",
        type=criterion,
        metavar=say("CRITERION"),
        help=listed_criteria(),
    )


def listed_criteria() -> str:
    """The criteria, as help lists them."""
    return ", ".join(_criteria())


def move(text: str) -> str:
    """The code of what an action can be said to be."""
    return _code(text, _moves())


def listed_moves() -> str:
    """What an action can be said to be, as help lists it."""
    return _joined(_moves())


def theme(text: str) -> str:
    """The code of a theme, from its words or its code."""
    return _code(text, _values("theme"))


def listed_themes() -> str:
    """The themes, as help lists them."""
    return ", ".join(_values("theme"))


def influence(text: str) -> str:
    """The code of whether involvement shaped the result."""
    return _code(text, _values("influence"))


def listed_influences() -> str:
    """What can be said of the influence, as help lists it."""
    return say(
        "whether involvement shaped the result: {known}", known=_joined(_values("influence"))
    )


USERS = {
    "users_at_start": later("at the start"),
    "users_midway": later("midway"),
    "users_at_end": later("at the end"),
}
"""When users can take part in an action."""


def users(text: str) -> dict[str, bool]:
    """When users took part, of a list with commas; at the times that are not named they did not."""
    named = set() if is_none(text) else {_code(one, _said(USERS)) for one in text.split(",")}
    return {name: name in named for name in USERS}


def listed_users() -> str:
    """When users can take part, as help lists it."""
    known = [*_said(USERS).values(), say("none")]
    return say(
        "when users took part, when it is done: {known}",
        known=", ".join(word.replace(" ", "-") for word in known),
    )


def is_none(text: str) -> bool:
    """Whether it says that there is nothing."""
    return fold(text) in (fold("none"), fold(say("none")))


def is_all(text: str) -> bool:
    """Whether it says that it is about all municipalities."""
    return fold(text) in (fold("all"), fold(say("all of them")))


def _moves() -> dict[str, str]:
    of_status = _values("status")
    known = [code for code in of_status if code != "open"]
    return {code: of_status[code] for code in known} | {"reopened": say("reopened")}


def _values(column: str) -> dict[str, str]:
    values = contract.load("actions").column(column).values
    return {value.code: value.words[language()] for value in values}


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
