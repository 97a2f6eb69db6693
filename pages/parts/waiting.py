"""What waits for a leader, in at most five lines of words, each with its way to the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data import contract, people
from pages.parts import menu
from pages.parts.notes import link, note
from pages.text import date, language, listed, month, plural, say
from pages.text.formats import NO_BREAK
from pages.text.markup import Markup, tag

MOST_LINES = 5
"""What a head can take in and act on in two minutes; the rest is named below."""

Row = Mapping[str, Any]
"""One row of asked/waiting.sql."""

VIEW = "vis"
"""What the address of the actions calls a view of its list; the page itself brings Plotly along,
which this one does without."""

KINDS_NAMED = 3
"""More kinds of file than these are counted and not listed."""


@dataclass(frozen=True)
class Line:
    """One thing that waits: a sentence that stands alone, what it rests on, and where to go.

    Attributes:
        go: What the link says.
        page, anchor, view: The page's id, the part of it, and the view of its list.
    """

    lead: str
    rest: str
    go: str
    page: str
    anchor: str = ""
    view: str = ""


def line(row: Row, *, of_all: bool) -> Line:
    """The words of one row.

    Args:
        of_all: The row is about all municipalities: then it says which of them.
    """
    n, oldest = row["n"], row["oldest_on"]
    where = _where(row) if of_all else ""
    match row["thing"]:
        case "recommendations":
            return Line(
                plural(
                    "{Words} recommendation waits for a leader's answer.",
                    "{Words} recommendations wait for a leader's answer.",
                    n,
                ),
                where
                or plural("It came on {date}.", "The oldest came on {date}.", n, date=_day(oldest)),
                plural("See the recommendation", "See the recommendations", n),
                "actions",
                anchor="anbefalinger",
            )
        case "attestation":
            return Line(
                _attestation(row, of_all),
                "" if not of_all or row["is_everywhere"] else where,
                say("See who has attested") if of_all else say("Go to the attestation"),
                "meeting" if of_all else "status",
                anchor="attest",
            )
        case "overdue":
            return Line(
                plural("{Words} action is overdue.", "{Words} actions are overdue.", n),
                where
                or plural(
                    "It was due on {date}.", "The oldest was due on {date}.", n, date=_day(oldest)
                ),
                say("See the actions"),
                "actions",
                anchor="tiltakene",
                view="over_frist",
            )
        case "deviations":
            return Line(
                plural("{Words} deviation is open now.", "{Words} deviations are open now.", n),
                where or plural("Since {date}.", "The longest since {date}.", n, date=_day(oldest)),
                say("See the deviations"),
                "actions",
                anchor="avvik-apne",
            )
        case "suggestions":
            return Line(
                plural(
                    "{Words} suggestion waits for an answer.",
                    "{Words} suggestions wait for an answer.",
                    n,
                ),
                where or plural("Since {date}.", "The longest since {date}.", n, date=_day(oldest)),
                plural("See the suggestion", "See the suggestions", n),
                "actions",
                anchor="avvik-foreslatt",
            )
        case "vacant":
            return Line(
                plural(
                    "{Words} seat has been vacant for over 60 days.",
                    "{Words} seats have been vacant for over 60 days.",
                    n,
                ),
                where or plural("Since {date}.", "The longest since {date}.", n, date=_day(oldest)),
                say("See the seats"),
                "participation",
                anchor="tomme",
            )
        case "not_told_back":
            return Line(
                plural(
                    "{Words} action done in the last year has not been told back to users.",
                    "{Words} actions done in the last year have not been told back to users.",
                    n,
                ),
                where
                or plural(
                    "It was done on {date}.", "The oldest was done on {date}.", n, date=_day(oldest)
                ),
                plural("See the finished action", "See the finished actions", n),
                "actions",
                anchor="tiltakene",
                view="ikke_tilbakemeldt",
            )
        case "courses":
            return Line(
                plural(
                    "{Words} course was not evaluated after half a year.",
                    "{Words} courses were not evaluated after half a year.",
                    n,
                ),
                where
                or plural(
                    "It ended in {month}.", "The oldest ended in {month}.", n, month=month(oldest)
                ),
                plural("See the course", "See the courses", n),
                "participation",
                anchor="kurs-venter",
            )
        case "files":
            return Line(
                plural(
                    "{Words} file for {month} is missing.",
                    "{Words} files for {month} are missing.",
                    n,
                    month=month(oldest),
                ),
                where or _kinds(row["kinds"]),
                say("See the uploads"),
                "upload",
            )
    raise AssertionError(row["thing"])


def waiting_list(
    rows: Sequence[Row], *, of_all: bool, choices: Mapping[str, str], is_all_there: bool = True
) -> Markup:
    """The lines as a list; a plain sentence where nothing waits.

    Args:
        choices: Municipality and month as the address holds them, so that every link keeps them.
        is_all_there: Every indicator has a number; else something may wait that was not delivered.
    """
    lines = [line(row, of_all=of_all) for row in rows]
    if not lines:
        nothing = (
            say("Nothing waits at the end of this month.")
            if is_all_there
            else say("Nothing waits in what has been delivered for this month.")
        )
        return tag("p", nothing, class_="empty")
    shown = [
        tag(
            "li",
            tag("p", tag("strong", each.lead), " ", each.rest),
            link(each.go, _address(each, choices)),
        )
        for each in lines[:MOST_LINES]
    ]
    more = " ".join(each.lead for each in lines[MOST_LINES:])
    return Markup(
        tag("ol", shown, class_="waiting", role="list")
        + (note(say("Also: {more}", more=more)) if more else "")
    )


def _address(to: Line, choices: Mapping[str, str]) -> str:
    view = {VIEW: to.view} if to.view else {}
    address = menu.address(to.page, **choices, **view)
    return f"{address}#{to.anchor}" if to.anchor else address


def is_for(person: people.Person, place: str) -> bool:
    """Whether somebody can do something about what waits in a municipality."""
    return any(people.may(person, act, place) for act in ("attest", "review"))


def leads(rows: Sequence[Row], *, of_all: bool) -> list[str]:
    """The first sentence of every line, for the page's finding."""
    return [line(row, of_all=of_all).lead for row in rows]


def _where(row: Row) -> str:
    if row["is_everywhere"]:
        return say("In all the municipalities.")
    return say("In {places}.", places=listed(row["places"]))


def _day(day: dt.date) -> str:
    """The date on one line: a day that stands alone at a line's end reads as the end of one."""
    return date(day).replace(" ", NO_BREAK)


def _kinds(kinds: Sequence[str]) -> str:
    if len(kinds) > KINDS_NAMED:
        return ""
    names = listed([contract.load(kind).name[language()].lower() for kind in kinds])
    return names[:1].upper() + names[1:] + "."


def _attestation(row: Row, of_all: bool) -> str:
    locked: dt.date = row["oldest_on"]
    if of_all:
        return plural(
            "{Words} municipality has not attested {month}.",
            "{Words} municipalities have not attested {month}.",
            row["n"],
            month=month(locked),
        )
    return say(
        "{Month} is locked and waits for the head's attestation.",
        Month=month(locked).capitalize(),
    )
