"""The terminal's parser: argparse with its words in the reader's language, and one form of help."""

from __future__ import annotations

import argparse
import contextlib
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from pages.text import later, say

WIDTH = 90
"""Characters in a line of help: as wide as people read with ease, and as most terminals are."""

ARGPARSE_SAYS = (
    later("usage: "),
    later("positional arguments"),
    later("options"),
    later("show this help message and exit"),
    later("%(prog)s: error: %(message)s\n"),
    later("argument %(argument_name)s: %(message)s"),
    later("the following arguments are required: %s"),
    later("one of the arguments %s is required"),
    later("not allowed with argument %s"),
    later("expected one argument"),
    later("expected at most one argument"),
    later("expected at least one argument"),
    later("ignored explicit argument %r"),
    later("unrecognized arguments: %s"),
    later("unknown parser %(parser_name)r (choices: %(choices)s)"),
    later("invalid choice: %(value)r (choose from %(choices)s)"),
    later("invalid %(type)s value: %(value)r"),
    later("ambiguous option: %(option)s could match %(matches)s"),
    later("unexpected option string: %s"),
)
"""What argparse itself says to a user; it asks gettext for each."""


@contextlib.contextmanager
def own_words() -> Iterator[None]:
    """Inside the block, argparse finds its words in our catalogues.

    argparse looks its messages up in the files of the system's gettext, compiled and chosen by the
    environment; ours are read as text, so its lookup is what we replace.
    """
    looked_up = vars(argparse)["_"]
    # It asks for the words of what was not given, too.
    vars(argparse)["_"] = lambda message: message and say(message)
    try:
        yield
    finally:
        vars(argparse)["_"] = looked_up


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with what we have wrapped ourselves left as it is."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=WIDTH)


class Parser(argparse.ArgumentParser):
    """A parser whose help says what the command does, gives an example, and names the JSON keys."""

    def __init__(self, **settings: Any) -> None:
        # An option that is written in full reads the same when a new one is added.
        super().__init__(formatter_class=_Help, allow_abbrev=False, **settings)

    def explain(
        self, does: str, examples: Sequence[str], *, keys: Mapping[str, str] | None = None
    ) -> None:
        """Give the command its help.

        Args:
            does: What it does, in whole sentences.
            examples: Lines that could be typed, without the program's name.
            keys: What --json prints: by key what it holds.
        """
        self.description = textwrap.fill(does, WIDTH)
        parts = [_block(say("Example:"), [f"forankring {example}" for example in examples])]
        if keys:
            width = max(map(len, keys))
            lines = [
                textwrap.fill(
                    f"{key:<{width}}  {holds}",
                    WIDTH - 2,
                    subsequent_indent=" " * (width + 2),
                )
                for key, holds in keys.items()
            ]
            parts.append(_block(say("With --json it prints:"), lines))
        self.epilog = "\n\n".join(parts).replace("%", "%%")

    def parse_args(self, *given: Any, **more: Any) -> Any:
        """As argparse does; of words that no argument takes only the options are repeated."""
        found, others = self.parse_known_args(*given, **more)
        if others:
            shown = [one.partition("=")[0] if one.startswith("-") else HIDDEN for one in others]
            one = others[0] if len(others) == 1 else ""
            if is_quotable(one):
                shown = [one]
            self.error(say("unrecognized arguments: %s") % " ".join(shown))
        return found

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, without what may be about somebody."""
        super().error(without_hidden(message))


HIDDEN = "…"
"""What stands for typed words that may be about somebody: terminals keep what they print."""

_LONGEST_WORD = 24
"""Letters of one word that is a slip of the keys and no sentence."""

_QUOTED = re.compile(r"«([^»]*)»|“([^”]*)”|'([^']*)'|\"([^\"]*)\"")


def is_quotable(text: str) -> bool:
    """Whether typed text can be repeated: one short word that is no number of anybody's."""
    if not text or len(text) > _LONGEST_WORD or re.search(r"[\s@]", text):
        return False
    from data import guard

    return not guard.holds_personal_data(text)


def without_hidden(sentence: str) -> str:
    """A sentence in which what is quoted is repeated only where it can be."""

    def shown(match: re.Match[str]) -> str:
        quoted = next((one for one in match.groups() if one), "")
        return match[0] if not quoted or is_quotable(quoted) else match[0].replace(quoted, HIDDEN)

    return _QUOTED.sub(shown, sentence)


def _block(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(textwrap.indent(line, "  ") for line in lines)])
