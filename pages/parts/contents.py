"""The table of contents of the page about the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from pages.text import say
from pages.text.markup import Markup, tag

Entry = tuple[str, str]
"""What an address names a place by, and what it is called."""


def contents(parts: Sequence[tuple[Entry, Sequence[Entry]]]) -> Markup:
    """Links to every part and to what stands in it."""
    return tag(
        "nav",
        tag("p", say("On this page"), class_="quiet"),
        tag(
            "ul",
            [
                tag("li", _link(entry), tag("ul", [tag("li", _link(each)) for each in below]))
                if below
                else tag("li", _link(entry))
                for entry, below in parts
            ],
        ),
        class_="contents",
        aria_label=say("On this page"),
    )


def _link(entry: Entry) -> Markup:
    anchor, words = entry
    return tag("a", words, href=f"#{anchor}", target="_self")
