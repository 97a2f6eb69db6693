"""`forankring export`: every released cell as a page shows it, and a locked month's documents."""

from __future__ import annotations

import argparse
import errno
import hashlib
import os
import sys
from pathlib import Path

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import LANGUAGES, in_language, language, plural, say

FORMATS = ("csv", "pdf", "pptx", "xlsx", "text")
"""What a package can be narrowed to; told here so that help loads none of their makers."""


def add_arguments(parser: Parser) -> None:
    """The format, which month or release, where to."""
    parser.explain(
        say(
            "Writes every released number with what a page shows of it, and the commitments. With"
            " --month only what was shown of that month; of a locked month that is what its lock"
            " kept, and with --version what was corrected since. The same release always gives the"
            " same bytes. With --package the documents of a locked month: a month sheet to print,"
            " slides to edit, the numbers and what they mean, and texts to copy."
        ),
        [
            "export > tall.json",
            "export --format csv --month 2026-10 --out oktober.csv",
            "export --release 14",
            "export --month 2026-10 --version 2",
            "export --package oktober --month 2026-10 --municipality Ringebu",
            "export --package . --month 2026-10 --format pdf",
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
            "month_versions": say(
                "each with month, version, release, made_at, changes and same_as: version 1 is what"
                " was locked"
            ),
            "corrections": say(
                "each with month, version, indicator or commitment, municipality, grain, period,"
                " part, and state, numerator, denominator and value before (was) and after (now)"
            ),
            "files": say("only with --package: each file with name, size and sha256"),
        },
    )
    parser.add_argument(
        "--format",
        choices=("json", *FORMATS),
        help=say(
            "json for machines, csv for Norwegian Excel; otherwise json. With --package only the"
            " documents of this format; otherwise all"
        ),
    )
    parser.add_argument(
        "--package",
        type=Path,
        metavar=say("FOLDER"),
        help=say("writes a locked month's documents into this folder"),
    )
    parser.add_argument(
        "--municipality",
        metavar=say("NUMBER"),
        help=say("with --package: of this municipality; otherwise of all together"),
    )
    parser.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        help=say("with --package: the documents' language; otherwise that of the settings"),
    )
    parser.add_argument(
        "--month", type=shared.month, metavar=say("MONTH"), help=say("only this month")
    )
    parser.add_argument(
        "--release", type=shared.whole, metavar=say("NUMBER"), help=say("an earlier release")
    )
    parser.add_argument(
        "--version",
        type=shared.whole,
        metavar=say("NUMBER"),
        help=say("with --month: a later version of a locked month; otherwise what was locked"),
    )
    parser.add_argument("--out", type=Path, metavar=say("FILE"), help=say("writes to this file"))
    shared.add_store(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write what is shown."""
    if arguments.package is not None:
        return _package(arguments)
    if arguments.format not in (None, "json", "csv"):
        said = say("--format {format} needs --package and --month.", format=arguments.format)
        return shared.wrong_use(arguments, said)
    if arguments.municipality is not None or arguments.language is not None:
        return shared.wrong_use(arguments, say("--municipality and --language need --package."))
    if arguments.version is not None and (arguments.month is None or arguments.release is not None):
        said = say("--version needs --month, and does not go with --release.")
        return shared.wrong_use(arguments, said)
    from pages.terminal import locked_export

    shared.refuse_no_place(arguments.out)
    # --json is what every command has; here it is the format, whatever --format says.
    as_csv = arguments.format == "csv" and not arguments.json
    content = locked_export.content(
        shared.store_of(arguments),
        arguments.release,
        arguments.month,
        arguments.version,
        "csv" if as_csv else "json",
    )
    if arguments.out is not None:
        output.write_file(arguments.out, content)
        print(say("Written to {file}.", file=arguments.out), file=sys.stderr)
    else:
        output.show_bytes(content)
    return 0


def _package(arguments: argparse.Namespace) -> int:
    """Write a locked month's documents into a folder."""
    if arguments.month is None or arguments.format == "json":
        said = say("--package needs --month, and takes pdf, pptx, csv, xlsx or text as --format.")
        return shared.wrong_use(arguments, said)
    if arguments.release is not None or arguments.out is not None:
        return shared.wrong_use(arguments, say("--package takes neither --release nor --out."))
    from pages.documents.package import package
    from pages.terminal import packaged

    folder: Path = arguments.package
    if folder.is_file():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    store = shared.store_of(arguments)
    with in_language(arguments.language or language()):
        place = packaged.municipality(store, arguments.municipality)
        of = packaged.wanted(store, arguments.month, place, version=arguments.version)
        files = package(of, None if arguments.format is None else [arguments.format])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        output.write_file(folder / name, content)
    if arguments.json:
        told = [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ]
        facts = {"release": of.release, "version": of.version, "month": of.month}
        output.show_json({**facts, "municipality": of.municipality, "files": told})
        return 0
    rows = [
        [name, plural("{n} byte", "{n} bytes", len(content))] for name, content in files.items()
    ]
    output.show_rows([say("File"), say("Size")], rows)
    output.show(say("Written to {file}.", file=folder))
    return 0
