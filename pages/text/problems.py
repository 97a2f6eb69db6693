"""A problem with a file as a sentence: where, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.layout import LeftOut
from data.problems import Problem
from pages.text import (
    number,
    plural,
    problems_of_cells,
    problems_of_columns,
    problems_of_files,
    say,
)
from pages.text.problem_facts import (
    heading,
)

MOST_LINES = 8
"""Line numbers that are listed; of more the first ones and how many."""


def sentence(problem: Problem) -> str:
    """One problem in the language spoken now, as plain text."""
    where = place(problem)
    what = _WHAT[problem.code](problem)
    return f"{where}: {what}" if where else what[:1].upper() + what[1:]


def headline(file_name: str, problems: Sequence[Problem]) -> str:
    """What the list of problems amounts to, in one line above it."""
    count = sum(problem.blocking for problem in problems)
    if count == 0:
        return say("{file} can be stored.", file=file_name)
    return plural(
        "{n} problem in {file}. Nothing is stored.",
        "{n} problems in {file}. Nothing is stored.",
        count,
        file=file_name,
    )


def place(problem: Problem) -> str:
    """Where in the file, as "Lines 4 and 9, column «status»"; empty when it is the whole file."""
    parts = []
    if problem.sheet:
        parts.append(say("sheet “{sheet}”", sheet=problem.sheet))
    lines = problem.lines or ((problem.line,) if problem.line is not None else ())
    if lines:
        parts.append(_lines(lines))
    column = problem.column or (heading(problem) if lines and problem.field else None)
    if column and not (problem.column is None and problem.code == "missing_column"):
        parts.append(say("column “{column}”", column=column))
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _lines(lines: Sequence[int]) -> str:
    # A row of a survey is a row for each answer in it, and all of them are one line.
    lines = list(dict.fromkeys(lines))
    shown = [str(line) for line in lines[:MOST_LINES]]
    if len(lines) == 1:
        return say("line {line}", line=shown[0])
    if len(lines) > MOST_LINES:
        more = number(len(lines) - MOST_LINES)
        return say("lines {lines} and {more} more", lines=", ".join(shown), more=more)
    return say("lines {lines} and {last}", lines=", ".join(shown[:-1]), last=shown[-1])


def left_out(one: LeftOut) -> str:
    """Why a row is not among the values, in a few words."""
    reasons = {
        "separator_line": say("names the separator"),
        "title_row": say("a title above the table"),
        "heading_row": say("a further heading row"),
        "repeated_heading": say("the headings once more"),
        "sum_row": say("a sum"),
        "source_row": say("a source or note"),
        "blank_row": say("empty"),
        "example": say("the example of the template"),
        "chosen": say("left out by you"),
    }
    return reasons[one.why]


def not_counted(held: Mapping[str, Any]) -> list[str]:
    """What a receipt says was read and counts in no number, or in fewer than the rest.

    Args:
        held: The facts of an upload, as the store keeps them.
    """
    said = []
    if held.get("without_answers"):
        said.append(
            plural(
                "{n} row has no answer to any of the questions that are read",
                "{n} rows have no answer to any of the questions that are read",
                held["without_answers"],
            )
        )
    if held.get("without_number"):
        said.append(
            plural(
                "{n} answer is without a number and in no share",
                "{n} answers are without a number and in no share",
                held["without_number"],
            )
        )
    return said


_WHAT = {**problems_of_files.WHAT, **problems_of_columns.WHAT, **problems_of_cells.WHAT}
