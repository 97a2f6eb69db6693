"""Where to go on a long page: a line of links to its parts, below its finding."""

from __future__ import annotations

from collections.abc import Mapping

from pages.text import say
from pages.text.markup import Markup, tag


def jumps(parts: Mapping[str, str]) -> Markup:
    """Links to the parts of the page.

    Args:
        parts: From what an address names each by to what it is called.
    """
    links = [
        tag("li", tag("a", words, href=f"#{anchor}", target="_self"))
        for anchor, words in parts.items()
    ]
    return tag("nav", tag("ul", links, role="list"), class_="jumps", aria_label=say("On this page"))
