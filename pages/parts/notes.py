"""What stands around numbers: the finding above, headings between, quiet words below."""

from __future__ import annotations

import datetime as dt
import re

from pages.text import date
from pages.text.formats import NO_BREAK
from pages.text.markup import Child, Markup, tag


def finding(sentence: str) -> Markup:
    """The page's heading: what there is to know, as a sentence.

    A number stays on the line of what it counts, and a year on that of its month, so that none
    stands alone at a line's end or start.
    """
    unbroken = re.sub(r"\b(\d{1,3}) (?=[^\W\d])", rf"\1{NO_BREAK}", sentence)
    unbroken = re.sub(r"(?<=[^\W\d]) (?=\d{4}\b)", NO_BREAK, unbroken)
    return tag("h1", unbroken, class_="finding")


def heading(
    level: int, words: str, *, anchor: str | None = None, is_above_chart: bool = False
) -> Markup:
    """A heading below the page's first.

    Not h2: Streamlit's markdown turns that into one with a link to itself, a tab stop for nothing.

    Args:
        anchor: What an address names it by, as in /participation#tomme.
        is_above_chart: A chart follows, which begins as high as the one beside it.
    """
    css = f"heading-{level} above-chart" if is_above_chart else f"heading-{level}"
    return tag("div", words, role="heading", aria_level=level, class_=css, id=anchor)


def part(words: str, below: str | None = None, *, anchor: str | None = None) -> Markup:
    """The heading of a part of a page, with a quiet line below.

    Args:
        anchor: What an address names it by, as in /participation#verv.
    """
    return tag(
        "div",
        heading(2, words),
        tag("p", below, class_="quiet") if below else None,
        class_="part",
        id=anchor,
    )


def note(*children: Child) -> Markup:
    """Quiet words: what a number rests on, or why one is not shown."""
    return tag("p", *children, class_="note")


def link(text: str, address: str) -> Markup:
    """A link that says where it goes, in this tab."""
    return tag("a", text, href=address, target="_self", class_="go")


def day(when: dt.date) -> Markup:
    """A date that stays on one line."""
    return tag("span", date(when), class_="day")
