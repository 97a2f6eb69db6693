"""What stands around numbers: the finding above, headings between, quiet words below."""

from __future__ import annotations

from pages.text.markup import Child, Markup, tag


def finding(sentence: str) -> Markup:
    """The page's heading: what there is to know, as a sentence."""
    return tag("h1", sentence, class_="finding")


def part(heading: str, note: str | None = None) -> Markup:
    """The heading of a part of a page, with a quiet line below."""
    line = tag("p", note, class_="quiet") if note else None
    return tag("header", tag("h2", heading), line, class_="part")


def note(*children: Child) -> Markup:
    """Quiet words: what a number rests on, or why one is not shown."""
    return tag("p", *children, class_="note")


def figure(sentence: str, drawing: Markup, *below: Child, heading: str = "h3") -> Markup:
    """A chart with its finding as heading, and below it its table and its notes."""
    return tag(
        "figure",
        tag("figcaption", tag(heading, sentence)),
        tag("div", drawing, class_="drawing"),
        *below,
        class_="chart",
    )


def link(text: str, address: str) -> Markup:
    """A link that says where it goes, in this tab."""
    return tag("a", text, href=address, target="_self", class_="go")
