"""An upload's receipt: everything that is known of it afterwards, on the screen and on paper."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data import contract, people
from data.layout import LeftOut
from data.people import Person
from data.problems import from_facts
from data.receipts import Receipt
from pages.parts import upload_words as words
from pages.parts.table import folded
from pages.text import in_quotes, language, number, plural, problems, say
from pages.text.markup import Child, Markup, tag
from queries.ask import NoReleaseError, ask, current_release

MOST_LINES = 12
"""Lines that were left out and are named one by one."""

MOST_NAMED = 12
"""Columns that are named at once: an export from Jira has a hundred that are not kept."""


def may_see(person: Person, receipt: Receipt) -> bool:
    """Whether somebody may see how many rows there are, and undo it.

    Only who may upload for every municipality in it: the number of answers in a file can be lower
    than anything the pages show.
    """
    owners = {place for _, place, _ in receipt.covers}
    return people.may(person, "undo") and all(people.may(person, "undo", owner) for owner in owners)


def released(entry: int) -> tuple[int | None, int | None]:
    """The releases that were shown before and after an entry of the ledger; None for none.

    None for both where the one before is discarded, as an older version's is: then nobody can say
    any more which one was the first to hold the entry.
    """
    try:
        newest = current_release()
    except NoReleaseError:
        return None, None
    first = bisect_left(range(1, newest + 1), entry, key=_reaches) + 1
    if first > 1 and _reaches(first - 1) == _UNKNOWN:
        return None, None
    return (first - 1) or None, first if first <= newest else None


_UNKNOWN = -1


def _reaches(release: int) -> int:
    """The last entry that a release holds; before all of them where it cannot be opened."""
    try:
        return int(ask("release", release=release).item(0, "ledger_entry"))
    except NoReleaseError:
        return _UNKNOWN


def title(receipt: Receipt, names: Mapping[str, str], *, is_new: bool, is_repeat: bool) -> str:
    """What there is to know of it, as the heading of the page."""
    stored = words.rows(sum(receipt.rows.values()))
    if is_new and is_repeat:
        return say("{file} is uploaded already. Nothing was changed.", file=receipt.file_name)
    if not receipt.is_active:
        return say("The upload of {file} is undone.", file=receipt.file_name)
    if not is_new:
        return say("Receipt for {file}", file=receipt.file_name)
    covered = words.covers(receipt.covers, names)
    if not covered:
        return say("{rows} are stored.", rows=stored)
    if receipt.left_rows:
        return plural(
            "{rows} are stored for {covers}. {n} row is left to mend.",
            "{rows} are stored for {covers}. {n} rows are left to mend.",
            receipt.left_rows,
            rows=stored,
            covers=covered,
        )
    return say("{rows} are stored for {covers}.", rows=stored, covers=covered)


def table(receipt: Receipt, names: Mapping[str, str]) -> Markup:
    """The receipt, a line for each thing."""
    lines = [
        tag("div", tag("dt", label), tag("dd", said)) for label, said in _lines(receipt, names)
    ]
    return tag(
        "section",
        tag("dl", lines),
        class_="receipt",
        aria_label=say("Receipt {number}", number=receipt.upload_id),
    )


def _lines(receipt: Receipt, names: Mapping[str, str]) -> Iterator[tuple[str, Child]]:
    facts = receipt.facts
    yield say("Upload"), number(receipt.upload_id)
    yield say("File"), receipt.file_name
    yield (
        say("Stored"),
        say(
            "{when} by {who}",
            when=words.when(receipt.at),
            who=words.who(receipt.who, receipt.role, names),
        ),
    )
    if receipt.withdrawn_at is not None:
        yield say("Undone"), words.when(receipt.withdrawn_at)
    yield say("Rows"), [tag("span", line, class_="line") for line in _rows(receipt.rows)]
    if receipt.covers:
        yield say("Covers"), [tag("span", line, class_="line") for line in _covers(receipt, names)]
    before, after = released(receipt.upload_id)
    if after is not None:
        yield say("Numbers"), _numbers(before, after)
    yield say("Read as"), _read(facts)
    if facts.get("constants"):
        yield say("Set for every row"), constants(facts["constants"], names)
    if facts.get("left_out"):
        yield say("Left out"), left_out([LeftOut(o["line"], o["why"]) for o in facts["left_out"]])
    if receipt.left_rows:
        yield say("Left to mend"), [tag("span", line, class_="line") for line in left(receipt)]
    if facts.get("dropped_columns"):
        yield say("Not stored"), dropped(facts["dropped_columns"])
    not_counted = problems.not_counted(facts)
    if not_counted:
        yield say("Note"), [tag("span", line, class_="line") for line in not_counted]
    yield say("Fingerprint (SHA-256)"), tag("span", receipt.sha256, class_="print")
    yield say("Version"), say("Forankring {version}", version=receipt.app_version)


def _rows(counted: Mapping[str, int]) -> list[str]:
    return [f"{words.kind(kind)}: {words.rows(count)}" for kind, count in counted.items()]


def _covers(receipt: Receipt, names: Mapping[str, str]) -> list[str]:
    """A line for each stretch of municipalities and months, with its kinds where they differ."""
    by_cover: dict[str, list[str]] = {}
    for kind in receipt.rows:
        own = [covered for covered in receipt.covers if covered[0] == kind]
        if own:
            by_cover.setdefault(words.covers(own, names), []).append(kind)
    if len(by_cover) == 1:
        return list(by_cover)
    return [f"{_capital(words.kinds(kinds))}: {covered}" for covered, kinds in by_cover.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _numbers(before: int | None, after: int) -> str:
    if before is None:
        return say("edition {after} was the first to show it", after=after)
    return say("edition {before} before, edition {after} after", before=before, after=after)


def _read(facts: Mapping[str, Any]) -> str:
    said = []
    if facts.get("mapping") and facts.get("mapped_by") != "headings":
        said.append(say("the recipe “{name}”", name=facts["mapping"]))
    if facts.get("encoding"):
        said.append(words.encoding(facts["encoding"]))
    if facts.get("delimiter"):
        said.append(words.delimiter(facts["delimiter"]))
    if facts.get("sheet"):
        said.append(say("the sheet “{sheet}”", sheet=facts["sheet"]))
    if facts.get("heading_row"):
        said.append(say("headings on line {line}", line=number(facts["heading_row"])))
    return ", ".join(said)


def left(receipt: Receipt) -> list[str]:
    """How many rows were left to be mended, and why."""
    found = [from_facts(one) for one in receipt.facts.get("left", ())]
    said = [problems.sentence(one) for one in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        said.append(say("and {n} more", n=number(len(found) - MOST_LINES)))
    return [plural("{n} row", "{n} rows", receipt.left_rows) + ":", *said]


# -- words that the step before storing shares -------------------------------------------------


def constants(found: Mapping[str, str], names: Mapping[str, str]) -> str:
    """What was set for every row, by the columns' own headings."""
    said: dict[str, str] = {}
    for place, value in found.items():
        kind, _, name = place.partition(".")
        column = contract.load(kind).column(name)
        coded = {one.code: one.words[language()] for one in column.values}
        said[column.heading] = coded.get(value, names.get(value, value))
    return ", ".join(f"{heading} = {value}" for heading, value in said.items())


def left_out(rows: Sequence[LeftOut]) -> str:
    """Which rows are no values, and why."""
    shown = [
        say("line {line} ({why})", line=number(one.line), why=problems.left_out(one))
        for one in rows[:MOST_LINES]
    ]
    if len(rows) > MOST_LINES:
        shown.append(say("and {n} more", n=number(len(rows) - MOST_LINES)))
    return plural("{n} row", "{n} rows", len(rows)) + ": " + ", ".join(shown)


def dropped(headings: Sequence[str]) -> Child:
    """Which columns are not kept: a dozen by name, and the others folded below them."""
    count = plural("{n} column", "{n} columns", len(headings)) + ": "
    rest = headings[MOST_NAMED:]
    if not rest:
        return count + words.quoted(headings)
    more = say("and {n} more", n=number(len(rest)))
    named = ", ".join(in_quotes(heading) for heading in headings[:MOST_NAMED])
    return [count + named, folded(more, tag("p", words.quoted(rest)))]
