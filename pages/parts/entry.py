"""One thing that is explained: its name to be found by, and the rest behind it."""

from __future__ import annotations

from pages.parts.notes import heading
from pages.text import say
from pages.text.markup import Child, Markup, join, tag


def entry(anchor: str, name: str, below: str | None, *content: Child) -> Markup:
    """A name with a line below it, which open what stands behind them.

    A link to the anchor opens it, and so does the browser's own search; on paper it is open.

    Args:
        anchor: What an address names it by.
        below: What tells it from the others at a glance, as its question.
    """
    return tag(
        "details",
        tag("summary", heading(3, name), tag("p", below, class_="question") if below else None),
        tag("div", *content, class_="behind"),
        class_="card",
        id=anchor,
    )


def finder() -> Markup:
    """The field that leaves what holds a word, and the button that opens everything."""
    return tag(
        "div",
        tag("label", say("Find a word on this page"), for_="fk-find"),
        tag("input", type="search", id="fk-find", data_find="", autocomplete="off"),
        tag("button", say("Open everything"), type="button", data_unfold="", aria_pressed="false"),
        tag("p", role="status", data_hits=say("Hits: {n}"), class_="quiet"),
        class_="finder",
    )


def chapter(title: Markup, *content: Child) -> Markup:
    """A part of the page, which goes away while nothing in it is what one looks for."""
    return tag("section", join([title, *content]), class_="chapter")
