"""The kinds of file and their columns, as people read them: written from the contracts."""

from __future__ import annotations

from data import contract
from data.contract import Column as FileColumn
from data.contract import Contract
from pages.parts.entry import entry
from pages.parts.notes import note
from pages.parts.table import Column, Row, table
from pages.text import language, later, listed, number, say
from pages.text.markup import Child, Markup, tag

TYPES = {
    "text": later("text"),
    "code": later("one of the words listed"),
    "integer": later("a whole number"),
    "number": later("a number"),
    "date": later("a date"),
    "moment": later("a date and a time"),
    "boolean": later("yes or no"),
    "list": later("several, with semicolons between"),
}

TIERS = {
    "core": later("One of the three files that the dashboard needs."),
    "supporting": later("Makes more numbers possible."),
    "reference": later("Names that the other files refer to."),
}

REPLACES = {
    "list": later("A new file is the whole list for its municipalities."),
    "key": later("A new file adds rows and changes rows; nothing disappears."),
}


def files() -> list[Markup]:
    """Every kind of file with its columns, in the order in which they refer to each other."""
    return [_file(contract.load(kind)) for kind in contract.all_kinds()]


def names() -> list[tuple[str, str]]:
    """What an address names each kind of file by, and what it is called."""
    kinds = contract.all_kinds()
    return [(anchor(kind), contract.load(kind).name[language()]) for kind in kinds]


def anchor(kind: str) -> str:
    """What an address names a kind of file by."""
    return f"fil-{kind.replace('_', '-')}"


def _file(known: Contract) -> Markup:
    return entry(
        anchor(known.kind),
        known.name[language()],
        known.meaning[language()],
        note(" ".join((say(TIERS[known.tier]), say(REPLACES[known.replaces])))),
        table(
            say("The columns of {kind}", kind=known.name[language()].lower()),
            [
                Column(say("Column"), _name, is_head=True),
                Column(say("What it means"), _meaning),
            ],
            [{"column": column} for column in known.columns],
            is_caption_shown=False,
        ),
    )


def _name(row: Row) -> Child:
    column: FileColumn = row["column"]
    also = say("also: {names}", names=", ".join(column.aliases)) if column.aliases else None
    return [
        # The headings of the files are Norwegian in every language.
        tag("span", column.heading, lang="nb"),
        tag("span", say("must be filled in"), class_="quiet") if column.is_required else None,
        tag("span", also, class_="quiet") if also else None,
    ]


def _meaning(row: Row) -> Child:
    column: FileColumn = row["column"]
    said: list[str] = [say(TYPES[column.type])]
    if column.values:
        said.append(listed([value.words[language()] for value in column.values]))
    if column.is_extensible:
        said.append(say("more can be added"))
    if column.minimum is not None and column.maximum is not None:
        low, high = number(column.minimum), number(column.maximum)
        said.append(say("from {low} to {high}", low=low, high=high))
    elif column.minimum is not None:
        said.append(say("at least {amount}", amount=number(column.minimum)))
    if column.refers_to is not None:
        kind = contract.load(column.refers_to).name[language()].lower()
        said.append(say("one that stands in {kind}", kind=kind))
    if column.is_past:
        said.append(say("not after today"))
    return [column.meaning[language()], tag("span", "; ".join(said), class_="quiet")]
