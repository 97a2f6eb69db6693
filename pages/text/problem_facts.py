"""The words that sentences about problems share: headings, codes, days, what was meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from data import contract
from data.problems import Problem
from pages.text import date, language, number, say

MOST_COLUMNS = 20
"""Headings that are listed in a sentence; of more the first ones and how many."""


def heading(problem: Problem) -> str | None:
    """The Norwegian heading of the contract's column that it is about."""
    if problem.kind is None or problem.field is None:
        return None
    try:
        return contract.load(problem.kind).column(problem.field).heading
    except (KeyError, contract.ContractError):
        return None


def word(problem: Problem, code: str) -> str:
    """A code in the reader's words, as the contract gives them."""
    if problem.kind is not None and problem.field is not None:
        for value in contract.load(problem.kind).column(problem.field).values:
            if value.code == code:
                return value.words[language()]
    return code


def either(items: Sequence[str]) -> str:
    """Several things of which one is right: "a, b or c"."""
    if len(items) < 2:
        return "".join(items)
    return say("{some} or {last}", some=", ".join(items[:-1]), last=items[-1])


def day_of(text: str | None) -> str:
    """A day as people write it; what is no day stays as it is."""
    try:
        return date(dt.date.fromisoformat(text or ""))
    except ValueError:
        return text or ""


def did_you_mean(nearest: str | None) -> str:
    """What may have been meant, as a question after a sentence."""
    return " " + say("Did you mean {nearest}?", nearest=nearest) if nearest else ""


def found(problem: Problem) -> str:
    """What stood there; nothing where that is not told."""
    return problem.found or ""


def expected(problem: Problem) -> str:
    """What would have been right; nothing where that is not told."""
    return problem.expected or ""


def one_of_columns(one: str, many: str) -> Callable[[Problem], str]:
    """A sentence about one column, or about several that are named in it."""

    def worded(problem: Problem) -> str:
        if problem.column is not None:
            return say(one)
        return say(many, n=number(problem.of or 0), columns=columns(found(problem).split("; ")))

    return worded


def columns(headings: Sequence[str]) -> str:
    """The headings in a sentence; of very many the first ones and how many more."""
    if len(headings) <= MOST_COLUMNS:
        return ", ".join(headings)
    more = number(len(headings) - MOST_COLUMNS)
    return say("{columns} and {n} more", columns=", ".join(headings[:MOST_COLUMNS]), n=more)
