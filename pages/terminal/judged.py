"""What was judged of a file: its problems, what was understood, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import coverage, mapping_tables
from data.coverage import Coverage
from data.difference import Difference
from data.intake import Intake
from data.problems import Problem
from pages.terminal import receipts
from pages.terminal.read import how_read
from pages.text import later, number, odd, problems, say

if TYPE_CHECKING:
    from data.store import Store

MOST_PROBLEMS = 50
"""Sentences that are printed; more than fit on two screens have one cause, seen in the first."""


@dataclass(frozen=True)
class Would:
    """What storing a file would do to what is stored.

    Attributes:
        proposes: What of its months is still missing.
        changes: By kind; none of a file that cannot be stored.
        odd: What is unlike what usually comes, in sentences.
    """

    proposes: Coverage
    changes: Mapping[str, Difference] = field(default_factory=dict)
    odd: tuple[str, ...] = ()


def would(intake: Intake, folder: Path, covers: Coverage | None = None) -> Would:
    """What storing a file would do, kind by kind; stores nothing.

    Args:
        covers: What it covers; what of its months is still missing, where nobody says.
    """
    from data import store

    with store.opened(folder) as opened:
        return would_in(opened, intake, covers)


def would_in(opened: Store, intake: Intake, covers: Coverage | None = None) -> Would:
    """The same of a store that is open."""
    from data import jumps, receipts
    from data.difference import foreseen
    from data.unfit import unfit

    delivered = [one.covers for one in receipts.newest_first(opened) if one.is_active]
    proposes = coverage.still_missing(intake.proposes, delivered)
    if intake.blocking:
        return Would(proposes)
    covers, part = proposes if covers is None else covers, intake.is_part
    changes = foreseen(opened, intake.tables, covers, is_part=part)
    found = jumps.found(opened, intake.tables, covers, is_part=part)
    names = dict(opened.distinct("municipalities", "municipality_id, name"))
    sentences = (
        *odd.of_headings(intake.problems),
        *odd.sentences(found, changes, names),
        *odd.of_answers(unfit(opened, intake.tables)),
    )
    return Would(covers, changes, sentences)


def facts(intake: Intake, would: Would) -> dict[str, Any]:
    """Everything that was judged, for machines."""
    reading, used = intake.reading, intake.mapping
    return {
        "file_name": intake.name,
        "sha256": intake.sha256,
        "blocking": intake.blocking,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "heading_row": reading.heading_row,
        "tool": intake.recognition.tool,
        "mapping": None if used is None else used.name,
        "mapped_by": intake.recognition.why,
        "mapping_table": None if used is None else mapping_tables.as_table(used),
        "proposal": _proposal(intake),
        "constants": intake.constants,
        "rows": {kind: table.height for kind, table in intake.tables.items()},
        "left_out": [{"line": one.line, "why": one.why} for one in intake.left_out],
        "dropped_columns": list(intake.dropped_columns),
        "changes": change_facts(would.changes),
        "odd": list(would.odd),
        "proposes": coverage.written(would.proposes),
        "problems": [problem_facts(problem) for problem in intake.problems],
    }


def _proposal(intake: Intake) -> list[dict[str, Any]] | None:
    """What each column is proposed to be, for machines; None where nothing is proposed."""
    proposal = intake.recognition.proposal
    if proposal is None:
        return None
    return [
        {
            "column": one.heading,
            "use": one.use,
            "why": one.why or None,
            "question": one.code if one.is_answered else None,
            "text": one.text,
            "role": one.role if one.is_answered else None,
            "scale": proposal.scales[one.scale].written() if one.scale else None,
            "options": list(one.options),
            "split": one.split or None,
        }
        for one in proposal.columns
    ]


def _proposed(intake: Intake, explained_by: Sequence[str]) -> list[str]:
    """The proposal in words: each column that is taken, and those that are not."""
    proposal = intake.recognition.proposal
    if proposal is None:
        return []
    lines = [say("Proposed, and not confirmed:")]
    if explained_by:
        lines.append("  " + say("texts from {files}", files=", ".join(explained_by)))
    for one in proposal.columns:
        if one.is_answered:
            answers = proposal.scales[one.scale].written() if one.scale else "; ".join(one.options)
            if one.split:
                answers = say("split at every comma: {choices}", choices=answers)
            lines.append(f"  {one.heading} → {one.code} ({one.role}): {one.text} [{answers}]")
        elif one.use in ("answered_on", "answer_id", "wave_id", "municipality"):
            lines.append(f"  {one.heading} → {one.use}")
    aside = [
        one.heading
        for one in proposal.columns
        if one.use in ("personal", "free_text", "metadata", "left_out")
    ]
    if aside:
        lines.append("  " + say("not taken: {columns}", columns=receipts.shortened(aside, ", ")))
    return lines


def problem_facts(problem: Problem) -> dict[str, Any]:
    """One problem, for machines."""
    return {
        "code": problem.code,
        "line": problem.line,
        "lines": list(problem.lines),
        "column": problem.column,
        "found": problem.found,
        "expected": problem.expected,
        "nearest": problem.nearest,
        "blocking": problem.blocking,
        "sentence": problems.sentence(problem),
    }


def problem_lines(intake: Intake) -> list[str]:
    """The headline and a sentence for each problem."""
    found = intake.problems
    lines = [problems.headline(intake.name, found)]
    lines += [f"  {problems.sentence(problem)}" for problem in found[:MOST_PROBLEMS]]
    if len(found) > MOST_PROBLEMS:
        lines.append("  " + say("and {n} more", n=number(len(found) - MOST_PROBLEMS)))
    return lines


def text(intake: Intake, would: Would, explained_by: Sequence[str] = ()) -> str:
    """Everything that was judged, in words.

    Args:
        explained_by: The files that its texts came from.
    """
    lines = [*how_read(intake.reading), *_proposed(intake, explained_by)]
    if intake.mapping is not None and intake.recognition.why not in ("headings", "proposed"):
        lines.append(say("Read by the mapping {name}", name=intake.mapping.name))
    if intake.tables:
        counted = {kind: table.height for kind, table in intake.tables.items()}
        lines.append(say("Understood: {rows}", rows=receipts.rows(counted)))
    lines += receipts.left_out(intake.left_out)
    lines += change_lines(would.changes)
    lines += odd_lines(would.odd)
    lines += column_hints(intake.problems)
    if would.proposes:
        lines.append(say("Seems to cover: {covers}", covers=coverage.written(would.proposes)))
    return "\n".join([*lines, "", *problem_lines(intake)])


def change_facts(changes: Mapping[str, Difference]) -> dict[str, dict[str, int]]:
    """How many rows of each kind are new, changed, gone and as before, for machines."""
    return {
        kind: {
            "new": len(found.new),
            "changed": len(found.changed),
            "gone": len(found.gone),
            "same": found.same,
        }
        for kind, found in changes.items()
    }


def change_lines(changes: Mapping[str, Difference], *, is_done: bool = False) -> list[str]:
    """The same in words, of a file that could be stored or is."""
    would = later(
        "Would change {kind}: {new} new, {changed} changed, {gone} gone, {same} as before"
    )
    did = later("Changed {kind}: {new} new, {changed} changed, {gone} gone, {same} as before")
    return [
        say(
            did if is_done else would,
            kind=receipts.kind_name(kind),
            new=number(len(found.new)),
            changed=number(len(found.changed)),
            gone=number(len(found.gone)),
            same=number(found.same),
        )
        for kind, found in changes.items()
    ]


def odd_lines(sentences: Sequence[str]) -> list[str]:
    """What is unlike what usually comes, below a line that says so."""
    return [say("Look at this:"), *(f"  {one}" for one in sentences)] if sentences else []


def column_hints(problems: Sequence[Problem]) -> list[str]:
    """How to say that a heading is nearly ours: what to type."""
    return [
        "  " + say("--column {heading}={nearest} reads it so.", heading=one.column, nearest=near)
        for one in problems
        if one.code == "misspelt_column" and (near := one.nearest) is not None
    ]
