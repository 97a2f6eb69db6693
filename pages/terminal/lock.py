"""`forankring lock`: a month's numbers stand still from now on; history is locked at once."""

from __future__ import annotations

import argparse
import datetime as dt

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import month, plural, say


def add_arguments(parser: Parser) -> None:
    """Which month, or through which month."""
    parser.explain(
        say(
            "Locks a month that has ended, so that the meeting reads numbers that stand still. With"
            " --history every month from the first delivered through this one is locked at once,"
            " for history that was loaded at once: its lock days had passed and are not counted."
        ),
        ["lock 2026-10", "lock 2025-12 --history"],
        keys={
            "months": say("the first days of the months that were locked now"),
            "is_history": say("whether they were locked as history"),
            "release": say("the number of the release that is shown now, and that they keep"),
        },
    )
    parser.add_argument("month", type=shared.month, metavar=say("MONTH"), help=say("as 2026-10"))
    parser.add_argument(
        "--history",
        action="store_true",
        help=say("locks every month from the first delivered through this one, as history"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Lock, and release the numbers that the lock keeps."""
    from data import acts
    from data.store import Store
    from pages.terminal.writing import written

    def write(opened: Store) -> list[dt.date]:
        if arguments.history:
            return acts.lock_history(opened, arguments.person, arguments.month, at=arguments.at)
        acts.lock(opened, arguments.person, arguments.month, at=arguments.at)
        return [arguments.month]

    done = written(shared.store_of(arguments), write)
    months = done.result
    if arguments.json:
        output.show_json({"months": months, "is_history": arguments.history, "release": done.after})
        return 0
    if arguments.history:
        sentence = plural(
            "One month is locked as history: {months}.",
            "{n} months are locked as history: {months}.",
            len(months),
            months=month(months[0])
            if len(months) == 1
            else f"{month(months[0])}–{month(months[-1])}",
        )
    else:
        sentence = say("{month} is locked.", month=month(arguments.month).capitalize())
    output.show(sentence + " " + say("Release {release} is shown now.", release=done.after))
    return 0
