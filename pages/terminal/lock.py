"""`forankring lock`: a month's numbers stand still from now on; history is locked at once."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import month, plural, say

if TYPE_CHECKING:
    from pages.terminal.undelivered import Undelivered


def add_arguments(parser: Parser) -> None:
    """Which month, or through which month."""
    parser.explain(
        say(
            "Locks a month that has ended, so that the meeting reads numbers that stand still. With"
            " --history every month from the first delivered through this one is locked at once,"
            " for history that was loaded at once: its lock days had passed and are not counted."
            " What nobody has delivered is listed first. What comes later makes a new version of"
            " the month, and leaves what was locked as it was."
        ),
        ["lock 2026-10 --missing", "lock 2026-10", "lock 2025-12 --history"],
        keys={
            "months": say("the first days of the months that were locked now"),
            "is_history": say("whether they were locked as history"),
            "release": say("the number of the release that is shown now, and that they keep"),
            "missing": say("what nobody has delivered: each with municipality, name, kind, month"),
        },
    )
    parser.add_argument("month", type=shared.month, metavar=say("MONTH"), help=say("as 2026-10"))
    parser.add_argument(
        "--history",
        action="store_true",
        help=say("locks every month from the first delivered through this one, as history"),
    )
    parser.add_argument(
        "--missing",
        action="store_true",
        help=say("only lists what nobody has delivered, and locks nothing"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Lock, and release the numbers that the lock keeps."""
    from data import acts
    from data.store import Store
    from pages.terminal.undelivered import lines, undelivered
    from pages.terminal.writing import written

    folder = shared.store_of(arguments)
    if arguments.missing:
        return _missing(arguments, folder)

    def write(opened: Store) -> list[dt.date]:
        if arguments.history:
            return acts.lock_history(opened, arguments.person, arguments.month, at=arguments.at)
        acts.lock(opened, arguments.person, arguments.month, at=arguments.at)
        return [arguments.month]

    done = written(folder, write)
    months = done.result
    missing = undelivered(folder, months)
    if arguments.json:
        _show_json(arguments, months, done.after, missing)
        return 0
    for line in lines(missing):
        output.show(line)
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


def _missing(arguments: argparse.Namespace, folder: Path) -> int:
    """List what the months lack that would be locked."""
    from data.store import RefusedError
    from pages.terminal import locked_export
    from pages.terminal.undelivered import lines, undelivered
    from queries.ask import ask

    number = locked_export.bring_up_to_date(folder)
    known = ask("months", store=folder, release=number)
    months = [arguments.month]
    if arguments.history:
        months = [
            when
            for when, locked_at in known.select("month", "locked_at").iter_rows()
            if locked_at is None and when <= arguments.month
        ]
    elif arguments.month not in set(known["month"]):
        first, last = known["month"].min(), known["month"].max()
        raise RefusedError("unknown_month", month=arguments.month, first=first, last=last)
    missing = undelivered(folder, months)
    if arguments.json:
        _show_json(arguments, [], number, missing)
        return 0
    for line in lines(missing) or [say("Everything that is waited for is delivered.")]:
        output.show(line)
    return 0


def _show_json(
    arguments: argparse.Namespace,
    months: list[dt.date],
    number: int,
    missing: Sequence[Undelivered],
) -> None:
    facts = {"months": months, "is_history": arguments.history, "release": number}
    output.show_json(facts | {"missing": [dataclasses.asdict(one) for one in missing]})
