"""A file meets a store: what the file is checked against, and what of it is stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from data import contract, mapping_tables, people, problems, rest, settings
from data.coverage import Coverage
from data.intake import Intake, again, take_in
from data.known import Known, KnownWave
from data.mapping import Mapping
from data.meant import ALONE, Beside
from data.people import Person
from data.progress import Told, untold
from data.read import AS_JUDGED, USUAL, Choices, Limits
from data.store import RefusedError, Store
from data.uploads import Upload


def known(opened: Store) -> Known:
    """What the store knows that a new file may refer to."""
    services = opened.distinct("services", "service_id, name, municipality")
    waves = opened.distinct(
        "survey_waves", "wave_id, municipality, sent_on, measurement, activity_id"
    )
    return Known(
        municipalities=dict(opened.distinct("municipalities", "municipality_id, name")),
        services={number: name for number, name, _ in services},
        service_owners={number: owner for number, _, owner in services},
        waves={wave: KnownWave(*facts) for wave, *facts in waves},
        activities=_values(opened, "activities", "activity_id"),
        feedback=_values(opened, "feedback", "feedback_id"),
        # Codes in use beyond the contract's, of the columns that coordinators may extend.
        codes={
            (kind, column.name): _values(opened, kind, column.name)
            for kind in contract.all_kinds()
            for column in contract.load(kind).columns
            if column.is_extensible
        },
    )


def _values(opened: Store, kind: str, column: str) -> frozenset[str]:
    return frozenset(value for (value,) in opened.distinct(kind, column) if value is not None)


def mappings(opened: Store) -> tuple[Mapping, ...]:
    """The mappings to try: those saved in the store, the newest of each name, then the shipped."""
    saved = {
        entry.facts["name"]: mapping_tables.from_table(entry.facts)
        for entry in opened.entries("save_mapping")
    }
    return (*saved.values(), *(one for one in mapping_tables.shipped() if one.name not in saved))


def save_mapping(
    opened: Store, who: Person, chosen: Mapping, *, at: dt.datetime | None = None
) -> int:
    """Save a mapping under its name; the newest of a name is used, the others stay in the ledger.

    Raises:
        RefusedError: "may_not".
    """
    if not people.may(who, "upload"):
        raise RefusedError("may_not", act="upload", municipality="all")
    return opened.append("save_mapping", who, chosen.name, mapping_tables.as_table(chosen), at=at)


@dataclass(frozen=True)
class Ground:
    """What a file is judged against, taken from the store so that it need not stay open."""

    known: Known
    mappings: tuple[Mapping, ...]
    today: dt.date


def ground(opened: Store, today: dt.date | None = None) -> Ground:
    """What files are judged against now.

    Args:
        today: The day they are judged on; the store's own by default.
    """
    return Ground(known(opened), mappings(opened), today or settings.today(opened.folder))


def ground_without_store() -> Ground:
    """What files are judged against where there is no store yet."""
    return Ground(Known(), mapping_tables.shipped(), settings.today())


def receive(
    against: Ground,
    raw: bytes,
    name: str,
    who: Person,
    *,
    choices: Choices = AS_JUDGED,
    mapping_name: str | None = None,
    beside: Beside = ALONE,
    limits: Limits = USUAL,
    told: Told = untold,
) -> Intake:
    """Read and judge a file; stores nothing.

    Args:
        told: Is told what is being done.
    """
    return take_in(
        raw,
        name,
        store_knows=against.known,
        mappings=against.mappings,
        who=who,
        today=against.today,
        choices=choices,
        mapping_name=mapping_name,
        beside=beside,
        limits=limits,
        told=told,
    )


def receive_again(
    against: Ground,
    intake: Intake,
    who: Person,
    *,
    choices: Choices = AS_JUDGED,
    beside: Beside = ALONE,
    confirmed: Mapping | None = None,
) -> Intake | None:
    """Judge a file anew without its bytes; None where only they can tell. See `intake.again`."""
    return again(
        intake,
        store_knows=against.known,
        who=who,
        today=against.today,
        choices=choices,
        beside=beside,
        confirmed=confirmed,
    )


def upload(intake: Intake, raw: bytes, covers: Coverage, left: bytes = b"") -> Upload:
    """What is stored of a judged file, with everything that its receipt shows.

    Args:
        raw: The bytes as they came.
        covers: What the coordinator confirmed that it delivers.
        left: The list of the rows that are left to be mended.
    """
    assert not intake.blocking, "a file with problems is not stored"
    assert intake.checked is not None
    kept = intake.to_keep(raw)
    return Upload(
        file_name=intake.name,
        raw=kept,
        original_sha256=intake.sha256,
        tables=intake.tables,
        covers=covers,
        whole_waves=intake.checked.whole_waves,
        facts={**_receipt_facts(intake), "kept_whole": kept == raw},
        is_part=intake.is_part,
        left=left,
    )


def refuse(opened: Store, intake: Intake, who: Person, *, at: dt.datetime | None = None) -> int:
    """Record that a file was refused: how many rows, and how many finds of the guard refused it.

    Two numbers and nothing else: neither the file's name nor its fingerprint, no place, no value.
    What is refused leaves no trace of what was in it.

    Raises:
        RefusedError: "may_not".
    """
    if not people.may(who, "upload"):
        raise RefusedError("may_not", act="upload", municipality="all")
    # Rows with answers are people, and what a file is that nobody recognised may be such rows too.
    rows = 0 if _may_be_of_people(intake) else intake.reading.cells.height
    facts = {"file_rows": rows, "guard_hits": guard_hits(intake)}
    return opened.append("refuse", who, None, facts, at=at)


def _may_be_of_people(intake: Intake) -> bool:
    """Whether each row may be what one person answered."""
    mapping = intake.mapping
    return mapping is None or OF_PEOPLE in mapping.kinds


OF_PEOPLE = "survey_answers"
"""The kind of rows that are people: how many of them a file has, no release may tell."""


def guard_hits(intake: Intake) -> int:
    """How many finds of personal data refuse a file: its cells and headings.

    Where rows may be people, a column with finds is one: in how many rows would tell how many.
    """
    by_column = _may_be_of_people(intake)
    return sum(
        1 if by_column else len(problem.lines) or 1
        for problem in intake.problems
        if problem.blocking and problem.code in problems.PERSONAL
    )


def _receipt_facts(intake: Intake) -> dict[str, Any]:
    reading, used = intake.reading, intake.mapping
    said = Counter(problem.code for problem in intake.problems)
    still = {
        "left_rows": len(rest.left_lines(intake)),
        "left": [problems.as_facts(problem) for problem in intake.left],
    }
    return {
        "size": intake.size,
        "file_rows": reading.cells.height,
        "tool": intake.recognition.tool,
        "mapping": None if used is None else used.name,
        "mapped_by": intake.recognition.why,
        "constants": intake.constants,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "heading_row": reading.heading_row,
        "left_out": [{"line": one.line, "why": one.why} for one in intake.left_out],
        "dropped_columns": list(intake.dropped_columns),
        "without_answers": _lines_of(intake, "without_answers"),
        "without_number": _lines_of(intake, "without_number"),
        "said": dict(sorted(said.items())),
        **(still if intake.left else {}),
    }


def _lines_of(intake: Intake, code: str) -> int:
    """How many cells or rows a problem was said of: its lines are shown before, not kept."""
    return sum(len(problem.lines) for problem in intake.problems if problem.code == code)
