"""`forankring uploads`: what has been uploaded, newest first, with what was undone."""

from __future__ import annotations

import argparse

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import listed, number, say


def add_arguments(parser: Parser) -> None:
    """One upload or all, and the store."""
    parser.explain(
        say("Lists the uploads, the newest first; with a number the whole receipt of that one."),
        ["uploads", "uploads 12", "uploads --json"],
        keys={"uploads": say("a list of receipts, each as load prints it")},
    )
    parser.add_argument(
        "upload",
        type=shared.whole,
        nargs="?",
        metavar=say("UPLOAD"),
        help=say("only this one, in full"),
    )
    shared.add_store(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the list, or one receipt."""
    from data import receipts as stored
    from data import store
    from pages.terminal import receipts

    with store.opened(shared.store_of(arguments)) as opened:
        if arguments.upload is None:
            found = stored.newest_first(opened)
        else:
            found = [stored.of(opened, arguments.upload)]
    if arguments.json:
        output.show_json({"uploads": [receipts.facts(receipt) for receipt in found]})
    elif arguments.upload is not None:
        output.show(receipts.text(found[0]))
    elif not found:
        output.show(say("Nothing has been uploaded yet."))
    else:
        output.show_rows(
            [say("Upload"), say("When"), say("File"), say("Rows"), say("Kinds"), say("State")],
            [
                [
                    str(receipt.upload_id),
                    output.told(receipt.at),
                    receipt.file_name,
                    number(sum(receipt.rows.values())),
                    listed([receipts.kind_name(kind) for kind in receipt.rows]),
                    say("counts") if receipt.is_active else say("taken back"),
                ]
                for receipt in found
            ],
        )
    return 0
