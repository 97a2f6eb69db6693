"""Everything that is wrong with a file: in sentences by cause, and as a list to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from data import mending, rest
from data.intake import Intake
from data.problems import Problem, Weight
from pages.parts.notes import heading
from pages.parts.table import folded
from pages.text import language, later, plural, problems, say
from pages.text.markup import Markup, join, tag

SHOWN_OF_A_CAUSE = 3
"""Sentences of one cause that stand open; the rest of them say the same about other cells."""

WEIGHTS: dict[Weight, str] = {
    "stop": later("This must be mended before the file can be stored"),
    "ask": later("We need your answer to this"),
    "tell": later("Good to know"),
}
"""The groups of problems, in the order they are told."""


def title(intake: Intake) -> str:
    """What the problems amount to, as the heading of the step."""
    stops = sum(problem.weight == "stop" for problem in intake.problems)
    asks = sum(problem.weight == "ask" for problem in intake.problems)
    if stops:
        return plural(
            "{Words} problem. Nothing is stored.", "{Words} problems. Nothing is stored.", stops
        )
    if asks:
        return plural(
            "{Words} question before the file can be stored.",
            "{Words} questions before the file can be stored.",
            asks,
        )
    return say("We found no problems")


def told(intake: Intake, weight: Weight) -> Markup | None:
    """The problems of one weight under a heading, those of one cause together."""
    found = [problem for problem in intake.problems if problem.weight == weight]
    if not found:
        return None
    causes: dict[tuple[str, str | None, str | None], list[Problem]] = {}
    for problem in found:
        # What is only good to know is one cause, in however many columns it stands.
        column = None if weight == "tell" else problem.column
        causes.setdefault((problem.code, problem.sheet, column), []).append(problem)
    return tag(
        "section",
        heading(3, say(WEIGHTS[weight])),
        tag(
            "ul", [_cause(of_cause) for of_cause in causes.values()], class_="problems", role="list"
        ),
        class_=f"told {weight}",
    )


def _cause(found: Sequence[Problem]) -> Markup:
    sentences = [tag("p", problems.sentence(problem)) for problem in found]
    more = sentences[SHOWN_OF_A_CAUSE:]
    rest = (
        folded(plural("{n} more of the same", "{n} more of the same", len(more)), join(more))
        if more
        else None
    )
    return tag("li", *sentences[:SHOWN_OF_A_CAUSE], rest)


# -- to take away ------------------------------------------------------------------------------


def as_list(intake: Intake) -> bytes:
    """The problems as a CSV that Norwegian Excel opens: a row for each line, so it can be sorted.

    What was found is quoted as in the sentences; of personal data only the place.
    """
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(
        [
            say("File"),
            say("Sheet"),
            say("Line"),
            say("Column"),
            say("Found"),
            say("What is wrong"),
            say("Must be mended"),
        ]
    )
    for problem in intake.problems:
        lines = problem.lines or (problem.line,)
        for line in lines:
            rows.writerow(
                [
                    mending.neutral(intake.name),
                    mending.neutral(problem.sheet),
                    "" if line is None else line,
                    mending.neutral(problem.column),
                    mending.neutral(problem.found),
                    mending.neutral(problems.sentence(problem)),
                    say("yes") if problem.blocking else say("no"),
                ]
            )
    return text.getvalue().encode("utf-8-sig")


def list_name(intake: Intake) -> str:
    """What the list is called: after the file it is about."""
    stem = intake.name.rpartition(".")[0] or intake.name
    return say("problems_{file}.csv", file=stem)


def to_mend(intake: Intake) -> bytes:
    """The rows that are wrong, with a sentence each, as a list to mend and upload alone.

    Empty where no row is, or where there is personal data in the file.
    """
    lines = rest.lines_to_mend(intake)
    if not lines:
        return b""
    return mending.as_csv(
        intake.reading,
        (*intake.problems, *intake.left),
        lines,
        problems.sentence,
        language(),
        intake.dropped_columns,
    )


def to_mend_name(intake: Intake) -> str:
    """What the list to mend is called: after the file it is from."""
    stem = intake.name.rpartition(".")[0] or intake.name
    return say("mend_{file}.csv", file=stem)
