"""`forankring bench`: the performance table, from a folder that holds the whole project."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from pages.terminal import arguments as shared
from pages.terminal.parser import Parser
from pages.text import say

TABLE = Path(__file__).parents[2] / "tests" / "bench" / "table.py"
"""Beside the tests, as what it measures against (Chromium, empty pages) is no part of a package."""


def add_arguments(parser: Parser) -> None:
    """How many turns."""
    parser.explain(
        say(
            "Measures how fast reading, releases and pages are on this machine, beside something"
            " known in the same run, and prints a table. It takes some minutes and needs Chromium."
        ),
        ["bench", "bench --times 3"],
        keys={
            "python, machine, cores, load": say("what it was measured on"),
            "lines": say("one for each row of the table, with what was measured and the goal"),
        },
    )
    parser.add_argument(
        "--times",
        type=shared.whole,
        metavar=say("NUMBER"),
        help=say("turns of each measurement; five if nothing is said"),
    )
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure where the tests are; an installed package says where they can be had."""
    if not TABLE.exists():
        said = say(
            "The measurements are in the project's folder, not in the installed program. Run make"
            " bench there."
        )
        return shared.refused(arguments, "no_measurements", said)
    words = ["--json"] if arguments.json else []
    if arguments.times is not None:
        words += ["--times", str(arguments.times)]
    return subprocess.run([sys.executable, str(TABLE), *words], check=False).returncode
