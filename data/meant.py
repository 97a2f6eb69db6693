"""Which of a file's tables is meant, what it was recognised as, and what the others say of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from data import codebook, example, mending, recognise, tools
from data import read as reading_of
from data.codebook import NOTHING, Codebook
from data.mapping import Mapping
from data.problems import Problem
from data.proposal import Proposal
from data.read import Choices, Limits, Reading
from data.recognise import Recognition


@dataclass(frozen=True)
class Beside:
    """What comes along with a file, and is no part of it.

    Attributes:
        mapping_name: A mapping or a kind of file that the uploader asks for.
        codebook: Question texts and value labels that were given together with it.
        proposal: How its columns are read as somebody has corrected it, before it is confirmed.
        problem: Why it is no file to read: an archive that cannot be opened.
    """

    mapping_name: str | None = None
    codebook: Codebook = NOTHING
    proposal: Proposal | None = None
    problem: Problem | None = None


ALONE = Beside()


def tables(
    raw: bytes, name: str, choices: Choices, limits: Limits, beside: Beside = ALONE
) -> tuple[Reading, ...]:
    """Every table of a file, those without the headings that their tool writes with them."""
    if beside.problem is not None:
        return (Reading(name, problems=(beside.problem,)),)
    found = reading_of.readings(raw, name, choices=choices, limits=limits)
    return tuple(_with_trellos_headings(one, raw, choices, limits) for one in found)


def _with_trellos_headings(
    reading: Reading, raw: bytes, choices: Choices, limits: Limits
) -> Reading:
    if choices.heading_row is not None or not _begins_like_a_card(reading):
        return reading
    without = dataclasses.replace(choices, heading_row=0, sheet=reading.sheet)
    (again,) = reading_of.readings(raw, reading.name, choices=without, limits=limits)
    first = [cell or "" for cell in again.cells.row(0)] if again.cells.height else []
    if not tools.is_trello_without_headings(first):
        return reading
    headings = dict(zip(again.columns, tools.TRELLO, strict=False))
    names = tuple(headings.get(name, name) for name in again.columns)
    known = tuple(one for one in again.problems if one.code != "no_headings")
    return dataclasses.replace(
        again, columns=names, cells=again.cells.rename(headings), problems=known
    )


def _begins_like_a_card(reading: Reading) -> bool:
    # Its first row is a card; it may have been taken for the headings, or not.
    rows = [reading.columns, *reading.cells.head(1).rows()]
    return any((cell or "").startswith("https://trello.com/c/") for row in rows for cell in row[:4])


def meant(
    readings: Sequence[Reading], mappings: Sequence[Mapping], beside: Beside = ALONE
) -> tuple[Reading, Recognition]:
    """The table that is meant: of several sheets the only one that is known, said; else asked.

    A sheet that lists the questions or the labels explains the one with the answers.
    """
    explains = [one for one in readings if len(readings) > 1 and codebook.is_codebook(one)]
    if explains and len(explains) < len(readings):
        said = beside.codebook
        for one in explains:
            said = said.and_also(codebook.of(one))
        beside = dataclasses.replace(beside, codebook=said)
        readings = [one for one in readings if one not in explains]
    known = [
        (reading, recognise.recognise(reading, mappings, beside.mapping_name, beside.codebook))
        for reading in (mending.as_it_was(one) for one in readings)
        if not reading.is_blocked or len(readings) == 1
    ]
    if not known:
        return readings[0], Recognition()
    if len(known) == len(readings) == 1:
        reading, recognition = known[0]
        if explains:
            reading = _with(reading, Problem("sheet_chosen", found=reading.sheet))
        return reading, _corrected(recognition, reading, beside.proposal)
    reading, recognition = _of_several(readings, known)
    return reading, _corrected(recognition, reading, beside.proposal)


def _corrected(known_as: Recognition, reading: Reading, proposal: Proposal | None) -> Recognition:
    """The recognition by a proposal that somebody has corrected, where it is about this table."""
    if proposal is None or known_as.why not in (None, "proposed"):
        return known_as
    if {one.heading for one in proposal.columns} != set(reading.columns):
        return known_as
    return recognise.as_proposed(reading, proposal, known_as.nearly)


def _of_several(
    readings: Sequence[Reading], known: Sequence[tuple[Reading, Recognition]]
) -> tuple[Reading, Recognition]:
    fitting = [
        (reading, recognition)
        for reading, recognition in known
        if recognition.mapping is not None and not recognition.missing_columns
    ]
    sure = [one for one in fitting if one[1].why != "proposed"]
    fitting = sure or _with_most_words(fitting)
    by_name = [
        (reading, recognition)
        for reading, recognition in fitting
        if recognition.mapping is not None and recognition.mapping.sheet == reading.sheet
    ]
    if len(by_name) == 1 or len(fitting) == 1:
        reading, recognition = (by_name if len(by_name) == 1 else fitting)[0]
        if {other.sheet for other in readings} <= {reading.sheet, *example.OWN_SHEETS}:
            return reading, recognition
        said = Problem("sheet_chosen", found=reading.sheet, sheet=reading.sheet)
        return _with(reading, said), recognition
    names = "; ".join(reading.sheet or "" for reading in readings)
    reading, recognition = (fitting or known)[0]
    asked = Problem("several_sheets", expected=names, sheet=reading.sheet)
    return _with(reading, asked), recognition


def _with_most_words(
    fitting: list[tuple[Reading, Recognition]],
) -> list[tuple[Reading, Recognition]]:
    """Of two sheets with the same rows, one of codes and one of texts, the one of texts."""
    if len({(one.columns, one.cells.height) for one, _ in fitting}) != 1:
        return fitting
    worded = [
        one for one in fitting if one[1].proposal is not None and not one[1].proposal.lacks_texts
    ]
    return worded if len(worded) == 1 else fitting


def _with(reading: Reading, problem: Problem) -> Reading:
    return dataclasses.replace(reading, problems=(*reading.problems, problem))
