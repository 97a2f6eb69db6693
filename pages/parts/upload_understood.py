"""What was read of a file, in words and as its first rows: nothing about it is taken on trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from itertools import groupby

from data import contract
from data.intake import Intake
from data.mapping import Mapping, Source
from data.parse import Order
from pages.parts import upload_words as words
from pages.parts.table import Column, Row, folded, table
from pages.parts.upload_receipt import constants, dropped, left_out
from pages.text import in_quotes, later, number, plural, say
from pages.text.markup import Child, Markup, tag

FIRST_ROWS = 5
"""Rows that are shown: enough to see whether columns hold what their headings say."""

LONGEST_CELL = 48
"""Characters of a cell that are shown; more would push the other columns out of sight."""


def heading(intake: Intake) -> str:
    """What the file turned out to be, as the heading of the step."""
    read = intake.reading
    if not read.columns:
        return say("We could not read the file as a table")
    return say(
        "We read {rows} and {columns}",
        rows=words.rows(read.cells.height),
        columns=plural("{n} column", "{n} columns", read.cells.width + len(intake.dropped_columns)),
    )


def facts(intake: Intake, names: Table[str, str], order: Order | None) -> Markup:
    """How the file was understood: what is short in one line, and what is long in its own.

    Args:
        intake: What was understood.
        names: The municipalities, from number to name.
        order: How dates with slashes are read, where the uploader has said so.
    """
    long: dict[str, Child] = {
        say("Content"): _content(intake) if intake.tables else None,
        say("Sheet"): _sheet(intake) if intake.reading.sheet is not None else None,
        say("Set for every row"): constants(intake.constants, names),
        say("Left out"): left_out(intake.left_out) if intake.left_out else None,
        # A proposal names them where they can be taken after all.
        say("Not stored"): dropped(intake.dropped_columns)
        if intake.dropped_columns and intake.recognition.proposal is None
        else None,
    }
    first, *others = [(label, said) for label, said in long.items() if said] or [("", "")]
    short_ones = tag("li", [_fact(*one) for one in _short(intake, order)], class_="short")
    return tag(
        "ul",
        tag("li", _fact(*first)) if first[1] else None,
        short_ones,
        [tag("li", _fact(*one)) for one in others],
        class_="understood",
        role="list",
    )


def _fact(label: str, said: Child) -> Markup:
    return tag("div", tag("span", f"{label}:", class_="label"), " ", said, class_="fact")


def _short(intake: Intake, order: Order | None) -> Iterator[tuple[str, str]]:
    read = intake.reading
    if read.encoding is not None:
        yield say("Encoding"), words.encoding(read.encoding)
    if read.delimiter is not None and read.columns:
        yield say("Separator"), words.delimiter(read.delimiter)
    if read.columns:
        row = read.heading_row
        said = say("none") if row is None else say("on line {line}", line=number(row))
        yield say("Headings"), said
    if any(_of_dates(intake.mapping)):
        yield say("Dates"), _dates(intake, order)


def _content(intake: Intake) -> str:
    known = intake.recognition
    counted = ", ".join(
        say("{kind} ({rows})", kind=words.kind(kind), rows=words.rows(held.height))
        for kind, held in intake.tables.items()
    )
    if known.mapping is None or known.why == "headings":
        return counted + ". " + say("The headings are those of the template.")
    tool = words.TOOLS.get(known.tool or "")
    if known.why == "proposed":
        from_ = say("An export from {tool}.", tool=tool) + " " if tool else ""
        return f"{counted}. {from_}{say('How it is read is our proposal, see below.')}"
    by = (
        say("Read by the recipe “{name}”.", name=known.mapping.name)
        if tool is None
        else say(
            "An export from {tool}, read by the recipe “{name}”.",
            tool=tool,
            name=known.mapping.name,
        )
    )
    return f"{counted}. {by}"


def _sheet(intake: Intake) -> str:
    others = [
        say("{name} (hidden)", name=sheet.name) if sheet.hidden else sheet.name
        for sheet in intake.reading.sheets
        if sheet.name != intake.reading.sheet
    ]
    said = in_quotes(intake.reading.sheet or "")
    if others:
        said += ". " + say("The workbook also holds {sheets}.", sheets=words.quoted(others))
    return said


def _of_dates(used: Mapping | None) -> Iterator[str]:
    """The columns of the file that dates are read from, by the mapping's names for them."""
    for one in used.gives if used is not None else ():
        for name, source in one.columns.items():
            is_date = contract.load(one.kind).column(name).type in ("date", "moment")
            if is_date and source.how not in ("constant", "ask"):
                yield from source.columns


def _dates(intake: Intake, order: Order | None) -> str:
    asked = {problem.code for problem in intake.problems}
    if "ambiguous_dates" in asked:
        return say("can be read in two ways; see the question below")
    written = intake.mapping.dates if intake.mapping is not None else None
    read = (order or written or "dmy") if _have_slashes(intake) else "dmy"
    return say(words.DATES_READ[read])


def _have_slashes(intake: Intake) -> bool:
    """Whether a date is written with slashes: the month is first in no other."""
    read, used = intake.reading, intake.mapping
    found = {used.find(name, read.columns) for name in _of_dates(used)} if used else set()
    places = [place for place, heading in enumerate(read.columns) if heading in found]
    return any(read.cells[:, place].str.contains("/", literal=True).any() for place in places)


# -- the first rows ----------------------------------------------------------------------------


def first_rows(intake: Intake) -> Markup | None:
    """The headings and the first rows, as they were read."""
    read = intake.reading
    if not read.columns or read.cells.is_empty():
        return None
    columns = [
        Column(say("Line"), lambda row: number(row["#"]), is_head=True, is_number=True),
        *(Column(name, _cell(place)) for place, name in enumerate(read.columns)),
    ]
    shown = read.cells.head(FIRST_ROWS).rows()
    lines = read.lines.head(FIRST_ROWS)
    rows = [
        {"#": line, **{str(place): cell for place, cell in enumerate(row)}}
        for line, row in zip(lines, shown, strict=True)
    ]
    shown_table = table(say("The first rows, as they were read"), columns, rows)
    return tag("div", shown_table, class_="first-rows")


def _cell(place: int) -> Callable[[Row], Child]:
    def shown(row: Row) -> str:
        return short(row[str(place)])

    return shown


def short(text: str | None) -> str:
    """A cell as it is shown: its beginning when it is long."""
    text = " ".join((text or "").split())
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1].rstrip() + "…"


# -- the columns -------------------------------------------------------------------------------

HOWS = {
    "column": later("the column “{of}”"),
    "constant": later("always “{of}”"),
    "template": later("put together as “{of}”"),
    "month_of": later("the month of the column “{of}”"),
    "made_on": later("the day in the number of the column “{of}”"),
    "first": later("the first of the column “{of}”"),
    "last": later("the last of the column “{of}”"),
    "count": later("how many rows there are"),
    "ask": later("what you say"),
}
"""Where a value comes from, by the mapping's way."""


def columns(intake: Intake) -> Markup | None:
    """Which column was taken for what, to be opened."""
    used = intake.mapping
    if used is None or intake.recognition.proposal is not None:
        # A proposal is shown where it can be corrected.
        return None
    rows = [
        {
            "kind": one.kind,
            "heading": contract.load(one.kind).column(name).heading,
            "from": _from(source, used, intake),
        }
        for one in used.gives
        for name, source in one.columns.items()
    ]
    tables = [
        table(
            words.kind(kind),
            [
                Column(say("Our column"), lambda row: str(row["heading"]), is_head=True),
                Column(say("Comes from"), lambda row: str(row["from"])),
            ],
            list(of_kind),
        )
        for kind, of_kind in groupby(rows, lambda row: row["kind"])
    ]
    return folded(say("See which column was taken for what"), *tables, _questions(used))


def _from(source: Source, used: Mapping, intake: Intake) -> str:
    of = source.of
    if source.how in ("column", "month_of", "made_on", "first", "last"):
        of = used.find(source.of, intake.reading.columns) or used.headings_of(source.of)[0]
    return say(HOWS[source.how], of=of)


def _questions(used: Mapping) -> Markup | None:
    if not used.questions:
        return None
    return table(
        say("The questions and how answers become numbers"),
        [
            Column(say("Column"), lambda row: str(row["column"]), is_head=True),
            Column(say("Question"), lambda row: str(row["text"])),
            Column(say("Answers"), lambda row: str(row["scale"])),
        ],
        [
            {
                "column": used.headings_of(question.column)[0],
                "text": question.text,
                "scale": used.scales[question.scale].written()
                if question.scale
                else say("as they stand"),
            }
            for question in used.questions
        ],
    )
