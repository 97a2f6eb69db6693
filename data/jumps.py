"""Numbers of rows that are unlike what a municipality usually delivers, before they are stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Literal

import polars as pl

from data import contract
from data.contract import Contract
from data.coverage import Coverage
from data.store import Store

TIMES = 3
"""So many times the usual number, or fewer than one part of so many, is worth a question."""

LEAST = 5
"""Rows more or fewer that are worth one: a list of two rows is tripled by one busy month."""

BEFORE = 6
"""Earlier deliveries that make what is usual: half a year of months, and no longer ago."""

LONGEST = 12
"""Months of an upload that is compared: one that reaches further is history, delivered once."""


@dataclass(frozen=True)
class Jump:
    """One number that is unlike the earlier ones.

    Attributes:
        sort: "many" or "few" rows, or "missing": a municipality that was in the last such file.
        rows: How many there are now.
        usual: How many there usually are for as many months; None for a missing municipality.
    """

    sort: Literal["many", "few", "missing"]
    kind: str
    municipality: str
    rows: int = 0
    usual: float | None = None


def found(
    store: Store, tables: Mapping[str, pl.DataFrame], covers: Coverage, *, is_part: bool = False
) -> tuple[Jump, ...]:
    """What is odd about the numbers of rows of a file, by kind and municipality.

    A full list is compared with earlier lists; other kinds by rows for each month they cover.

    Args:
        is_part: Only some rows of a file: they are never compared.
    """
    if is_part:
        return ()
    return tuple(
        jump
        for kind in tables
        if contract.load(kind).municipality_column is not None or contract.load(kind).follows
        for jump in _of_kind(store, contract.load(kind), tables, covers)
    )


# Answers have no municipality of their own: theirs is that of their wave.
_OWNERS = """
select
    rows_{kind}.upload_id,
    {owner} as municipality,
    count(*) as rows
from rows_{kind}
inner join active_uploads using (upload_id)
{join}
group by all
"""

_UPLOADS = """
select
    coverage.upload_id,
    coverage.municipality,
    count(distinct coverage.month) as months
from coverage
inner join active_uploads using (upload_id)
inner join ledger on coverage.upload_id = ledger.entry
where
    coverage.kind = $kind
    and not coalesce((ledger.facts ->> 'is_part')::boolean, false)
group by coverage.upload_id, coverage.municipality
order by coverage.upload_id desc
"""


def _of_kind(
    store: Store, held: Contract, tables: Mapping[str, pl.DataFrame], covers: Coverage
) -> list[Jump]:
    follows = held.follows is not None
    counted = store.rows(
        _OWNERS.format(
            kind=held.kind,
            owner="current_survey_waves.municipality"
            if follows
            else f"rows_{held.kind}.{held.municipality_column}",
            join="inner join current_survey_waves using (wave_id)" if follows else "",
        )
    )
    rows_of = {(upload, owner): rows for upload, owner, rows in counted}
    months_of: dict[int, dict[str, int]] = {}
    for upload, owner, months in store.rows(_UPLOADS, {"kind": held.kind}):
        months_of.setdefault(upload, {})[owner] = months
    here = _rows_here(store, held, tables)
    now: dict[str, set[dt.date]] = {}
    for kind, owner, month in covers:
        if kind == held.kind:
            now.setdefault(owner, set()).add(month)
    jumps = []
    for owner in sorted(now):
        earlier = [
            (rows_of.get((upload, owner), 0), owners[owner])
            for upload, owners in months_of.items()
            if owners.get(owner, LONGEST + 1) <= LONGEST
        ][:BEFORE]
        if not earlier:
            continue
        is_list = held.replaces == "list"
        each = median(rows if is_list else rows / months for rows, months in earlier)
        usual = each if is_list else each * len(now[owner])
        rows = here.get(owner, 0)
        if rows >= TIMES * usual and rows - usual >= LEAST and usual > 0:
            jumps.append(Jump("many", held.kind, owner, rows, usual))
        elif rows * TIMES < usual and usual - rows >= LEAST:
            jumps.append(Jump("few", held.kind, owner, rows, usual))
    missing = _missing(held.kind, months_of, rows_of, set(now))
    return [*jumps, *missing]


def _missing(
    kind: str,
    months_of: Mapping[int, Mapping[str, int]],
    rows_of: Mapping[tuple[int, str], int],
    here: set[str],
) -> list[Jump]:
    """Municipalities that the last file with any of these held, and that are not in this one."""
    later: set[str] = set()
    for upload, owners in months_of.items():
        if max(owners.values()) > LONGEST:
            continue
        if here & set(owners):
            gone = {owner for owner in owners if rows_of.get((upload, owner))} - here - later
            return [Jump("missing", kind, owner) for owner in sorted(gone)]
        # Whoever has delivered alone since then is not missing here.
        later |= set(owners)
    return []


def _rows_here(store: Store, held: Contract, tables: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    table = tables[held.kind]
    if held.municipality_column is not None:
        owners = table[held.municipality_column]
    else:
        known = dict(store.distinct("survey_waves", "wave_id, municipality"))
        if "survey_waves" in tables:
            known |= dict(tables["survey_waves"].select("wave_id", "municipality").iter_rows())
        owners = pl.Series([known.get(wave) for wave in table[str(held.follows)].to_list()])
    counted = owners.drop_nulls().value_counts()
    return dict(counted.iter_rows()) if counted.height else {}
