"""The rows that must be mended, from the terminal: asked for, written, and counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import plural, say

if TYPE_CHECKING:
    from data.intake import Intake


def add_list(parser: Parser) -> None:
    """Where the rows to mend are written."""
    parser.add_argument(
        "--mend",
        type=Path,
        metavar=say("OUT.csv"),
        help=say("writes the rows that are wrong, each with what is wrong, to mend and load alone"),
    )


def write(intake: Intake, path: Path | None) -> list[str]:
    """Write the list where it was asked for, and say how many rows it holds."""
    if path is None:
        return []
    from data import rest
    from pages.parts.upload_problems import to_mend

    count = len(rest.lines_to_mend(intake))
    if not count:
        return [say("There is no list to mend: no single row is wrong.")]
    output.write_file(path, to_mend(intake))
    return [
        plural(
            "{n} row to mend is written to {file}.",
            "{n} rows to mend are written to {file}.",
            count,
            file=path,
        )
    ]
