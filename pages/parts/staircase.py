"""The anchoring staircase: each step in words with what shows it, until when, and what it lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from data import acts, contract
from pages.charts.icons import commitment_icon
from pages.parts.notes import day, note
from pages.parts.places import sentence
from pages.text import in_quotes, in_words, language, later, listed, month, plural, say
from pages.text.markup import Markup, tag

Row = Mapping[str, Any]
"""One row of asked/staircase.sql."""

FILLED_BY = {
    "need_communicated": later(
        "Tell staff or the council why user involvement is needed, and enter the date and where it "
        "can be read."
    ),
    "organisation_decided": later(
        "Decide who is responsible for user involvement, and enter the decision."
    ),
    "areas_decided": later(
        "Decide on a goal with something to measure and a due date, and upload the list of goals."
    ),
    "conditions_secured": later(
        "Decide on time and money for it, and tie the decision to the step."
    ),
    "results_asked_for": later(
        "Ask for something when you attest a month. It counts from the month in which you write it."
    ),
}
"""What would fill each step."""


def step_names() -> dict[str, str]:
    """The five steps in their order, in the language spoken now."""
    values = contract.load("goals").column("criterion").values
    named = {value.code: value.words[language()] for value in values}
    return {code: named[code] for code in acts.criteria()}


def unknown(rows: Sequence[Row], when: dt.date) -> str | None:
    """Why there is no staircase for the month; None where there is one."""
    if not rows:
        return say("There is no staircase for {month}.", month=month(when))
    if all(row["state"] == "not_due" for row in rows):
        return say(
            "The staircase begins with the first month in which the dashboard was in use, once that"
            " is locked. There is none for {month}.",
            month=month(when),
        )
    return None


def staircase_sentence(rows: Sequence[Row], place: str) -> str:
    """On how many steps a municipality is, and which of them lack."""
    names = step_names()
    lacking = [name for code, name in names.items() if not _by_step(rows)[code]["is_evident"]]
    held = len(names) - len(lacking)
    if not lacking:
        return sentence(say("{place} is on all five steps.", place=place))
    if not held:
        return sentence(say("{place} is on none of the five steps.", place=place))
    on = plural(
        "{place} is on {words} of five steps.",
        "{place} is on {words} of five steps.",
        held,
        place=place,
    )
    lack = say("Evidence is missing for: {steps}.", steps=listed(lacking))
    return f"{sentence(on)} {lack}"


def staircase(rows: Sequence[Row], when: dt.date) -> Markup:
    """One municipality's five steps, the lowest first.

    Args:
        rows: The answer of asked/staircase.sql for one municipality.
    """
    by_step = _by_step(rows)
    drawn = [
        _step(by_step[code], name, place) for place, (code, name) in enumerate(step_names().items())
    ]
    return tag("div", tag("ol", drawn, class_="stairs", role="list"), _undelivered(rows, when))


def staircases_sentence(rows: Sequence[Row]) -> str:
    """Which steps every municipality is on, and which one fewest are on."""
    names = step_names()
    having = {
        code: sum(row["is_evident"] for row in rows if row["criterion"] == code) for code in names
    }
    members = len({row["municipality_id"] for row in rows})
    shared = [names[code] for code, count in having.items() if count == members]
    if len(shared) == len(names):
        return say("Every municipality is on all five steps.")
    fewest = min(having, key=lambda code: having[code])
    if not having[fewest]:
        lack = say("No municipality has evidence of “{step}”.", step=names[fewest])
    else:
        lack = plural(
            "{Words} of {of} municipalities lacks evidence of “{step}”.",
            "{Words} of {of} municipalities lack evidence of “{step}”.",
            members - having[fewest],
            of=in_words(members),
            step=names[fewest],
        )
    if not shared:
        return f"{say('No step is shared by all.')} {lack}"
    return f"{say('All have evidence of: {steps}.', steps=listed(shared))} {lack}"


def staircases(rows: Sequence[Row], when: dt.date) -> Markup:
    """Municipality by step, alphabetical: a word and how long it holds, never a sum.

    Args:
        rows: The answer of asked/staircase.sql for all of them.
    """
    names = step_names()
    heads = [
        tag("th", text, scope="col", role="columnheader")
        for text in (say("Municipality"), *map(sentence, names.values()))
    ]
    body = []
    for name, members in groupby(rows, key=lambda row: row["name"]):
        by_step = _by_step(list(members))
        shown = [_cell(by_step[code], step) for code, step in names.items()]
        body.append(tag("tr", tag("th", name, scope="row", role="rowheader"), shown, role="row"))
    caption = say("Who has evidence of which step at the end of {month}", month=month(when))
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption, class_="unseen"),
            tag("thead", tag("tr", heads, role="row"), role="rowgroup"),
            tag("tbody", body, role="rowgroup"),
            class_="commitments stair-matrix",
            role="table",
        ),
        _undelivered(rows, when),
    )


def _by_step(rows: Sequence[Row]) -> dict[str, Row]:
    return {row["criterion"]: row for row in rows}


def _step(row: Row, name: str, place: int) -> Markup:
    has = row["is_evident"]
    words = say("documented") if has else say("missing")
    return tag(
        "li",
        tag(
            "div",
            tag("span", _icon(has), tag("span", words, class_="word"), class_="kept"),
            tag("p", tag("strong", f"{place + 1}. {sentence(name)}"), class_="stair-name"),
            *_below(row),
            class_="stair-words",
        ),
        tag("span", class_=f"riser rise-{place + 1}", aria_hidden="true"),
        class_="has" if has else "lacks",
    )


def _below(row: Row) -> list[Markup]:
    if row["is_evident"] and row["holds"]:
        return [
            tag("p", _told(row)),
            tag(
                "p", say("Holds until"), " ", day(row["holds_to"]), ".", _more(row), class_="quiet"
            ),
        ]
    if row["is_evident"]:
        gone = say("It was documented when the month was locked, but does not hold any longer.")
        return [tag("p", gone, class_="quiet")]
    if row["holds"]:
        late = say("Entered after the month was locked:")
        return [tag("p", late, class_="quiet"), tag("p", _told(row))]
    fill = tag("p", say(FILLED_BY[row["criterion"]]))
    if row["source"] is None:
        return [fill]
    lapsed = tag(
        "p", say("Held until"), " ", day(row["holds_to"]), ". ", _told(row), class_="quiet"
    )
    return [lapsed, fill]


def _told(row: Row) -> Markup:
    """What shows the step, when it was, and where it can be read."""
    words = in_quotes(row["words"]) if row["words"] else ""
    match row["source"]:
        case "goal":
            what = say("Goal {number}, decided on", number=row["source_id"])
        case "decision":
            what = say("Decision {number} of the leaders' team,", number=row["source_id"])
        case "attestation":
            what = say("Attestation of {month}, given on", month=month(row["of_month"]))
        case _:
            what, words = row["words"] + ",", ""
    return tag("span", what, " ", day(row["evident_on"]), words and f": {words}", ".")


def _more(row: Row) -> str:
    others = row["pieces"] - 1
    if others < 1:
        return ""
    return " " + plural(
        "One more piece of evidence holds.", "{Words} more pieces of evidence hold.", others
    )


def _cell(row: Row, step: str) -> Markup:
    has = row["is_evident"]
    until = (
        tag("span", say("until"), " ", day(row["holds_to"]), class_="count")
        if has and row["holds"]
        else None
    )
    return tag(
        "td",
        tag("span", sentence(step), class_="label", aria_hidden="true"),
        tag(
            "span",
            _icon(has),
            tag("span", say("documented") if has else say("missing"), class_="word"),
            until,
            class_="kept",
        ),
        role="cell",
    )


def _icon(has: bool) -> Markup:
    return commitment_icon("kept" if has else "missing")


def _undelivered(rows: Sequence[Row], when: dt.date) -> Markup | None:
    lacking = list(dict.fromkeys(row["name"] for row in rows if row["state"] == "missing"))
    if not lacking:
        return None
    return note(
        say(
            "{places} has not delivered goals for {month}, so there may be more evidence.",
            places=listed(lacking),
            month=month(when),
        )
    )
