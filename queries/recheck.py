"""Any release audited again, from what it shows and from what the store held when it was made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from data import settings, snapshot, store
from queries import (
    ask,
    audit,
    cards,
    certificate,
    family,
    gate,
    judge,
    jury,
    kept_exports,
    truth,
    unnoted,
)
from queries.attack import Learnt, Verdict
from queries.base import Released
from queries.bases import Truths
from queries.builder import Builder
from queries.cards import Card
from queries.cell import Cell, CellKey, from_row, key_of
from queries.certificate import Block
from queries.disclosure import tertial_of
from queries.unnoted import Unnoted


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with a release.

    Attributes:
        code: "no_certificate": there is none, or it is of another file; nothing else is looked at.
            "learnt": an attacker can conclude too much. "contradiction": the numbers cannot all be
            true. "changed": a number is not the one that was audited. "not_audited": a number is in
            no certificate. "reissued": a number was another one in an earlier release. "derived":
            something beside a number does not follow from what is shown. "unnoted": a number that
            is not about persons is another one than when it was locked, and no correction says so.
            "export_damaged": the kept export of a locked month is lost or not what was kept.
        learnt: What can be concluded, for "learnt".
        cell: Which number, for those that are about one.
        unnoted: Which number or commitment, for "unnoted".
        file: The name of the file, for "export_damaged".
    """

    code: str
    indicator: str | None = None
    tertial: dt.date | None = None
    learnt: Learnt | None = None
    cell: CellKey | None = None
    earlier: int | None = None
    unnoted: Unnoted | None = None
    file: str | None = None


@dataclass(frozen=True)
class Rechecked:
    """What checking a release again found.

    Attributes:
        outcomes: How many tertials of an indicator are shown whole ("passed"), without their
            municipalities, or not at all.
    """

    release: int
    outcomes: Mapping[str, int]
    numbers: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.findings


def rechecked(folder: Path, number: int) -> Rechecked:
    """Check a release again.

    Raises:
        NoReleaseError: There is no such release.
    """
    path = ask.file_of(folder, number)
    if not path.is_file():
        raise ask.NoReleaseError(str(path))
    if not certificate.fits(path):
        return Rechecked(number, {}, 0, (Finding("no_certificate"),))
    loaded = cards.load_all()
    blocks = {(one.indicator, one.tertial): one for one in certificate.read(path).blocks}
    rows = _about_persons(folder, number, loaded)
    groups: dict[tuple[str, dt.date], list[Cell]] = defaultdict(list)
    for row in rows.values():
        if row["frozen_in"] is not None or row["shown"] != "none":
            cell = from_row(row)
            groups[cell.indicator, tertial_of(cell.period)].append(cell)
    findings: list[Finding] = []
    truths = _truths(folder, number, loaded)
    outcomes: dict[str, int] = defaultdict(int)
    sound: dict[tuple[str, dt.date], list[Released]] = {}
    for key, members in sorted(groups.items()):
        block = blocks.get(key)
        if block is None:
            findings.append(Finding("not_audited", *key))
            continue
        outcomes[block.outcome] += 1
        found = _of_block(loaded[key[0]], block, members, truths)
        findings += found
        if not found:
            sound[key] = _released(loaded[key[0]], block, members, truths)
    findings += _of_families(loaded, sound, truths)
    findings += _reissued(folder, number, rows, loaded)
    findings += _derived(folder, number, rows, loaded)
    findings += _unnoted(folder, number, loaded)
    findings += [Finding("export_damaged", file=name) for name in kept_exports.damaged(folder)]
    shown = sum(row["shown"] != "none" for row in rows.values())
    return Rechecked(number, dict(outcomes), shown, tuple(findings))


def _about_persons(
    folder: Path, number: int, loaded: Mapping[str, Card]
) -> dict[CellKey, dict[str, Any]]:
    rows = ask.ask("cells", store=folder, release=number).iter_rows(named=True)
    return {key_of(row): row for row in rows if loaded[row["indicator"]].privacy != "none"}


def _truths(folder: Path, number: int, loaded: Mapping[str, Card]) -> Truths:
    """What was true when the release was made, and before."""
    entry = int(ask.ask("release", store=folder, release=number)["ledger_entry"][0])
    with store.opened(folder) as opened, opened.as_of(entry):
        then = snapshot.taken(opened)
    months = sorted(ask.ask("months", store=folder, release=number)["month"].to_list())
    tables = truth.builder_tables(then.tables, settings.today(folder), loaded)
    builder = Builder(tables)
    try:
        now = truth.every_row(builder, truth.asked_by_audit(loaded), months[0], months[-1])
    finally:
        builder.close()
    return Truths(now, partial(truth.earlier_rows, folder, then.tables))


def _of_block(card: Card, block: Block, members: list[Cell], truths: Truths) -> list[Finding]:
    key = (block.indicator, block.tertial)
    known = {gate.name_of(cell): cell for cell in block.cells}
    unknown = [cell for cell in members if gate.name_of(cell) not in known]
    if unknown:
        return [Finding("not_audited", *key, cell=cell.key) for cell in unknown]
    if gate.hash_of((cell, known[gate.name_of(cell)].of) for cell in members) != block.hash:
        return [Finding("changed", *key)]
    released = _released(card, block, members, truths)
    return _learnt(key, audit.audited(truths.kind(card), released, is_whole=True))


def _released(card: Card, block: Block, members: list[Cell], truths: Truths) -> list[Released]:
    """The cells of a block with what they were summed from, as they were audited."""
    known = {gate.name_of(cell): cell for cell in block.cells}
    found = []
    for cell in members:
        was = known[gate.name_of(cell)]
        then = truths.of(card, block.tertial, was.ledger_entry, [month for _, month in was.of])
        found.append(jury.released(cell, was.of, then, was.ledger_entry))
    return found


def _learnt(key: tuple[str, dt.date], verdict: Verdict) -> list[Finding]:
    if not verdict.could_be_judged:
        return [Finding("contradiction", *key)]
    return [Finding("learnt", *key, learnt=learnt) for learnt in verdict.learnt]


def _of_families(
    loaded: Mapping[str, Card],
    sound: Mapping[tuple[str, dt.date], list[Released]],
    truths: Truths,
) -> list[Finding]:
    """What can be learnt only from several indicators that count the same answers."""
    findings = []
    every = {one for key in sound for one in family.families(loaded, key)}
    for one in sorted(every, key=lambda one: (one.names, one.of)):
        cells = {key: sound.get(key, []) for key in one.blocks}
        if one.is_told(cells):
            verdict = audit.audited(*jury.as_one(one, loaded, truths, cells), is_whole=True)
            findings += _learnt((one.others[-1], one.of), verdict)
    return findings


def _reissued(
    folder: Path, number: int, rows: Mapping[CellKey, Mapping[str, Any]], loaded: Mapping[str, Card]
) -> list[Finding]:
    """Numbers that an earlier release showed otherwise: two of them can be subtracted."""
    findings: dict[CellKey, Finding] = {}
    for earlier in range(1, number):
        if not certificate.fits(ask.file_of(folder, earlier)):
            continue
        for key, row in _about_persons(folder, earlier, loaded).items():
            if row["frozen_in"] is not None and key in rows:
                now = rows[key]
                if any(now[name] != value for name, value in row.items()):
                    tertial = tertial_of(key[3])
                    findings.setdefault(
                        key, Finding("reissued", key[0], tertial, cell=key, earlier=earlier)
                    )
    return list(findings.values())


def _unnoted(folder: Path, number: int, loaded: Mapping[str, Card]) -> list[Finding]:
    """Locked numbers about nobody that changed without a word."""
    stand = [old for old in range(1, number) if certificate.fits(ask.file_of(folder, old))]
    about_nobody = {card.id for card in loaded.values() if card.privacy == "none"}
    return [
        Finding("unnoted", one.indicator, unnoted=one, earlier=one.earlier)
        for one in unnoted.unnoted(folder, number, stand, about_nobody)
    ]


def _derived(
    folder: Path, number: int, rows: Mapping[CellKey, Mapping[str, Any]], loaded: Mapping[str, Card]
) -> list[Finding]:
    """What stands beside a number and does not follow from what is shown."""
    previous = ask.ask("release", store=folder, release=number)["previous"][0]
    still = ask.ask("cells", store=folder, release=number).clear()
    if previous is not None and certificate.fits(ask.file_of(folder, previous)):
        still = ask.ask("cells", store=folder, release=previous).filter(
            pl.col("frozen_in").is_not_null(),
            pl.col("indicator").is_in({key[0] for key in rows}),
        )
    before = {key_of(row): row for row in still.iter_rows(named=True)}
    moving = [
        gate.derived_again(from_row(row), loaded[key[0]])
        for key, row in rows.items()
        if key not in before
    ]
    expected = before | {key_of(row): row for row in judge.judged(moving, loaded, still)}
    return [
        Finding("derived", key[0], tertial_of(key[3]), cell=key)
        for key, row in rows.items()
        if any(row[name] != value for name, value in expected[key].items())
    ]
