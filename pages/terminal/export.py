"""`forankring export`: every released cell with what a page shows of it, as JSON or CSV."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import say


def add_arguments(parser: Parser) -> None:
    """The format, which month or release, where to."""
    parser.explain(
        say(
            "Writes every released number with what a page shows of it, and the commitments. With"
            " --month only what was shown of that month; of a locked month that is what its lock"
            " kept. The same release always gives the same bytes."
        ),
        [
            "export > tall.json",
            "export --format csv --month 2026-10 --out oktober.csv",
            "export --release 14",
        ],
        keys={
            "release": say("the facts of the release, as the command release prints them"),
            "example_data": say("only of a store with example data: the words that say so"),
            "month, locked_at": say("the month that was asked for, and when it was locked"),
            "cells": say(
                "each with indicator, municipality, grain, period, part, state, numerator,"
                " denominator, value, text, reason, interval, signal, assurance and their words"
            ),
            "commitments": say("each with municipality, month, commitment, state, kept and due"),
            "data_quality": say(
                "each with measure, municipality, month, numerator and denominator: how many,"
                " never what"
            ),
            "anchoring": say(
                "each with municipality, criterion, source, words, evident_on and holds_to: what"
                " shows a step of the anchoring staircase"
            ),
            "verdicts": say("each with indicator, municipality, tertial, verdict and reason"),
            "deviations": say(
                "each with deviation_id, rule, municipality, row_key, since_on, state and what it"
                " is about"
            ),
            "deviation_turns": say(
                "each with deviation_id, state, from_on, who_role and reason: what happened to it"
            ),
        },
    )
    parser.add_argument(
        "--format",
        choices=("json", "csv"),
        default="json",
        help=say("json for machines, csv for Norwegian Excel; otherwise json"),
    )
    parser.add_argument(
        "--month", type=shared.month, metavar=say("MONTH"), help=say("only this month")
    )
    parser.add_argument(
        "--release", type=shared.whole, metavar=say("NUMBER"), help=say("an earlier release")
    )
    parser.add_argument("--out", type=Path, metavar=say("FILE"), help=say("writes to this file"))
    shared.add_store(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write what is shown."""
    from pages.terminal import exported

    shared.refuse_no_place(arguments.out)
    shown = exported.shown(shared.store_of(arguments), arguments.release, arguments.month)
    # --json is what every command has; here it is the format, whatever --format says.
    as_csv = arguments.format == "csv" and not arguments.json
    content = exported.as_csv(shown) if as_csv else exported.as_json(shown)
    if arguments.out is not None:
        arguments.out.write_bytes(content)
        print(say("Written to {file}.", file=arguments.out), file=sys.stderr)
    else:
        output.show_bytes(content)
    return 0
