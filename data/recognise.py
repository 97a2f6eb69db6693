"""Whose export a table is: a saved mapping's, or that of a contract whose headings it has."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data import contract
from data.codebook import is_codebook as is_codebook
from data.contract import Column, Contract, fold
from data.mapping import Gives, Mapping, Source
from data.read import Reading

TEMPLATE = "template"
"""The tool of a table whose headings are the contract's own."""


@dataclass(frozen=True)
class Recognition:
    """What a table was recognised as.

    Attributes:
        mapping: How it is read; None when it is not known, or when several fit.
        kind: The only kind it gives; None when it gives several or none.
        tool: What wrote it: "template", "surveyxact", "forms", "planner", …
        why: A saved mapping that fits, or the headings of a contract.
        candidates: Names of mappings or kinds that fit equally, or the kind that nearly fits.
        unknown_columns: Headings that nothing takes.
        missing_columns: Required columns of the contract that no heading is.
        unsure: Contract column → headings of the file that could each be it.
    """

    mapping: Mapping | None = None
    kind: str | None = None
    tool: str | None = None
    why: Literal["saved_mapping", "headings", "asked_for"] | None = None
    candidates: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()


def recognise(
    reading: Reading, mappings: Sequence[Mapping], name: str | None = None
) -> Recognition:
    """What the table is.

    A mapping fits when all columns it is known by are there; of several the one that is known by
    most columns, and of equals the question is asked.

    Args:
        mappings: Those saved in the store first, then the shipped ones.
        name: A mapping or a kind of file that the uploader asks for.
    """
    if name is not None:
        return _asked_for(reading, mappings, name)
    fitting = [mapping for mapping in mappings if mapping.fits(reading.columns)]
    if fitting:
        most = max(len(mapping.known_by) for mapping in fitting)
        best = {
            mapping.name: mapping for mapping in reversed(fitting) if len(mapping.known_by) == most
        }
        if len(best) > 1:
            return Recognition(candidates=tuple(sorted(best)))
        return _by_mapping(reading, next(iter(best.values())), "saved_mapping")
    return _by_headings(reading)


def _asked_for(reading: Reading, mappings: Sequence[Mapping], name: str) -> Recognition:
    for mapping in mappings:
        if mapping.name == name:
            return _by_mapping(reading, mapping, "asked_for")
    if name in contract.all_kinds():
        return _of_kind(reading, contract.load(name))
    return Recognition(candidates=tuple(mapping.name for mapping in mappings))


def _by_mapping(
    reading: Reading, mapping: Mapping, why: Literal["saved_mapping", "asked_for"]
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
    first = reading.cells[headings[0]]
    return all(reading.cells[heading].equals(first) for heading in headings[1:])


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
