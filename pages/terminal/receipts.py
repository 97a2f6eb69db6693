"""An upload's receipt: for machines, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data import contract, coverage
from data.layout import LeftOut
from data.problems import from_facts
from data.receipts import Receipt
from pages.terminal import output
from pages.text import language, number, plural, problems, say

KEYS = (
    "upload_id",
    "at",
    "who",
    "role",
    "file_name",
    "sha256",
    "rows",
    "covers",
    "is_repeat",
    "withdrawn_at",
    "app_version",
    "size",
    "tool",
    "mapping",
    "constants",
    "encoding",
    "delimiter",
    "sheet",
    "heading_row",
    "left_out",
    "dropped_columns",
    "without_answers",
    "without_number",
    "left_rows",
    "left",
    "is_part",
    "kept_whole",
)
"""What a receipt holds for machines, in this order."""


def facts(receipt: Receipt) -> dict[str, Any]:
    """A receipt for machines."""
    known = {**receipt.facts, **receipt.__dict__, "covers": coverage.written(receipt.covers)}
    return {key: known.get(key) for key in KEYS}


def text(receipt: Receipt) -> str:
    """A receipt in words, a line for each thing."""
    held = facts(receipt)
    lines = [
        say("Receipt {number}", number=receipt.upload_id),
        say("File: {name}", name=receipt.file_name),
        say("Fingerprint (SHA-256): {sha256}", sha256=receipt.sha256),
        say("Uploaded: {when} by {who}", when=output.told(receipt.at), who=receipt.who),
        say("Stored: {rows}", rows=rows(receipt.rows)),
    ]
    if receipt.covers:
        lines.append(say("Covers: {covers}", covers=held["covers"]))
    if held["mapping"] and receipt.facts.get("mapped_by") != "headings":
        lines.append(say("Read by the mapping {name}", name=held["mapping"]))
    if held["constants"]:
        constants = "; ".join(_constant(name, value) for name, value in held["constants"].items())
        lines.append(say("Set for the whole file: {constants}", constants=constants))
    if held["dropped_columns"]:
        columns = shortened(held["dropped_columns"], ", ")
        lines.append(say("Columns that are not kept: {columns}", columns=columns))
    lines += left_out([LeftOut(one["line"], one["why"]) for one in held["left_out"] or ()])
    lines += problems.not_counted(receipt.facts)
    lines += _left(receipt)
    if receipt.withdrawn_at is not None:
        lines.append(say("Taken back: {when}", when=output.told(receipt.withdrawn_at)))
    return "\n".join(lines)


def rows(counted: dict[str, int]) -> str:
    """How many rows of each kind: "34 rader (tiltak), 120 rader (svar)"."""
    return ", ".join(
        plural("{n} row ({kind})", "{n} rows ({kind})", count, kind=kind_name(kind))
        for kind, count in counted.items()
    )


def kind_name(kind: str) -> str:
    """What a kind of file is called, inside a sentence."""
    return contract.load(kind).name[language()].lower()


MOST = 10
"""Lines and columns that are told one by one; of more the first ones and how many."""


def shortened(found: Sequence[str], between: str) -> str:
    """The first of them, and how many more there are."""
    shown = [*found[:MOST]]
    if len(found) > MOST:
        shown.append(say("and {n} more", n=number(len(found) - MOST)))
    return between.join(shown)


def left_out(found: Sequence[LeftOut]) -> list[str]:
    """The lines that were left out, each with the reason."""
    if not found:
        return []
    lines = [say("line {line}: {why}", line=one.line, why=problems.left_out(one)) for one in found]
    return [say("Left out: {lines}", lines=shortened(lines, "; "))]


def _left(receipt: Receipt) -> list[str]:
    """How many rows were left to be mended, and why."""
    if not receipt.left_rows:
        return []
    found = [from_facts(one) for one in receipt.facts["left"]]
    lines = [f"  {problems.sentence(one)}" for one in found[:MOST]]
    if len(found) > MOST:
        lines.append("  " + say("and {n} more", n=number(len(found) - MOST)))
    count = plural("{n} row is left to mend:", "{n} rows are left to mend:", receipt.left_rows)
    return [count, *lines]


def _constant(name: str, value: str) -> str:
    """A constant by the words of its contract: "kommuner, med_fra: 2023-07-01"."""
    kind, _, column_name = name.partition(".")
    column = contract.load(kind).column(column_name)
    words = {one.code: one.words[language()] for one in column.values}
    return f"{kind_name(kind)}, {column.heading}: {words.get(value, value)}"
