"""Numbers as a real table: a caption, headings with scope, and a word where there is no row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pages.text import say
from pages.text.markup import Child, Markup, tag

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what of a row stands in it.

    Attributes:
        is_head: The cells name their rows, and are read out with every other cell of the row.
        is_number: Set to the right, with figures of equal width.
    """

    heading: str
    cell: Callable[[Row], Child]
    is_head: bool = False
    is_number: bool = False


def table(
    caption: str,
    columns: Iterable[Column],
    rows: Iterable[Row],
    *,
    is_caption_shown: bool = True,
    is_cards: bool = False,
    empty: str | None = None,
) -> Markup:
    """The rows as an HTML table.

    Args:
        caption: What the table holds, as a sentence; read out also when it is not shown.
        columns: From left to right.
        rows: From top to bottom, as a frame's `iter_rows(named=True)` gives them.
        is_cards: On a phone each row is a card, with the headings beside its cells.
        empty: What stands there instead when there is no row.
    """
    columns = list(columns)
    body = [
        tag("tr", [_cell(column, row, is_labelled=is_cards) for column in columns]) for row in rows
    ]
    if not body:
        return tag("p", empty or say("There is nothing to show here."), class_="empty")
    heads = [
        tag("th", column.heading, scope="col", class_="number" if column.is_number else None)
        for column in columns
    ]
    shown = tag(
        "table",
        tag("caption", caption, class_=None if is_caption_shown else "unseen"),
        tag("thead", tag("tr", heads)),
        tag("tbody", body),
    )
    # A wide table scrolls inside its frame, which the keyboard must be able to reach.
    css = "rows cards" if is_cards else "rows"
    return tag("div", shown, class_=css, role="region", aria_label=caption, tabindex=0)


def folded(summary: str, *children: Child, is_open: bool = False) -> Markup:
    """What can be opened below a chart: its numbers, or how it was made."""
    return tag("details", tag("summary", summary), *children, class_="folded", open=is_open)


def _cell(column: Column, row: Row, *, is_labelled: bool) -> Markup:
    css = "number" if column.is_number else None
    content = column.cell(row)
    if column.is_head:
        return tag("th", content, scope="row", class_=css)
    return tag("td", content, class_=css, data_label=column.heading if is_labelled else None)
