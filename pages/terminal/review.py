"""`forankring review`: a verdict on a deviation, a report, or evidence for the staircase."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import say


def add_arguments(parser: Parser) -> None:
    """Which deviation and the verdict; or what is reported; or what is evidence of what."""
    from pages.terminal import words

    parser.explain(
        say(
            "Answers a deviation that a rule suggested: confirmed, rejected (with a reason) or"
            " closed. With --report a person reports a deviation, and the rule reported with its"
            " number closes it. With --evidence a step of the"
            " anchoring staircase gets its evidence: the day, and where it can be read."
        ),
        [
            "review not_told_back T-2026-014 --municipality Øyer --verdict bekreftet",
            'review --report "Brukerne ble ikke spurt" --municipality Øyer --on 2026-10-14',
            "review --evidence organisation_decided --municipality Øyer --on 2026-09-02"
            ' --reference "Kommunestyret, sak 41/26"',
        ],
        keys={
            "review_id": say("the number of the verdict, report or piece of evidence"),
            "about": "deviation, report, evidence",
            "municipality": say("the number of the municipality"),
            "release": say("the number of the release that is shown now"),
        },
    )
    parser.add_argument(
        "rule", nargs="?", metavar=say("RULE"), help=say("the rule that suggested it")
    )
    parser.add_argument(
        "row", nargs="?", metavar=say("ROW"), help=say("the key of the row it is about")
    )
    parser.add_argument(
        "--municipality",
        required=True,
        metavar=say("MUNICIPALITY"),
        help=say("its number or its name"),
    )
    parser.add_argument(
        "--verdict", type=words.verdict, metavar=say("VERDICT"), help=words.listed_verdicts()
    )
    parser.add_argument("--reason", metavar=say("TEXT"), help=say("why"))
    parser.add_argument("--report", metavar=say("TEXT"), help=say("what happened, in words"))
    parser.add_argument(
        "--evidence",
        type=words.criterion,
        metavar=say("CRITERION"),
        help=words.listed_criteria(),
    )
    parser.add_argument(
        "--reference", default="", metavar=say("TEXT"), help=say("where the evidence can be read")
    )
    parser.add_argument(
        "--on",
        type=shared.day,
        metavar=say("DAY"),
        help=say("the day it happened; today otherwise"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Record it."""
    asked = (
        arguments.rule is not None,
        arguments.report is not None,
        arguments.evidence is not None,
    )
    is_whole = arguments.rule is None or (arguments.row and arguments.verdict)
    if sum(asked) != 1 or not is_whole:
        return shared.wrong_use(
            arguments,
            say("Give a rule, a row and --verdict; or --report; or --evidence. One of them."),
        )
    about = ("deviation", "report", "evidence")[asked.index(True)]
    return _record(arguments, about)


def _record(arguments: argparse.Namespace, about: str) -> int:
    from data import acts
    from data.store import Store
    from pages.terminal.writing import municipality, written
    from queries import deviations

    folder = shared.store_of(arguments)
    person, at = arguments.person, arguments.at
    on = shared.happened_on(arguments)

    def write(opened: Store) -> tuple[str, int]:
        place = municipality(opened, arguments.municipality)
        if about == "report":
            return place, acts.report(opened, person, place, arguments.report, on, at=at)
        if about == "evidence":
            return place, acts.give_evidence(
                opened, person, place, arguments.evidence, on, arguments.reference, at=at
            )
        return place, deviations.review(
            opened,
            person,
            arguments.rule,
            arguments.row,
            place,
            arguments.verdict,
            reason=arguments.reason,
            at=at,
        )

    done = written(folder, write)
    place, entry = done.result
    if arguments.json:
        output.show_json(
            {"review_id": entry, "about": about, "municipality": place, "release": done.after}
        )
        return 0
    recorded = {
        "deviation": say("The verdict on the deviation is recorded as number {n}.", n=entry),
        "report": say("The report is recorded as number {n}.", n=entry),
        "evidence": say("The evidence is recorded as number {n}.", n=entry),
    }[about]
    output.show(recorded + " " + say("Release {release} is shown now.", release=done.after))
    return 0
