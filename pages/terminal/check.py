"""`forankring check`: a file is read and judged, and nothing is stored."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import choices, documented, left, output
from pages.terminal.parser import Parser
from pages.text import say


def add_arguments(parser: Parser) -> None:
    """The file, how it is read, whom it is judged for."""
    parser.explain(
        say(
            "Reads and judges a file against what is stored: every problem in a sentence, what was"
            " understood, what storing it would change, and which municipalities and months it"
            " seems to cover. Nothing is stored."
        ),
        ["check tiltak_2026-10.csv", "check svar.csv --mapping evaluering_forms --json"],
        keys=documented.judgement(),
    )
    choices.add_choices(parser)
    choices.add_judging(parser)
    left.add_list(parser)
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Judge, and print everything; 1 when the file cannot be stored as it is."""
    from data import delivery, settings, store
    from data.difference import Difference, foreseen
    from pages.terminal import judged

    folder = shared.store_of(arguments)
    has_store = settings.about(folder) is not None
    against = delivery.ground_without_store()
    if has_store:
        with store.opened(folder) as opened:
            against = delivery.ground(opened)
    _, intake = choices.received(arguments, against)
    changes: dict[str, Difference] = {}
    if has_store and not intake.blocking:
        with store.opened(folder) as opened:
            changes = foreseen(opened, intake.tables, intake.proposes, is_part=intake.is_part)
    written = left.write(intake, arguments.mend)
    if arguments.json:
        output.show_json(judged.facts(intake, changes))
    else:
        output.show("\n".join([judged.text(intake, changes), *written]))
    return 1 if intake.blocking else 0
