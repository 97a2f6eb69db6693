"""Every upload, newest first: its receipt, and the way to undo it or to restore it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from data.people import Person
from data.receipts import Receipt
from pages.parts import menu
from pages.parts import upload_words as words
from pages.parts.pickers import COOPERATION
from pages.parts.upload_receipt import may_see
from pages.text import number, say
from pages.text.markup import Child, Markup, tag

UPLOAD = "opplasting"
"""The choice in the address: ?opplasting=12 shows the receipt of upload 12."""

ASK = "spor"
"""?spor=ja asks at once whether it is to be undone or restored."""

SHOWN = 12
"""Uploads that are listed at first: two months of the six municipalities' usual files."""

ALL = "alle"
"""?alle=ja lists every upload."""


def of_place(uploads: Sequence[Receipt], municipality: str) -> list[Receipt]:
    """The uploads that are about a municipality, or all of them."""
    if municipality == COOPERATION:
        return list(uploads)
    return [
        one
        for one in uploads
        if not one.covers or any(place == municipality for _, place, _ in one.covers)
    ]


def table(
    uploads: Sequence[Receipt],
    person: Person,
    names: Mapping[str, str],
    choices: Mapping[str, str],
) -> Markup:
    """The uploads as a table that becomes a list on a phone.

    Args:
        uploads: Newest first.
        person: Who looks; somebody else's numbers of rows are not shown.
        names: The municipalities, from number to name.
        choices: What every address of the page holds.
    """
    heads = (say("File"), say("Stored"), say("Covers"), say("Rows"), say("State"), "")
    row = _row(person, names, choices, heads)
    return tag(
        "table",
        tag("caption", say("Uploads, newest first"), class_="unseen"),
        tag("thead", tag("tr", [_head(head) for head in heads])),
        tag("tbody", [row(one) for one in uploads]),
        class_="list uploads",
    )


def _head(words_: str) -> Markup:
    shown = words_ or tag("span", say("What can be done"), class_="unseen")
    return tag("th", shown, scope="col")


def _row(
    person: Person, names: Mapping[str, str], choices: Mapping[str, str], heads: Sequence[str]
) -> Callable[[Receipt], Markup]:
    def drawn(one: Receipt) -> Markup:
        is_open = may_see(person, one)
        state = say("counts") if one.is_active else say("undone")
        cells: tuple[Child, ...] = (
            [
                tag("span", words.when(one.at), class_="line"),
                tag("span", words.who(one.who, one.role, names), class_="quiet"),
            ],
            words.covers(one.covers, names),
            _rows(one) if is_open else say("not shown to you"),
            state if one.is_active else tag("span", state, class_="mark-worse"),
            _doors(one, choices) if is_open else None,
        )
        labelled = [
            tag("td", tag("span", head, class_="label") if head else None, tag("span", cell))
            for head, cell in zip(heads[1:], cells, strict=True)
        ]
        name = tag("span", one.file_name, class_="name file-name")
        quiet = tag("span", words.kinds(one.rows), class_="quiet")
        return tag("tr", tag("th", name, quiet, scope="row"), labelled)

    return drawn


def _rows(one: Receipt) -> str:
    return number(sum(one.rows.values()))


def _doors(one: Receipt, choices: Mapping[str, str]) -> Markup:
    """The links of a row; what each is about is read out with it."""
    here = dict(choices) | {UPLOAD: str(one.upload_id)}
    about = tag("span", " ", one.file_name, class_="unseen")
    turn = say("Undo") if one.is_active else say("Restore")
    return tag(
        "span",
        tag("a", say("Receipt"), about, href=menu.address("upload", **here), target="_self"),
        " ",
        tag(
            "a",
            turn,
            about,
            href=menu.address("upload", **here, **{ASK: "ja"}),
            target="_self",
            class_="undo",
        ),
        class_="doors",
    )
