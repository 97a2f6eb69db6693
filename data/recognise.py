"""Whose export a table is: a saved mapping's, or that of a contract whose headings it has."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data import contract, mapping_tables, packed, propose, tools
from data.codebook import NOTHING, Codebook
from data.contract import Column, Contract, fold
from data.mapping import Gives, Mapping, Source
from data.proposal import Proposal, revised
from data.read import Reading

TEMPLATE = "template"
"""The tool of a table whose headings are the contract's own."""

PROPOSED = "forslag"
"""What the mapping of a proposal is called until somebody gives it a name."""

NEARLY = 0.6
"""The share of a mapping's columns that must be there for it to be spoken of as nearly fitting: a
question or two come and go from one year to the next."""


@dataclass(frozen=True)
class Nearly:
    """A saved mapping that no longer fits, and why.

    Attributes:
        gone: Its columns that the file has no longer.
        new: Columns of the file that it does not know.
    """

    name: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Recognition:
    """What a table was recognised as.

    Attributes:
        mapping: How it is read; None when it is not known, or when several fit.
        kind: The only kind it gives; None when it gives several or none.
        tool: What wrote it: "template", "surveyxact", "forms", "planner", …
        why: A saved mapping that fits, the headings of a contract, or a proposal that nobody has
            confirmed.
        candidates: Names of mappings or kinds that fit equally, or the kind that nearly fits.
        unknown_columns: Headings that nothing takes.
        missing_columns: Required columns of the contract that no heading is.
        unsure: Contract column → headings of the file that could each be it.
        proposal: How the columns seem to be meant, to be corrected and confirmed.
        nearly: A saved mapping that was made for such a file, and no longer fits.
    """

    mapping: Mapping | None = None
    kind: str | None = None
    tool: str | None = None
    why: Literal["saved_mapping", "headings", "asked_for", "proposed"] | None = None
    candidates: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()
    proposal: Proposal | None = None
    nearly: Nearly | None = None


def recognise(
    reading: Reading,
    mappings: Sequence[Mapping],
    name: str | None = None,
    codebook: Codebook = NOTHING,
) -> Recognition:
    """What the table is.

    A mapping fits when all columns it is known by are there; of several the one that is known by
    most columns, and of equals the question is asked. Where none fits and the headings are those
    of no contract, a survey's export is proposed a mapping.

    Args:
        mappings: Those saved in the store first, then the shipped ones.
        name: A mapping or a kind of file that the uploader asks for, or PROPOSED where it is said
            to be answers.
        codebook: The texts behind the file's codes. A mapping that somebody saved must agree with
            them: s_1 is another question in another survey. The shipped examples are not used by
            themselves then: who brings the texts wants them read.
    """
    if name == PROPOSED:
        return _proposed(reading, mappings, codebook) or Recognition()
    if name is not None:
        return _asked_for(reading, mappings, name)
    if codebook is not NOTHING:
        mappings = [
            one
            for one in mappings
            if one not in mapping_tables.shipped() and _agrees(one, codebook)
        ]
    fitting = [mapping for mapping in mappings if mapping.fits(reading.columns)]
    if fitting:
        most = max(len(mapping.known_by) for mapping in fitting)
        best = {
            mapping.name: mapping for mapping in reversed(fitting) if len(mapping.known_by) == most
        }
        if len(best) > 1:
            return Recognition(candidates=tuple(sorted(best)))
        return _by_mapping(reading, next(iter(best.values())), "saved_mapping")
    return _by_tool(reading, mappings, codebook)


def _agrees(mapping: Mapping, codebook: Codebook) -> bool:
    """Whether the questions of a mapping have the texts that the file's own list gives them."""
    return all(
        fold(codebook.texts[heading]).endswith(fold(question.text))
        for question in mapping.questions
        for heading in mapping.headings_of(question.column)
        if heading in codebook.texts and not question.option
    )


def _by_tool(reading: Reading, mappings: Sequence[Mapping], codebook: Codebook) -> Recognition:
    """By a contract's headings, or proposed as the tool that wrote it is known to export."""
    tool = tools.of(reading.columns)
    by_headings = _by_headings(reading)
    is_survey = tool is not None and tool.lists is None
    whole = by_headings.mapping is not None and not by_headings.missing_columns
    # What a contract nearly knows is a file of that kind with a slip in it, and no survey.
    others = set(by_headings.candidates) - {"survey_answers", "survey_waves", "questions"}
    if whole or (not is_survey and (by_headings.mapping is not None or others)):
        return by_headings
    if tool is not None and tool.lists is not None:
        return dataclasses.replace(by_headings, tool=tool.name)
    name = tool.name if tool else None
    found = _proposed(reading, mappings, codebook, is_survey=False)
    return found or dataclasses.replace(by_headings, tool=by_headings.tool or name)


def _proposed(
    reading: Reading, mappings: Sequence[Mapping], codebook: Codebook, *, is_survey: bool = True
) -> Recognition | None:
    """A table as answers, whose columns somebody has yet to look at.

    Args:
        is_survey: Somebody says that it holds answers, whatever it looks like.
    """
    tool = tools.of(reading.columns)
    proposal = propose.propose(reading, tool, codebook, is_survey=is_survey)
    if proposal is None:
        return None
    nearly = _nearly(reading, mappings)
    if nearly is not None:
        earlier = next(one for one in mappings if one.name == nearly.name)
        proposal = revised(proposal, earlier)
    return as_proposed(reading, proposal, nearly)


def by_mapping(reading: Reading, mapping: Mapping) -> Recognition:
    """A table as a mapping reads it that has just been saved for it."""
    return _by_mapping(reading, mapping, "saved_mapping")


def as_proposed(reading: Reading, proposal: Proposal, nearly: Nearly | None = None) -> Recognition:
    """A table as a proposal reads it, which nobody has confirmed yet."""
    found = _by_mapping(reading, proposal.mapping(PROPOSED), "proposed")
    return dataclasses.replace(found, proposal=proposal, nearly=nearly)


def _nearly(reading: Reading, mappings: Sequence[Mapping]) -> Nearly | None:
    """The mapping of answers that most of the columns are known from, if enough of them are."""
    best: tuple[float, Nearly] | None = None
    for mapping in mappings:
        if not mapping.questions:
            continue
        wanted = [*mapping.looks_at()]
        gone = [one for one in wanted if mapping.find(one, reading.columns) is None]
        share = 1 - len(gone) / len(wanted)
        known = {mapping.find(one, reading.columns) for one in wanted}
        aside = {fold(heading) for heading in (*mapping.drop, *mapping.leave_out)}
        new = [one for one in reading.columns if one not in known and fold(one) not in aside]
        if share >= NEARLY and (best is None or share > best[0]):
            headings = tuple(mapping.headings_of(one)[0] for one in gone)
            best = share, Nearly(mapping.name, headings, tuple(new))
    return None if best is None else best[1]


def _asked_for(reading: Reading, mappings: Sequence[Mapping], name: str) -> Recognition:
    for mapping in mappings:
        if mapping.name == name:
            return _by_mapping(reading, mapping, "asked_for")
    if name in contract.all_kinds():
        return _of_kind(reading, contract.load(name))
    return Recognition(candidates=tuple(mapping.name for mapping in mappings))


def _by_mapping(
    reading: Reading, mapping: Mapping, why: Literal["saved_mapping", "asked_for", "proposed"]
) -> Recognition:
    looked_at = {mapping.find(name, reading.columns) for name in mapping.looks_at()}
    expected = {fold(heading) for heading in (*mapping.drop, *mapping.leave_out)}
    missing = [
        mapping.headings_of(name)[0]
        for name in mapping.known_by
        if mapping.find(name, reading.columns) is None
    ]
    for one in mapping.gives:
        held = contract.load(one.kind)
        for name, source in one.columns.items():
            found = [mapping.find(column, reading.columns) for column in source.columns]
            if held.column(name).is_required and None in found:
                absent = source.columns[found.index(None)]
                missing.append(mapping.headings_of(absent)[0])
    return Recognition(
        mapping=mapping,
        kind=mapping.kinds[0] if len(mapping.kinds) == 1 else None,
        tool=mapping.tool,
        why=why,
        unknown_columns=tuple(
            heading
            for heading in reading.columns
            if heading not in looked_at and fold(heading) not in expected
        ),
        missing_columns=tuple(dict.fromkeys(missing)),
    )


# -- by the headings of a contract -------------------------------------------------------------


def _by_headings(reading: Reading) -> Recognition:
    """The contract that the headings fit best, if one fits well enough and better than others."""
    scored = []
    for kind in contract.all_kinds():
        held = contract.load(kind)
        matched = _matched(held, reading)
        required = [column.name for column in held.columns if column.is_required]
        there = sum(1 for name in required if name in matched) / len(required)
        share = len(matched) / len(reading.columns) if reading.columns else 0
        scored.append((there == 1, there + share, len(matched), kind))
    scored.sort(reverse=True)
    whole, score, count, kind = scored[0]
    # Half of what must be there and half of what is there: less is another sort of file.
    if not (count >= 2 and score >= 1):
        return Recognition(candidates=(kind,) if count >= 2 else ())
    rivals = [one[3] for one in scored if one[:3] == (whole, score, count)]
    if len(rivals) > 1:
        return Recognition(candidates=tuple(sorted(rivals)))
    return _of_kind(reading, contract.load(kind))


def _matched(held: Contract, reading: Reading) -> dict[str, list[str]]:
    """Contract column → the headings of the file that mean it, the Norwegian heading first."""
    by_fold: dict[str, list[str]] = {}
    for heading in reading.columns:
        by_fold.setdefault(fold(_unnumbered(heading, reading.columns)), []).append(heading)
    taken: set[str] = set()
    matched: dict[str, list[str]] = {}
    # The heading that templates write goes before any alias, so that "type" as an alias of one
    # column never takes what is the heading of another.
    for aliases in (False, True):
        for column in held.columns:
            words = column.headings if aliases else (column.heading, column.name)
            for word in words:
                for heading in by_fold.get(fold(word), ()):
                    if heading not in taken:
                        taken.add(heading)
                        matched.setdefault(column.name, []).append(heading)
    return matched


def _unnumbered(heading: str, headings: Sequence[str]) -> str:
    """The heading that a numbered duplicate, as "frist (2)", stood as in the file."""
    stem, sep, number = heading.rpartition(" (")
    is_numbered = bool(sep) and number.endswith(")") and number[:-1].isdigit()
    return stem if is_numbered and stem in headings else heading


def _of_kind(reading: Reading, held: Contract) -> Recognition:
    matched = _matched(held, reading)
    unsure = tuple(
        (name, tuple(headings))
        for name, headings in matched.items()
        if len(headings) > 1 and not _same_cells(reading, headings)
    )
    chosen = {name: headings[0] for name, headings in matched.items()}
    mapping = Mapping(
        name=held.kind,
        tool=TEMPLATE,
        known_by=tuple(chosen.values()),
        gives=(
            Gives(
                held.kind,
                {name: Source("column", heading) for name, heading in chosen.items()},
            ),
        ),
    )
    used = {heading for headings in matched.values() for heading in headings}
    return Recognition(
        mapping=mapping,
        kind=held.kind,
        tool=TEMPLATE,
        why="headings",
        unknown_columns=tuple(name for name in reading.columns if name not in used),
        missing_columns=tuple(
            column.heading
            for column in held.columns
            if column.is_required and column.name not in matched
        ),
        unsure=unsure,
    )


def _same_cells(reading: Reading, headings: Sequence[str]) -> bool:
    first = packed.plain(reading.cells[headings[0]])
    return all(packed.plain(reading.cells[heading]).equals(first) for heading in headings[1:])


def nearly_meant(known_as: Recognition, unknown: Sequence[str]) -> dict[str, str]:
    """Of columns that are not used, those whose heading is nearly that of one that is not there.

    Required columns are left to the problem that they are missing, which names the nearest too.
    """
    if known_as.kind is None or known_as.mapping is None or known_as.why != "headings":
        return {}
    given = {name for one in known_as.mapping.gives for name in one.columns}
    found: dict[str, str] = {}
    for column in contract.load(known_as.kind).columns:
        if column.name in given or column.is_required:
            continue
        heading = nearest_heading(column, [name for name in unknown if name not in found])
        if heading is not None:
            found[heading] = column.heading
    return found


def nearest_heading(column: Column | str, headings: Sequence[str]) -> str | None:
    """The heading that looks most like a column that is missing; None when none does."""
    accepted = column.headings if isinstance(column, Column) else (column,)
    by_fold = {fold(heading): heading for heading in headings}
    # 0.75 takes one wrong letter in five and leaves words that only share an ending apart.
    for word in accepted:
        close = difflib.get_close_matches(fold(word), list(by_fold), n=1, cutoff=0.75)
        if close:
            return by_fold[close[0]]
    return None
