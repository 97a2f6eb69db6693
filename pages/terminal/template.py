"""`forankring template`: a file to fill in for a kind, as a workbook or as CSV."""

from __future__ import annotations

import argparse
from pathlib import Path

from pages.terminal import arguments as shared
from pages.terminal import output
from pages.terminal.parser import Parser
from pages.text import language, say


def add_arguments(parser: Parser) -> None:
    """The kind of file, and where the template is written."""
    parser.explain(
        say(
            "Writes a template for a kind of file: headings, an example row, drop-downs, formats"
            " and an explanation of each column; as CSV when the name ends in .csv. The example is"
            " known again, and is left out when other rows stand below it."
        ),
        ["template tiltak", "template utsendinger utsendinger.csv"],
        keys={"kind": say("the kind of file"), "file": say("the file that was written")},
    )
    parser.add_argument("kind", type=_kind, metavar=say("KIND"), help=say("as tiltak or svar"))
    parser.add_argument(
        "out",
        type=Path,
        nargs="?",
        metavar=say("OUT"),
        help=say("the file to write; mal_<kind>.xlsx here if nothing is said"),
    )
    shared.add_store(parser)
    shared.add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the template, and say where."""
    from data import delivery, example_row, settings, store, template
    from data.whole import write_whole

    kind, folder, known = arguments.kind, shared.store_of(arguments), example_row.NOTHING
    if settings.about(folder) is not None:
        with store.opened(folder) as opened:
            known = delivery.known(opened)
    out = arguments.out or Path(template.file_name(kind, "xlsx"))
    is_text = out.suffix.lower() == ".csv"
    shared.refuse_no_place(out)
    made = (
        template.as_csv(kind, known) if is_text else template.as_workbook(kind, language(), known)
    )
    write_whole(out, made)
    if arguments.json:
        output.show_json({"kind": kind, "file": str(out)})
    else:
        output.show(say("The template is written to {file}.", file=out))
    return 0


def _kind(text: str) -> str:
    from data import contract

    names = contract.kinds_by_name()
    if contract.fold(text) not in names:
        known = ", ".join(contract.load(kind).name["nb"].lower() for kind in contract.all_kinds())
        raise argparse.ArgumentTypeError(
            say("found “{found}”, expected one of {kinds}", found=text, kinds=known)
        )
    return names[contract.fold(text)]
