"""The commands of the terminal: one module each, loaded when it is asked for.

A module <command>.py has `add_arguments(parser)` and `run(arguments) -> int`, the exit code.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from data import settings
from pages.terminal import parser as parsers
from pages.terminal.arguments import refuse_unknown_municipality
from pages.terminal.parser import Parser
from pages.text import later, say, use_language

SUMMARIES = {
    "demo": later("make a store with made-up numbers"),
    "serve": later("start the dashboard"),
    "template": later("write a file to fill in, for a kind of file"),
    "read": later("show how a file is read, and store nothing"),
    "check": later("judge a file and say what it would change, and store nothing"),
    "load": later("judge a file and store it"),
    "uploads": later("list what has been uploaded"),
    "undo": later("take an upload back"),
    "restore": later("bring an upload back that was undone"),
    "attest": later("record what a head says of a locked month"),
    "decide": later("write down a decision, and what becomes of it"),
    "review": later("answer a suggested deviation, report one, or give evidence"),
    "lock": later("lock a month, or loaded history"),
    "release": later("bring the numbers up to date, and say which are shown"),
    "export": later("write out the numbers as they are shown"),
    "audit": later("check what could be learnt of a municipality from what is shown"),
    "bench": later("measure how fast it is on this machine"),
}
"""What each command does, in the order a newcomer needs them."""

COMMANDS = tuple(SUMMARIES)

DONE, REFUSED, WRONG_USE = 0, 1, 2
INTERRUPTED = 130
"""What a shell gives for a program that the user stopped."""


def module_of(command: str) -> ModuleType:
    """The module of a command, loaded when it is asked for so that the others cost nothing."""
    return importlib.import_module(f"pages.terminal.{command}")


def run(words: Sequence[str] | None = None, *, application: Callable[[], Any] | None = None) -> int:
    """Run the command that the words name, and say in words what went wrong.

    Args:
        words: What stands after the program's name; that of the process by default.
        application: Makes what is served to browsers; only `serve` asks for it.

    Returns:
        0 when it is done, 1 when it was refused, 2 when the words make no sense.
    """
    words = list(sys.argv[1:] if words is None else words)
    with parsers.own_words():
        try:
            arguments = _parser(words).parse_args(words)
            arguments.application = application
        except SystemExit as end:  # argparse has said why
            return end.code if isinstance(end.code, int) else WRONG_USE
    try:
        use_language(settings.load().language)
        refuse_unknown_municipality(arguments)
        code = module_of(arguments.command).run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print(say("Stopped."), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; what is left must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _refused(error, is_json=getattr(arguments, "json", False))
    assert isinstance(code, int)
    return code


def _refused(error: Exception, *, is_json: bool) -> int:
    # Loading the refusals loads the store; a command that went well has no use for them.
    from pages.terminal import output
    from pages.text import refusals

    sentence = refusals.sentence(error)
    if sentence is None:
        return _failed(error, is_json=is_json)
    print(sentence, file=sys.stderr)
    if is_json:
        output.show_json(
            {
                "refused": {
                    "code": refusals.code(error),
                    "sentence": sentence,
                    **refusals.stored(error),
                }
            }
        )
    return REFUSED


def _failed(error: Exception, *, is_json: bool) -> int:
    """Say that the program failed, without the error's own words: they may quote a cell."""
    from pages.terminal import output
    from pages.web import failure

    reference = failure.reference()
    sentence = say(
        "Something went wrong in the program ({sort}, reference {reference}). What was stored"
        " before is as it was. Tell whoever runs the dashboard, with the lines below; no value from"
        " a file stands in them.",
        sort=failure.sort(error),
        reference=reference,
    )
    print(f"{sentence}\n{reference}\n{failure.trace(error)}", file=sys.stderr)
    if is_json:
        output.show_json({"failed": {"reference": reference, "sort": failure.sort(error)}})
    return REFUSED


def _parser(words: Sequence[str]) -> Parser:
    """The parser, in which only the command that was asked for knows its arguments."""
    parser = Parser(prog="forankring")
    parser.explain(
        say("Forankring shows how user involvement is anchored with the leaders, month by month."),
        ["demo .store/demo", "load tiltak_2026-10.csv", "load --help"],
    )
    commands = parser.add_subparsers(
        dest="command", metavar=say("COMMAND"), title=say("commands"), required=True
    )
    asked = next((word for word in words if not word.startswith("-")), None)
    for name, summary in SUMMARIES.items():
        command = commands.add_parser(name, help=say(summary))
        if name == asked:
            module_of(name).add_arguments(command)
    return parser
