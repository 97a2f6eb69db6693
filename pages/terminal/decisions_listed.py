"""The decisions, or the versions of one, as the terminal lists them."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.text import date, later, say

STANDING = {
    "open": later("open"),
    "overdue": later("overdue"),
    "carried_out": later("carried out"),
    "withdrawn": later("withdrawn"),
}
"""How a decision stands."""


def show(arguments: argparse.Namespace) -> int:
    """List them; from the release, so that everybody sees the same."""
    from data import store
    from pages.terminal import locked_export
    from pages.terminal.writing import municipality
    from queries.ask import ask

    folder = shared.store_of(arguments)
    locked_export.bring_up_to_date(folder)
    if arguments.history is not None:
        found = ask("decision_turns", store=folder, decision=arguments.history).to_dicts()
        if not found:
            raise store.RefusedError("unknown_decision", decision=arguments.history)
        return _print(arguments, found, _version)
    place = "cooperation"
    if arguments.municipality is not None:
        with store.opened(folder) as opened:
            place = municipality(opened, arguments.municipality)
    since = arguments.since or dt.date.min
    found = ask("decisions_listed", store=folder, municipality=place, since=since).to_dicts()
    return _print(arguments, found, _decision)


def _print(arguments: argparse.Namespace, found: list[dict[str, Any]], row: Any) -> int:
    if arguments.json:
        output.show_json({"decisions": found})
    elif not found:
        output.show(say("No decisions are written down."))
    else:
        first, who = say("Decision"), say("For whom")
        second = say("Written") if arguments.history is not None else say("State")
        heads = [first, second, who, say("Owner"), say("due date"), say("What was decided")]
        output.show_rows(heads, [row(one) for one in found])
    return 0


def _decision(one: dict[str, Any]) -> list[str]:
    standing = say(STANDING[one["standing"]])
    if one["became_actions"]:
        standing += f" ({one['became_action_id']})"
    return [str(one["decision_id"]), standing, *_words(one)]


def _version(one: dict[str, Any]) -> list[str]:
    role = one["who_role"].partition(":")[0]
    return [str(one["turn"]), f"{date(one['from_on'])} {role}", *_words(one)]


def _words(one: dict[str, Any]) -> list[str]:
    return [
        one["municipality"] or say("all of them"),
        one["owner_role"],
        date(one["due_on"]),
        one["text"],
    ]
