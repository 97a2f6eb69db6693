"""The commands of the terminal: one module each, loaded when it is asked for.

A module <command>.py has `add_arguments(parser)` and `run(arguments) -> int`, the exit code.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from data import settings
from pages.text import later, say, use_language

SUMMARIES = {
    "demo": later("make a store with made-up numbers"),
    "read": later("show how a file is read"),
    "check": later("judge files, and store nothing"),
    "load": later("check files and store them"),
    "uploads": later("list what has been uploaded"),
    "undo": later("take an upload back"),
    "restore": later("bring an upload back that was undone"),
    "attest": later("confirm a month for a municipality"),
    "decide": later("write down a decision"),
    "review": later("answer a suggested deviation"),
    "lock": later("lock a month, or loaded history"),
    "release": later("make a new release of the numbers"),
    "export": later("write out the numbers as they are shown"),
    "serve": later("start the dashboard"),
}
"""What each command does, in the order a newcomer needs them."""

COMMANDS = tuple(SUMMARIES)

# What argparse says itself, so that the catalogues know it.
_ARGPARSE = (
    later("usage: "),
    later("options"),
    later("positional arguments"),
    later("show this help message and exit"),
    later("%(prog)s: error: %(message)s\n"),
    later("argument %(argument_name)s: %(message)s"),
    later("the following arguments are required: %s"),
    later("one of the arguments %s is required"),
    later("unrecognized arguments: %s"),
    later("not allowed with argument %s"),
    later("invalid choice: %(value)r (choose from %(choices)s)"),
    later("invalid %(type)s value: %(value)r"),
    later("expected one argument"),
    later("expected at least one argument"),
    later("ambiguous option: %(option)s could match %(matches)s"),
)


def run(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name.

    Returns:
        The command's exit code; 1 when a setting cannot be used, 2 when the words make no sense.
    """
    # argparse words its own messages through these two names.
    argparse._ = say  # type: ignore[attr-defined]
    argparse.ngettext = _counted  # type: ignore[attr-defined]
    words = sys.argv[1:] if words is None else list(words)
    try:
        use_language(settings.load().language)
    except settings.SettingRefusedError as refused:
        print(refusal(refused), file=sys.stderr)
        return 1
    name = words[0] if words else ""
    if name not in COMMANDS:
        is_asked = name in ("", "-h", "--help")
        print(overview(), file=sys.stdout if is_asked else sys.stderr)
        if not is_asked:
            print("\n" + say("There is no command «{name}».", name=name), file=sys.stderr)
        return 0 if is_asked else 2
    command = importlib.import_module(f"pages.terminal.{name}")
    parser = argparse.ArgumentParser(f"forankring {name}", description=say(SUMMARIES[name]))
    command.add_arguments(parser)
    try:
        arguments = parser.parse_args(words[1:])
    except SystemExit as stopped:  # argparse has said what it had to say
        return int(stopped.code or 0)
    return int(command.run(arguments))


def overview() -> str:
    """All commands, a line each."""
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{say(summary)}" for name, summary in SUMMARIES.items()]
    return "\n".join(
        [
            say("usage: ") + "forankring " + say("<command> …"),
            "",
            *lines,
            "",
            say("forankring <command> --help tells more."),
        ]
    )


def refusal(refused: settings.SettingRefusedError) -> str:
    """Why a setting cannot be used: which, what it was set to, and what was expected."""
    if refused.found is None:
        return say(
            "{name} cannot be used: expected {expected}.",
            name=refused.name,
            expected=refused.expected,
        )
    return say(
        "{name} cannot be used: found «{found}», expected {expected}.",
        name=refused.name,
        found=refused.found,
        expected=refused.expected,
    )


def _counted(one: str, many: str, n: int) -> str:
    return say(one if n == 1 else many)
