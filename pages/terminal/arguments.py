"""The arguments that several commands share, and how their texts are read."""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import os
import re
import sys
from pathlib import Path

from data import people, settings
from data.people import Person
from data.settings import OSLO
from pages.terminal import output
from pages.terminal.parser import without_hidden
from pages.text import say


def add_store(parser: argparse.ArgumentParser) -> None:
    """--store: which store the command works on."""
    parser.add_argument(
        "--store",
        type=Path,
        metavar=say("FOLDER"),
        help=say("the store's folder; otherwise FORANKRING_STORE, or .store"),
    )


def store_of(arguments: argparse.Namespace) -> Path:
    """The folder of the store that was asked for, or of the settings."""
    folder: Path | None = arguments.store
    return settings.load().store if folder is None else folder


def happened_on(arguments: argparse.Namespace) -> dt.date:
    """The day of --on; else that of --at, or the store's today."""
    on: dt.date | None = arguments.on
    if on is not None:
        return on
    at: dt.datetime | None = arguments.at
    return settings.today(store_of(arguments)) if at is None else settings.day_of(at)


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json: the answer for machines."""
    parser.add_argument("--json", action="store_true", help=say("prints JSON instead of sentences"))


def add_acting(parser: argparse.ArgumentParser) -> None:
    """--as and --at: who acts, and in a demo store when."""
    parser.add_argument(
        "--as",
        dest="person",
        type=person,
        default=people.LOCAL,
        metavar=say("ROLE"),
        help=say(
            "acts as another role than regional coordinator: viewer, leader:3439 or"
            " coordinator:3439"
        ),
    )
    parser.add_argument(
        "--at",
        type=moment,
        metavar=say("MOMENT"),
        help=say("when it happened, as 2026-11-10T09:12; only in a store with example data"),
    )


def wrong_use(arguments: argparse.Namespace, sentence: str) -> int:
    """Say what the command lacks, and how to see its help; the exit code of wrong use."""
    print(without_hidden(sentence), file=sys.stderr)
    print(
        say("forankring {command} --help tells more.", command=arguments.command), file=sys.stderr
    )
    return 2


def refused(arguments: argparse.Namespace, code: str, sentence: str) -> int:
    """Say why it cannot be done; the exit code of a refusal."""
    print(sentence, file=sys.stderr)
    if arguments.json:
        output.show_json({"refused": {"code": code, "sentence": sentence}})
    return 1


def person(text: str) -> Person:
    """Who acts, from a role as the sign-in would claim it: "leader:3439"."""
    found = people.from_claims(people.LOCAL.name, [text])
    number = None if found is None else found.municipality
    if found is None or (number is not None and re.fullmatch("[0-9]{4}", number) is None):
        raise argparse.ArgumentTypeError(
            say(
                "found “{found}”, expected viewer, leader:3439, coordinator:3439 or"
                " regional_coordinator",
                found=text,
            )
        )
    return found


def refuse_unknown_municipality(arguments: argparse.Namespace) -> None:
    """Refuse somebody who acts for a municipality that the store does not know.

    Where no municipality is known yet anybody may be right.

    Raises:
        RefusedError: "unknown_municipality".
    """
    who: Person | None = getattr(arguments, "person", None)
    if who is None or who.municipality is None or settings.about(store_of(arguments)) is None:
        return
    from data import store

    with store.opened(store_of(arguments)) as opened:
        known = {number for (number,) in opened.distinct("municipalities", "municipality_id")}
    if known and who.municipality not in known:
        raise store.RefusedError("unknown_municipality", municipality=who.municipality)


def refuse_no_place(path: Path | None) -> None:
    """Refuse a file to write that is a folder, or in a folder that is not there.

    Raises:
        OSError: With the path that is in the way, or missing.
    """
    if path is None:
        return
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))


def whole(text: str) -> int:
    """A number that something is known by."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected a whole number", found=text)
        )
    return int(text)


def month(text: str) -> dt.date:
    """A month as 2026-10, by its first day."""
    if re.fullmatch(r"\d{4}-\d{2}", text):
        try:
            return dt.date.fromisoformat(f"{text}-01")
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(
        say("found “{found}”, expected a month as 2026-10", found=text)
    )


def day(text: str) -> dt.date:
    """A day as 2026-11-10 or 10.11.2026."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(
        say("found “{found}”, expected a day as 2026-11-10 or 10.11.2026", found=text)
    )


def moment(text: str) -> dt.datetime:
    """A moment as 2026-11-10T09:12 on Norway's clock, in UTC without zone as it is stored."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected a moment as 2026-11-10T09:12", found=text)
        ) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=OSLO)
    return found.astimezone(dt.UTC).replace(tzinfo=None)
