"""The rows of a file that are right, where others are not: these are stored, those are left."""

from __future__ import annotations

import dataclasses
import datetime as dt

from data import check, mapping
from data.intake import Intake
from data.known import Known
from data.mapping import LINE, placeholders
from data.people import Person
from data.problems import PERSONAL, Problem
from data.read import AS_JUDGED, Choices, Reading

MOST_LEFT = 10_000
"""Rows that can be left: more of them nobody mends by hand, so that the export is what is wrong."""

_OF_PERSONS = PERSONAL | {"personal_column"}

_ROUNDS = 10
"""How often rows can fall with others: a wave with its service, answers with their wave, …"""


def rest(
    intake: Intake,
    known: Known,
    *,
    today: dt.date,
    who: Person,
    choices: Choices = AS_JUDGED,
) -> Intake | None:
    """The file without the rows that are wrong; None where it can be stored only as a whole.

    Rows that refer to one that is left out (an answer to its wave) are left out with it. What is in
    doubt as a whole gives no rest: its letters, its separator, its columns, personal data.
    """
    if intake.checked is None or intake.mapping is None or not intake.blocking:
        return None
    left: list[Problem] = [problem for problem in intake.problems if problem.blocking]
    used = intake.mapping
    if who.municipality is not None:
        choices = dataclasses.replace(
            choices, values={"municipality": who.municipality, **choices.values}
        )
    for _ in range(_ROUNDS):
        if not all(problem.about_lines for problem in left):
            return None
        lines = frozenset(line for problem in left for line in problem.about_lines)
        if len(lines) > MOST_LEFT:
            return None
        checked = check.check(
            _without(intake.reading, lines),
            used,
            known,
            today=today,
            who=who,
            choices=choices,
            dropped=intake.dropped_columns,
        )
        more = [problem for problem in checked.problems if problem.blocking]
        if not more:
            break
        left += more
    else:
        return None
    if not any(table.height for table in checked.tables.values()):
        return None
    said = tuple(
        kept
        for problem in intake.problems
        if not problem.blocking and (kept := _elsewhere(problem, lines)) is not None
    )
    return dataclasses.replace(
        intake,
        problems=said,
        checked=dataclasses.replace(checked, problems=said),
        left=tuple(left),
        is_part=True,
    )


def left_lines(intake: Intake) -> frozenset[int]:
    """The lines of the rows that are left to be mended."""
    return frozenset(line for problem in intake.left for line in problem.about_lines)


def hangs_together(used: mapping.Mapping) -> bool:
    """Whether rows of such a file make sense only together, so that it is mended as a whole.

    Rows are counted, or numbered by their line: some of them alone would count and be numbered
    anew, and take the place of those that are stored.
    """
    return any(
        one.distinct
        or any(
            source.how == "count"
            or (source.how == "template" and LINE in (name for name, _ in placeholders(source.of)))
            for source in one.columns.values()
        )
        for one in used.gives
    )


def lines_to_mend(intake: Intake) -> frozenset[int]:
    """The rows that the list to mend holds: those that are wrong, or all where they hang together.

    None at all where there is personal data: what must not be kept must not be taken away either.
    """
    if any(problem.blocking and problem.code in _OF_PERSONS for problem in intake.problems):
        return frozenset()
    lines = frozenset(
        line
        for problem in (*intake.problems, *intake.left)
        if problem.blocking
        for line in problem.about_lines
    )
    if lines and intake.mapping is not None and hangs_together(intake.mapping):
        return frozenset(intake.reading.lines.to_list())
    return lines


def _without(reading: Reading, lines: frozenset[int]) -> Reading:
    keep = ~reading.lines.is_in(sorted(lines))
    return dataclasses.replace(
        reading, cells=reading.cells.filter(keep), lines=reading.lines.filter(keep)
    )


def _elsewhere(problem: Problem, lines: frozenset[int]) -> Problem | None:
    """What was said of rows, without those that are left; None when it was said of no others."""
    if not problem.lines:
        return problem
    others = tuple(line for line in problem.lines if line not in lines)
    return dataclasses.replace(problem, line=others[0], lines=others) if others else None
