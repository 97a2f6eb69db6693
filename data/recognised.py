"""What is to be told of what a file was recognised as: what it is not, and what is in doubt."""

from __future__ import annotations

import dataclasses

from data import guard
from data.codebook import is_codebook
from data.problems import Problem, about_columns
from data.read import Reading
from data.recognise import Recognition, nearly_meant


def of_recognition(
    reading: Reading, known_as: Recognition, asked_for: str | None, sheet: str | None
) -> list[Problem]:
    """What is to be told of a recognition.

    Args:
        reading: The table, with what its reading has told already.
        asked_for: The mapping or kind that the uploader asked for.
    """
    codes = {problem.code for problem in reading.problems}
    fits = known_as.mapping is not None and not known_as.missing_columns
    if not fits and is_codebook(reading):
        return [Problem("codebook", sheet=sheet)]
    if (reading.is_blocked and not reading.columns) or codes & (_DOUBTS | {"no_headings"}):
        return []
    if known_as.mapping is None:
        if asked_for is not None:
            expected = "; ".join(known_as.candidates)
            return [Problem("unknown_mapping", found=asked_for, expected=expected)]
        if len(known_as.candidates) > 1:
            return [Problem("several_layouts", expected="; ".join(known_as.candidates))]
        nearest = known_as.candidates[0] if known_as.candidates else None
        found = "; ".join(reading.columns[:8])
        return [Problem("unknown_layout", found=found, nearest=nearest, sheet=sheet)]
    problems = _of_proposal(known_as, sheet)
    for name, headings in known_as.unsure:
        several, kind = "; ".join(headings), known_as.kind
        problems.append(
            Problem("unsure_column", expected=several, sheet=sheet, kind=kind, field=name)
        )
    # What may hold persons is said by the guard, in its own words.
    unknown = [
        name
        for name in known_as.unknown_columns
        if not guard.may_hold_persons(name)
        and not ("ragged_rows" in codes and name.startswith("#"))
    ]
    meant_as = nearly_meant(known_as, unknown)
    problems += [
        Problem("misspelt_column", column=name, nearest=nearest, sheet=sheet)
        for name, nearest in meant_as.items()
    ]
    unknown = [name for name in unknown if name not in meant_as]
    return [*problems, *about_columns("unknown_column", unknown, sheet=sheet)]


def _of_proposal(known_as: Recognition, sheet: str | None) -> list[Problem]:
    """That somebody must confirm the proposal, and what is to be known of it before."""
    if known_as.proposal is None:
        return []
    problems = [Problem("proposed_mapping", found=known_as.tool, sheet=sheet)]
    nearly = known_as.nearly
    if nearly is not None:
        new, gone = (
            "; ".join(one for one in columns if not guard.may_hold_persons(one)) or None
            for columns in (nearly.new, nearly.gone)
        )
        problems.append(Problem("changed_mapping", nearest=nearly.name, found=new, expected=gone))
    if known_as.proposal.lacks_texts:
        problems.append(Problem("codes_without_texts", sheet=sheet))
    return problems


def without_traces(known_as: Recognition) -> Recognition:
    """The recognition without a heading that holds personal data."""
    return dataclasses.replace(
        known_as,
        unknown_columns=tuple(
            heading
            for heading in known_as.unknown_columns
            if not guard.holds_personal_data(heading)
        ),
    )


_DOUBTS = frozenset(
    {"several_sheets", "unsure_delimiter", "unsure_encoding", "unclosed_quote", "short_headings"}
)


def is_unreadable(reading: Reading) -> bool:
    """Whether the cells themselves are in doubt, so that judging them would only confuse."""
    return any(problem.code in _DOUBTS for problem in reading.problems)
