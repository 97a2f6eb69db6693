"""Deviations from user involvement in words: what each is about, what it is, and what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from data import contract
from pages.parts import menu
from pages.parts.notes import heading, link, note
from pages.parts.table import Column, folded, table
from pages.text import date, in_quotes, language, later, listed, month, number, plural, say
from pages.text.markup import Markup, tag
from queries.deviations import POSSIBLE
from queries.rules import load_all

Row = Mapping[str, Any]
"""One row of asked/deviations_listed.sql."""

CHOSEN = "avvik"
"""The choice in the address: ?avvik=… is the deviation that is answered."""

ANCHOR = "avvik"

REPORTED = "reported"

MOST = 6
"""What is read at once; the others wait behind a line that opens."""

NEVER = dict.fromkeys(
    ("suggested", "waiting", "answered", "confirmed", "rejected", "closed_by_itself"), 0
)
"""The counts of a rule that has suggested nothing."""

STATES = {
    "suggested": later("suggested by a rule"),
    "confirmed": later("confirmed"),
    "reported": later("reported"),
    "rejected": later("rejected"),
    "closed": later("closed"),
}
"""What a deviation is, in the running text of a sentence."""

ROLES = {
    "leader": later("by the leader"),
    "coordinator": later("by the coordinator"),
    "regional_coordinator": later("by the regional coordinator"),
}


def found(rows: Sequence[Row]) -> str:
    """What there is to know, as a sentence."""
    open_now, waiting = (sum(row["place"] == place for row in rows) for place in (1, 2))
    is_open = plural("{Words} deviation is open now.", "{Words} deviations are open now.", open_now)
    waits = plural(
        "{Words} suggestion waits for an answer.",
        "{Words} suggestions wait for an answer.",
        waiting,
    )
    if not open_now and not waiting:
        return say("No deviation is open, and no suggestion waits for an answer.")
    return " ".join(said for said, n in ((is_open, open_now), (waits, waiting)) if n)


def as_of(rows: Sequence[Row], open_then: int | None, when: dt.date) -> list[str]:
    """When the list is of, and how many were open at the end of the month if that is not as many.

    Args:
        open_then: How many were open at the end of the month; None where that is not known.
        when: The month.
    """
    now = say("The list shows how they stand now. A rule only suggests; a person decides.")
    if open_then in (None, sum(row["place"] == 1 for row in rows)):
        return [now]
    if not open_then:
        return [now, " ", say("No deviation was open at the end of {month}.", month=month(when))]
    then = plural(
        "{Words} deviation was open at the end of {month}.",
        "{Words} deviations were open at the end of {month}.",
        open_then,
        month=month(when),
    )
    return [now, " ", then]


def sentence(row: Row) -> str:
    """What a deviation is about."""
    if row["rule"] == REPORTED:
        return str(row["text"])
    rule = load_all().get(row["rule"])
    if rule is None or row["happened_on"] is None:
        # Its rule or its row is gone; what somebody said of it stays.
        title = row["rule"] if rule is None else rule.words("title", language())
        return say(
            "{title}: {row}. The files do not hold it any more.", title=title, row=row["row_key"]
        )
    about = row["about"] or row["row_key"]
    if rule.about == "kinds":
        kinds = [contract.load(kind).name[language()].lower() for kind in about.split(",")]
        about = listed(kinds)
    when: dt.date = row["happened_on"]
    of_month = month(when)
    return rule.words("sentence", language()).format(
        about=about, day=date(when), month=of_month[:1].upper() + of_month[1:]
    )


def standing(row: Row) -> str:
    """What it is and since when, and whether its rule still holds."""
    said = say(
        "{State} on {date}.",
        State=_capital(say(STATES[row["state"]])),
        date=date(row["state_on"]),
    )
    if row["state"] == "confirmed" and row["holds"] is False:
        if row["until_on"] is None:
            return said
        return (
            said
            + " "
            + say("It was put right on {date} and can be closed.", date=date(row["until_on"]))
        )
    return said


def history(row: Row) -> Markup | None:
    """Every turn of its life: when, what, by whom and why."""
    lines = [_turn(turn) for turn in row["turns"]]
    return tag("ul", [tag("li", line) for line in lines], class_="quiet")


def _turn(turn: Row) -> str:
    who = turn["who_role"]
    by = say(ROLES[who]) if who in ROLES else say("because the rule did not hold any more")
    if turn["state"] == "suggested":
        by = ""
    said = " ".join(filter(None, (date(turn["from_on"]) + ":", say(STATES[turn["state"]]), by)))
    return f"{said}: {in_quotes(turn['reason'])}" if turn["reason"] else said


def deviation_list(
    rows: Sequence[Row], *, of_all: bool, choices: Mapping[str, str], may: frozenset[str]
) -> Markup:
    """The deviations as a list, the first at once and the others behind a line that opens.

    Args:
        of_all: Every municipality's, so that each says whose it is.
        choices: Municipality and month as the address holds them.
        may: The municipalities for which whoever looks may answer.
    """
    drawn = [_line(row, of_all=of_all, choices=choices, may=may) for row in rows]
    shown = tag("ol", drawn[:MOST], class_="waiting", role="list")
    rest = drawn[MOST:]
    if not rest:
        return shown
    more = plural("Show {n} more", "Show {n} more of them", len(rest))
    return Markup(shown + folded(more, tag("ol", rest, class_="waiting", role="list")))


def _line(row: Row, *, of_all: bool, choices: Mapping[str, str], may: frozenset[str]) -> Markup:
    where = f"{row['municipality']}. " if of_all else ""
    can_answer = POSSIBLE[row["state"]] and row["municipality_id"] in may
    answer = say("Answer") if row["state"] == "suggested" else say("Close or change")
    about = tag("span", " ", f"{where}{sentence(row)}", class_="unseen")
    address = menu.address("actions", **choices, **{CHOSEN: row["deviation_id"]}) + f"#{ANCHOR}"
    words: list[Markup | str] = [
        tag("strong", _ended(sentence(row))),
        " ",
        where,
        tag("span", standing(row), class_="since"),
    ]
    return tag(
        "li",
        tag("p", words),
        tag("a", answer, about, href=address, target="_self", class_="go") if can_answer else None,
    )


def groups(
    rows: Sequence[Row], *, of_all: bool, choices: Mapping[str, str], may: frozenset[str]
) -> list[Markup]:
    """What is open, what is suggested, and what is over, each under its heading."""
    made: list[Markup] = []
    for place, title, anchor in (
        (1, say("Open deviations"), "avvik-apne"),
        (2, say("Suggested by rules"), "avvik-foreslatt"),
    ):
        own = [row for row in rows if row["place"] == place]
        if own:
            made += [
                heading(3, f"{title} ({number(len(own))})", anchor=anchor),
                deviation_list(own, of_all=of_all, choices=choices, may=may),
            ]
    over = [row for row in rows if row["place"] == 3]
    if over:
        over.sort(key=lambda row: row["state_on"], reverse=True)
        title = plural(
            "{n} that is rejected or closed", "{n} that are rejected or closed", len(over)
        )
        made.append(folded(title, [_over(row, of_all=of_all) for row in over]))
    return made


def _over(row: Row, *, of_all: bool) -> Markup:
    where = f"{row['municipality']}: " if of_all else ""
    return Markup(tag("p", where, tag("strong", sentence(row))) + (history(row) or ""))


def rules_table(rows: Sequence[Row]) -> Markup:
    """How often each rule suggested something, and how often that was a false alarm.

    Args:
        rows: The answer of asked/deviation_rules.sql.
    """
    found = {row["rule"]: row for row in rows}
    every = [found.get(rule, NEVER | {"rule": rule}) for rule in load_all()]
    columns = [
        Column(say("Rule"), _rule, is_head=True),
        Column(say("Suggested"), lambda row: number(row["suggested"]), is_number=True),
        Column(say("Waiting"), lambda row: number(row["waiting"]), is_number=True),
        Column(say("Confirmed"), lambda row: number(row["confirmed"]), is_number=True),
        Column(say("Rejected, of those answered"), _rejected, is_number=True),
        Column(
            say("Closed by itself"), lambda row: number(row["closed_by_itself"]), is_number=True
        ),
    ]
    return folded(
        say("How often each rule is right"),
        table(
            say("What the rules suggested, and what became of it"),
            columns,
            every,
            is_caption_shown=False,
        ),
        note(
            say(
                "A rule whose suggestions are mostly rejected asks for too much: then its limit"
                " should be changed."
            )
        ),
    )


def _rule(row: Row) -> list[Markup]:
    rule = load_all()[row["rule"]]
    title = tag("span", rule.words("title", language()), class_="line")
    return [title, tag("span", rule.words("why", language()), class_="quiet")]


def _rejected(row: Row) -> str:
    if not row["answered"]:
        return "–"
    return say("{n} of {of}", n=number(row["rejected"]), of=number(row["answered"]))


def back(choices: Mapping[str, str]) -> Markup:
    """The way back to the list."""
    return tag(
        "p", link(say("Back to the list"), menu.address("actions", **choices) + f"#{ANCHOR}")
    )


def _ended(text: str) -> str:
    """What somebody wrote, as a sentence: more follows on the same line."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
