"""The words that the pages take for granted, and how the dashboard is used by everybody."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from data import contract, settings
from pages import text
from pages.parts.notes import link
from pages.text import language, say
from pages.text.markup import Markup, tag

FILE = text.catalogue.FOLDER / "glossary.toml"


@cache
def terms() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Each word with its meaning, by language, under its code.

    Raises:
        ValueError: A word lacks a language.
    """
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for code, said in found.items():
        if set(said) != set(contract.LANGUAGES):
            raise ValueError(f"glossary.toml: {code} is said in {sorted(said)}")
    return {
        code: {spoken: (word, meaning) for spoken, (word, meaning) in said.items()}
        for code, said in found.items()
    }


def glossary() -> Markup:
    """The words with their meanings, in the order of the alphabet."""
    said = sorted((each[language()] for each in terms().values()), key=lambda pair: _order(pair[0]))
    return tag(
        "dl",
        [tag("div", tag("dt", word), tag("dd", meaning)) for word, meaning in said],
        class_="words glossary",
    )


def _order(word: str) -> str:
    # æ, ø and å come after z, in this order.
    return word.lower().translate(str.maketrans("æøå", "{|}"))


def accessibility() -> list[Markup]:
    """How the pages are used without a mouse, larger or with more contrast; and the statement."""
    said = [
        say(
            "Everything can be reached with the Tab key, opened with Enter or Space, and chosen "
            "with the arrow keys. The first Tab leads past the menu."
        ),
        say("The text can be made up to four times as large in the browser; nothing is cut."),
        say("“High contrast” at the foot of every page makes text and lines darker."),
        say("Every chart has its finding as a heading, a description, and its numbers as a table."),
        say("Colour never stands alone: an icon and a word say the same."),
    ]
    address = settings.load().statement_url
    statement = (
        tag("p", link(say("Accessibility statement"), address))
        if address is not None
        else tag("p", say("This dashboard has no accessibility statement yet."), class_="note")
    )
    return [tag("ul", [tag("li", each) for each in said], class_="reasons", role="list"), statement]
