"""`forankring undo`: an upload is taken back; nothing is deleted, and it can be restored."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import say


def add_arguments(parser: Parser) -> None:
    """UPLOAD, the store, who acts."""
    parser.explain(
        say(
            "Takes an upload back: its rows count no more, later uploads stay as they are. Nothing"
            " is deleted, so that it can be brought back with restore."
        ),
        ["undo 12", "undo 12 --as coordinator:3439"],
        keys={
            "upload_id": say("the number of the upload"),
            "withdrawn_at": say("when it was taken back, UTC"),
            "release": say("the number of the release that is shown now"),
        },
    )
    add_upload(parser)


def add_upload(parser: Parser) -> None:
    """What undo and restore both take."""
    parser.add_argument(
        "upload",
        type=shared.whole,
        metavar=say("UPLOAD"),
        help=say("the number that uploads lists"),
    )
    shared.add_store(parser)
    shared.add_acting(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Take it back, and say which release is shown now."""
    from data import undo
    from pages.terminal.writing import written

    done = written(
        shared.store_of(arguments),
        lambda opened: undo.withdraw(opened, arguments.upload, arguments.person, at=arguments.at),
    )
    receipt = done.result
    if arguments.json:
        output.show_json(
            {
                "upload_id": receipt.upload_id,
                "withdrawn_at": receipt.withdrawn_at,
                "release": done.after,
            }
        )
    else:
        output.show(
            say(
                "Upload {number} ({file}) is taken back. Release {release} is shown now.",
                number=receipt.upload_id,
                file=receipt.file_name,
                release=done.after,
            )
        )
    return 0
