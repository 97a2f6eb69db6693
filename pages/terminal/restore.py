"""`forankring restore`: an upload that was taken back counts again."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.terminal.undo import add_upload
from pages.text import say


def add_arguments(parser: Parser) -> None:
    """UPLOAD, the store, who acts."""
    parser.explain(
        say("Brings an upload back that was taken back with undo, as it was."),
        ["restore 12"],
        keys={
            "upload_id": say("the number of the upload"),
            "release": say("the number of the release that is shown now"),
        },
    )
    add_upload(parser)


def run(arguments: argparse.Namespace) -> int:
    """Bring it back, and say which release is shown now."""
    from data import undo
    from pages.terminal.writing import written

    done = written(
        shared.store_of(arguments),
        lambda opened: undo.bring_back(opened, arguments.upload, arguments.person, at=arguments.at),
    )
    if arguments.json:
        output.show_json({"upload_id": done.result.upload_id, "release": done.after})
    else:
        output.show(
            say(
                "Upload {number} ({file}) counts again. Release {release} is shown now.",
                number=done.result.upload_id,
                file=done.result.file_name,
                release=done.after,
            )
        )
    return 0
