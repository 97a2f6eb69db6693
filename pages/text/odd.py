"""What is odd about the rows a file would store, as sentences before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from data import contract
from pages.text import in_quotes, language, listed, number, plural, say
from pages.text.problems import sentence

if TYPE_CHECKING:
    from data.difference import Difference
    from data.jumps import Jump
    from data.problems import Problem
    from data.unfit import Unfit

MOST_KEYS = 5
"""Keys that are named; of more the first ones and how many."""


def sentences(
    jumps: Sequence[Jump], changes: Mapping[str, Difference], names: Mapping[str, str]
) -> list[str]:
    """Everything that is odd, a sentence for each cause; nothing where all is as usual.

    Args:
        jumps: Numbers of rows unlike what usually comes.
        changes: By kind what would change.
        names: The municipalities, from number to name.
    """
    missing: dict[str, list[str]] = {}
    for one in jumps:
        if one.sort == "missing":
            missing.setdefault(one.kind, []).append(one.municipality)
    said = [jump(one, names) for one in jumps if one.sort != "missing"]
    said += [
        say(
            "{places} stood in the last file of {kinds}, and not in this one. Should they?",
            places=_places(places, names),
            kinds=_kind(kind),
        )
        for kind, places in missing.items()
    ]
    return [*said, *(s for kind, one in changes.items() for s in _elsewhere(kind, one, names))]


def of_headings(problems: Sequence[Problem]) -> list[str]:
    """The columns that are left out, and whose headings are nearly one of ours."""
    return [sentence(one) for one in problems if one.code == "misspelt_column"]


def of_answers(found: Sequence[Unfit]) -> list[str]:
    """Answers that do not fit what was asked."""
    return [_unfit(one) for one in found]


def _unfit(one: Unfit) -> str:
    values = _some(one.found)
    if one.sort == "many":
        return say(
            "{wave} has {answers}, and {asked} were asked. Is the number right, or does something"
            " stand twice?",
            wave=in_quotes(one.about),
            answers=plural("{n} answer", "{n} answers", one.count),
            asked=number(one.asked or 0),
        )
    if one.sort == "unknown":
        return say(
            "{answers} are to {questions}, which the list of questions does not have for {survey}."
            " Are the codes right?",
            answers=plural("{n} answer", "{n} answers", one.count),
            questions=values,
            survey=in_quotes(one.about),
        )
    return say(
        "{answers} to {question} are no step of its scale: {values}. They are in no share. Is the"
        " scale right?",
        answers=plural("{n} answer", "{n} answers", one.count),
        question=in_quotes(one.about),
        values=values,
    )


def jump(one: Jump, names: Mapping[str, str]) -> str:
    """One odd number as a sentence."""
    assert one.usual is not None
    facts = {
        "place": names.get(one.municipality, one.municipality),
        "kinds": _kind(one.kind),
        "rows": plural("{n} row", "{n} rows", one.rows),
        "usual": number(round(one.usual)),
    }
    if one.sort == "many":
        return say(
            "{place} has {rows} of {kinds}, and usually about {usual}. Does the file hold more"
            " months than you think, or something twice?",
            **facts,
        )
    return say(
        "{place} has {rows} of {kinds}, and usually about {usual}. Is the whole export there?",
        **facts,
    )


def _some(names: Sequence[str]) -> str:
    """The first few in quotation marks, and how many more there are."""
    shown = [in_quotes(name) for name in names[:MOST_KEYS]]
    if len(names) > MOST_KEYS:
        shown.append(say("{n} more", n=number(len(names) - MOST_KEYS)))
    return listed(shown)


def _elsewhere(kind: str, found: Difference, names: Mapping[str, str]) -> Iterator[str]:
    """Keys that another municipality has too: a sentence for each pair of them."""
    by_pair: dict[tuple[str, str], list[str]] = {}
    for key, whose, made in found.elsewhere:
        by_pair.setdefault((whose, made), []).append(" + ".join(part for part in key if part))
    for (whose, made), keys in by_pair.items():
        yield plural(
            "{keys} comes for {place}, and is known in {other} already ({kind}). It will stand in"
            " both until {other}'s own list lacks it. Is it the same thing that has moved?",
            "{keys} come for {place}, and are known in {other} already ({kind}). They will stand in"
            " both until {other}'s own list lacks them. Are they the same things that have moved?",
            len(keys),
            keys=_some(keys),
            kind=_kind(kind),
            place=names.get(made, made),
            other=names.get(whose, whose),
        )


def _kind(kind: str) -> str:
    return contract.load(kind).name[language()].lower()


def _places(numbers: Sequence[str], names: Mapping[str, str]) -> str:
    # In the order that the names are given in, which is that of the alphabet.
    known = [name for number_, name in names.items() if number_ in numbers]
    return listed([*known, *sorted(set(numbers) - set(names))])
