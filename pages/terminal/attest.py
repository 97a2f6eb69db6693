"""`forankring attest`: what a municipality's head says of a locked month."""

from __future__ import annotations

import argparse
import datetime as dt

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import month, say


def add_arguments(parser: Parser) -> None:
    """Whose, which month, what is said; or which attestation is taken back."""
    from pages.terminal import words

    parser.explain(
        say(
            "Records what a head says of a locked month: that it has been seen, that it is"
            " followed up, or that something is asked for. With --withdraw an attestation is taken"
            " back; it stays in the ledger."
        ),
        [
            "attest Ringebu 2026-10 sett --as leader:3439",
            'attest 3439 2026-10 ber-om --text "Flere kurs evaluert etter et halvt år"',
            "attest --withdraw 41",
        ],
        keys={
            "attestation_id": say("the number of the attestation"),
            "municipality": say("the number of the municipality"),
            "month": say("the first day of the month"),
            "statement": "seen, follows_up, asks_for",
            "is_withdrawn": say("whether it was taken back now"),
            "release": say("the number of the release that is shown now"),
        },
    )
    parser.add_argument(
        "municipality", nargs="?", metavar=say("MUNICIPALITY"), help=say("its number or its name")
    )
    parser.add_argument(
        "month", nargs="?", type=shared.month, metavar=say("MONTH"), help=say("as 2026-10")
    )
    parser.add_argument(
        "statement",
        nargs="?",
        type=words.statement,
        metavar=say("STATEMENT"),
        help=words.listed_statements(),
    )
    parser.add_argument("--text", metavar=say("TEXT"), help=say("what is asked for, in words"))
    words.add_criterion(parser)
    parser.add_argument(
        "--withdraw",
        type=shared.whole,
        metavar=say("NUMBER"),
        help=say("takes this attestation back"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Record it, or take it back."""
    if arguments.withdraw is not None:
        return _withdraw(arguments)
    if arguments.statement is None:
        return shared.wrong_use(
            arguments, say("Say whose it is, for which month, and what is said.")
        )
    return _attest(arguments)


def _attest(arguments: argparse.Namespace) -> int:
    from data import acts
    from data.store import Store
    from pages.terminal.writing import municipality, written

    def write(opened: Store) -> tuple[str, int]:
        place = municipality(opened, arguments.municipality)
        entry = acts.attest(
            opened,
            arguments.person,
            place,
            arguments.month,
            arguments.statement,
            text=arguments.text,
            criterion=arguments.criterion,
            at=arguments.at,
        )
        return place, entry

    done = written(shared.store_of(arguments), write)
    place, entry = done.result
    _say(arguments, entry, place, arguments.month, arguments.statement, False, done.after)
    return 0


def _withdraw(arguments: argparse.Namespace) -> int:
    from data import acts
    from data.store import Store
    from pages.terminal.writing import written

    def write(opened: Store) -> tuple[str, dt.date, str]:
        acts.withdraw_attestation(opened, arguments.person, arguments.withdraw, at=arguments.at)
        ((place, when, statement),) = opened.rows(
            "select municipality, month, statement from acts_attestations"
            " where attestation_id = $entry",
            {"entry": arguments.withdraw},
        )
        return place, when, statement

    done = written(shared.store_of(arguments), write)
    _say(arguments, arguments.withdraw, *done.result, True, done.after)
    return 0


def _say(
    arguments: argparse.Namespace,
    entry: int,
    place: str,
    when: dt.date,
    statement: str,
    is_withdrawn: bool,
    number: int,
) -> None:
    if arguments.json:
        output.show_json(
            {
                "attestation_id": entry,
                "municipality": place,
                "month": when,
                "statement": statement,
                "is_withdrawn": is_withdrawn,
                "release": number,
            }
        )
        return
    sentence = (
        say(
            "Attestation {entry} of {place} for {month} is taken back. Release {release}.",
            entry=entry,
            place=place,
            month=month(when),
            release=number,
        )
        if is_withdrawn
        else say(
            "Attestation {entry} of {place} for {month} is recorded. Release {release}.",
            entry=entry,
            place=place,
            month=month(when),
            release=number,
        )
    )
    output.show(sentence)
