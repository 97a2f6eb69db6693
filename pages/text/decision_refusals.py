"""Every refusal about a decision, and the action it became, as a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from data import contract
from pages.text import date, language, listed, say

Facts = Mapping[str, Any]


def _themes() -> str:
    values = contract.load("actions").column("theme").values
    return listed([f"{value.code} ({value.words[language()]})" for value in values])


def _day(facts: Facts, name: str) -> str:
    day = facts[name]
    assert isinstance(day, dt.date)
    return date(day)


OF_DECISIONS: dict[str, Callable[[Facts], str]] = {
    "unknown_decision": lambda facts: say(
        "There is no decision {number}.", number=facts["decision"]
    ),
    "nothing_changed": lambda facts: say(
        "Decision {number} says just that already, so nothing was changed.",
        number=facts["decision"],
    ),
    "telling_needed": lambda _: say("Say how users were told, and what became different for them."),
    "why_needed": lambda _: say("Say why, so that it can be understood afterwards."),
    "not_carried_out": lambda facts: say(
        "Decision {number} is not recorded as carried out.", number=facts["decision"]
    ),
    "became_action": lambda facts: say(
        "Decision {number} became action {action} in {place}. Close it or withdraw it first.",
        number=facts["decision"],
        action=facts["action_id"],
        place=facts["municipality"],
    ),
    "already_action": lambda facts: say(
        "Decision {number} is action {action} in {place} already.",
        number=facts["decision"],
        action=facts["action_id"],
        place=facts["municipality"],
    ),
    "other_municipality": lambda facts: say(
        "Decision {number} is for {place}, so it can become an action there alone.",
        number=facts["decision"],
        place=facts["municipality"],
    ),
    "unknown_action": lambda facts: say(
        "{place} has no action {action}.",
        place=facts["municipality"],
        action=facts["action_id"],
    ),
    "action_without_municipality": lambda facts: say(
        "Say which municipality action {action} belongs to: two of them may have the same number.",
        action=facts["action_id"],
    ),
    "action_exists": lambda facts: say(
        "{place} has an action {action} already. Choose another number, or leave it out.",
        place=facts["municipality"],
        action=facts["action_id"],
    ),
    "unknown_theme": lambda facts: say(
        "“{found}” is no theme. They are {allowed}.", found=facts["found"], allowed=_themes()
    ),
    "unknown_feedback": lambda facts: say(
        "{place} has no feedback {found}.", place=facts["municipality"], found=facts["found"]
    ),
    "unknown_made_action": lambda facts: say(
        "No decision became action {action} in {place}. Other actions are moved on in the"
        " municipality's own list.",
        action=facts["action_id"],
        place=facts["municipality"],
    ),
    "held_by_file": lambda facts: say(
        "Action {action} is in the municipality's own list now ({file}). Move it on there, and"
        " upload the list again.",
        action=facts["action_id"],
        file=facts["file_name"],
    ),
    "unknown_move": lambda facts: say(
        "“{found}” is nothing that an action can become.", found=facts["found"]
    ),
    "unknown_influence": lambda facts: say(
        "“{found}” says nothing of whether involvement shaped the result.", found=facts["found"]
    ),
    "before_opened": lambda facts: say(
        "{day} is before action {action} was opened on {opened_on}.",
        day=_day(facts, "day"),
        action=facts["action_id"],
        opened_on=_day(facts, "opened_on"),
    ),
    "already_ended": lambda facts: say(
        "Action {action} ended on {ended_on}. Reopen it first.",
        action=facts["action_id"],
        ended_on=_day(facts, "ended_on"),
    ),
    "not_ended": lambda facts: say(
        "Action {action} is open, so it cannot be reopened.", action=facts["action_id"]
    ),
    "before_ended": lambda facts: say(
        "Action {action} ended on {ended_on}. It can be reopened from the day after.",
        action=facts["action_id"],
        ended_on=_day(facts, "ended_on"),
    ),
    "not_done": lambda facts: say(
        "Action {action} is not done, so users cannot be told what changed.",
        action=facts["action_id"],
    ),
    "already_told_back": lambda facts: say(
        "Users were told about action {action} on {told_on}.",
        action=facts["action_id"],
        told_on=_day(facts, "told_on"),
    ),
    "before_done": lambda facts: say(
        "{day} is before action {action} was done on {done_on}.",
        day=_day(facts, "day"),
        action=facts["action_id"],
        done_on=_day(facts, "done_on"),
    ),
    "already_carried_out": lambda facts: say(
        "Decision {number} was carried out on {day}.",
        number=facts["decision"],
        day=_day(facts, "day"),
    ),
    "in_the_future": lambda facts: say("{day} is in the future.", day=_day(facts, "day")),
    "before_decided": lambda facts: say(
        "{day} is before the decision of {decided_on}.",
        day=_day(facts, "day"),
        decided_on=_day(facts, "decided_on"),
    ),
    "due_before_decided": lambda facts: say(
        "The due date {due_on} is before the decision of {decided_on}.",
        due_on=_day(facts, "due_on"),
        decided_on=_day(facts, "decided_on"),
    ),
}
"""By code, the sentence of a refusal from its facts."""
