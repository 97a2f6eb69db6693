"""What defines an indicator or a commitment, as people read it: written from the cards."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from data import contract
from pages.parts import menu
from pages.parts.entry import entry
from pages.parts.notes import link, note
from pages.text import cells, date, in_quotes, language, later, listed, plural, say
from pages.text.axes import DIRECTIONS
from pages.text.markup import Child, Markup, join, tag
from queries import sql
from queries.cards import ACTS, LOCKS, Card
from queries.commitments import Commitment
from queries.disclosure import limits

KINDS = {
    "flow": later("What happens in the month."),
    "stock": later("How it stands at the end of the last day of the month."),
    "cohort": later("Those of the month, followed until they have had their time."),
}

PRIVACIES = {
    "persons": later(
        "About persons: all municipalities together by month, each one by four months and as a "
        "range. It appears once, at the first lock after the period is over."
    ),
    "answers": later(
        "About answers: all municipalities together by month, each one by four months and rounded, "
        "from ten answers. It appears once, at the first lock after the answers have come in."
    ),
}

OWNERS = {
    "regional_coordinator": later("the regional coordinator"),
    "leader_team": later("the leaders' team of the municipalities"),
}


@cache
def sources() -> Mapping[str, Mapping[str, Any]]:
    """The documents and methods behind the numbers, by their code."""
    path = sql.FOLDER / "sources.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def source_name(code: str) -> str:
    """A source's title with its year: «Hvorfor bruker i sentrum?»."""
    source = sources()[code]
    title = in_quotes(source["title"])
    return f"{title} ({source['year']})" if "year" in source else title


def indicator(card: Card, choices: Mapping[str, str]) -> Markup:
    """One indicator: everything its card says.

    Args:
        choices: Municipality and month as the address holds them, for the link to its page.
    """
    titles = {page.id: say(page.title) for page in menu.PAGES}
    go = say("See it on “{page}”", page=titles[card.page])
    return entry(
        card.id,
        cells.words(card, "title"),
        cells.words(card, "question"),
        tag("p", cells.words(card, "why")),
        _facts(
            (say("How it is counted"), cells.words(card, "counted")),
            (say("When"), _when(card)),
            (say("Which way is good"), _capital(say(DIRECTIONS[card.direction])) + "."),
            (say("Target"), _target(card)),
            (say("Privacy"), _privacy(card)),
            (say("Needs"), _needs(card)),
            (say("Answers for it"), say(OWNERS[card.owner])),
            (say("Last reviewed"), date(card.reviewed_on)),
        ),
        tag("p", link(go, menu.address(card.page, **choices))),
    )


def _facts(*pairs: tuple[str, Child]) -> Markup:
    return tag(
        "dl", [tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs if value]
    )


def _when(card: Card) -> str:
    when = say(KINDS[card.kind])
    if not card.matures_after_days:
        return when
    days = plural("{n} day", "{n} days", card.matures_after_days)
    until = say("Provisional until {days} have passed.", days=days)
    return f"{when} {until}"


def _target(card: Card) -> str:
    if card.target is None:
        return say("There is none.")
    target = _capital(cells.target_text(card))
    if card.target.source == "proposal":
        return say(
            "{target}. No document gives it; those responsible can change it.", target=target
        )
    return say("{target}. From {source}.", target=target, source=source_name(card.target.source))


def _privacy(card: Card) -> str:
    if card.privacy_reason is not None:
        reason = card.privacy_reason[language()]
        return say("Shown exactly and at once. {reason}", reason=reason)
    return say(PRIVACIES[card.privacy])


def _needs(card: Card) -> str:
    kinds = [source.kind for source in card.sources]
    return _capital(listed([_source(kind) for kind in dict.fromkeys(kinds)])) + "."


def _source(kind: str) -> str:
    if kind == LOCKS:
        return say("a locked month")
    if kind == ACTS:
        return say("what is written down in the dashboard")
    return contract.load(kind).name[language()].lower()


def commitments(found: Sequence[Commitment]) -> Markup:
    """What was agreed: its name, its question, and how it is judged."""
    return join(
        entry(
            f"avtale-{each.code.replace('_', '-')}",
            cells.words(each, "name"),
            cells.words(each, "question"),
            _facts(
                (say("How it is judged"), cells.words(each, "counted")),
                (say("Agreed in"), _agreed(each)),
            ),
        )
        for each in found
    )


def _agreed(commitment: Commitment) -> str:
    if commitment.source == "proposal":
        return say("No document gives it; those responsible can change it.")
    return source_name(commitment.source)


def limit_list() -> Markup:
    """The limits of disclosure control, each with its reason."""
    reasons = [
        limit[f"why_{language()}"].replace("{value}", str(limit.get("value")))
        for limit in limits().values()
    ]
    return tag("ul", [tag("li", reason) for reason in reasons], class_="reasons", role="list")


def source_list() -> Markup:
    """Every document and method behind the numbers."""
    items = [
        tag("li", tag("span", source_name(code), lang=source.get("language")))
        for code, source in sources().items()
    ]
    return Markup(
        tag("ul", items, class_="reasons", role="list")
        + note(say("The limits that are proposals stand in no document."))
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
