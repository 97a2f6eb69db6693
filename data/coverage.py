"""Which kinds, municipalities and months a file covers: proposed, worded, read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from data import contract

Coverage = frozenset[tuple[str, str, dt.date]]
"""(kind, municipality, first day of the month) for everything that a file delivers."""


def months(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of the months from one to the other, both included."""
    found = []
    month = first.replace(day=1)
    while month <= last:
        found.append(month)
        month = (month + dt.timedelta(days=31)).replace(day=1)
    return found


def of(
    kinds: Iterable[str], municipalities: Iterable[str], first: dt.date, last: dt.date
) -> Coverage:
    """Every kind for every municipality in every month of a stretch."""
    municipalities, span = tuple(municipalities), months(first, last)
    return frozenset(
        (kind, municipality, month)
        for kind in kinds
        for municipality in municipalities
        for month in span
    )


def proposed(tables: Mapping[str, pl.DataFrame], waves: pl.DataFrame, today: dt.date) -> Coverage:
    """What a file seems to cover: the municipalities in it, from its first month to its last.

    A full list (actions, seats, …) says how things stand now, so it reaches to the last whole month
    even when nothing in it is dated so late. It is a proposal: silence in a month can be a month
    without anything, or one that was not exported, and only the uploader knows which.

    Args:
        tables: Typed rows by kind, as check makes them.
        waves: wave_id, municipality and sent_on of every wave that is known or in the file:
            answers follow theirs.
    """
    last_whole = today.replace(day=1) - dt.timedelta(days=1)
    found: set[tuple[str, str, dt.date]] = set()
    spans: list[tuple[dt.date, dt.date]] = []
    undated: list[tuple[str, list[str]]] = []
    for kind, table in tables.items():
        held = contract.load(kind)
        dated = _dated(held, table, waves)
        if dated is None:
            continue
        owners = sorted(dated["municipality"].drop_nulls().unique().to_list())
        days = dated["day"].drop_nulls().to_list()
        if not days:
            undated.append((kind, owners))
            continue
        first, last = min(days), max(days)
        if held.replaces == "list":
            last = max(last, last_whole)
        spans.append((first, last))
        found |= of([kind], owners, first, min(last, max(today, first)))
    for kind, owners in undated:
        # A list without dates stands for the months that the rest of the file is about.
        first = min((span[0] for span in spans), default=last_whole)
        last = max((span[1] for span in spans), default=last_whole)
        found |= of([kind], owners, first, min(last, max(today, first)))
    return frozenset(found)


def still_missing(proposes: Coverage, delivered: Iterable[Coverage]) -> Coverage:
    """What of a proposal has not been delivered before.

    An export that a coordinator sends each month reaches back over months that are delivered
    already. So of what stands in the file, only the months that are still missing since the first
    delivery are proposed, and always its last one. What ends before the first delivery is history
    that comes afterwards, and is proposed whole.

    Args:
        proposes: What a file seems to cover.
        delivered: What each upload that counts has delivered.
    """
    known: dict[tuple[str, str], set[dt.date]] = {}
    for one in delivered:
        for kind, owner, month in one:
            known.setdefault((kind, owner), set()).add(month)
    last: dict[tuple[str, str], dt.date] = {}
    for kind, owner, month in proposes:
        last[kind, owner] = max(month, last.get((kind, owner), month))
    return frozenset(
        (kind, owner, month)
        for kind, owner, month in proposes
        if not (before := known.get((kind, owner)))
        or last[kind, owner] < min(before)
        or month == last[kind, owner]
        or (month > min(before) and month not in before)
    )


def _dated(
    held: contract.Contract, table: pl.DataFrame, waves: pl.DataFrame
) -> pl.DataFrame | None:
    """Whose each row is and on which day; None for a kind that belongs to no municipality."""
    if held.follows is not None:
        followed = table.select(pl.col(held.follows).unique().cast(pl.String).alias("wave_id"))
        return followed.join(waves, on="wave_id", how="left").select(
            "municipality", pl.col("sent_on").alias("day")
        )
    if held.municipality_column is None:
        return None
    day = pl.col(held.dated_by) if held.dated_by else pl.lit(None, pl.Date)
    return table.select(
        pl.col(held.municipality_column).alias("municipality"), day.cast(pl.Date).alias("day")
    )


# -- in words ----------------------------------------------------------------------------------


def written(covers: Coverage) -> str:
    """A coverage as text: "3439,3440:2026-01..2026-10", one part for each that differs.

    Parts are separated by blanks; where kinds differ, a part begins with its kinds, as
    "actions,seats@3439:2026-10".
    """
    months_of: dict[tuple[str, str], set[dt.date]] = {}
    for kind, owner, month in covers:
        months_of.setdefault((kind, owner), set()).add(month)
    owners_of: dict[tuple[dt.date, ...], dict[str, set[str]]] = {}
    for (kind, owner), covered in months_of.items():
        by_kind = owners_of.setdefault(tuple(sorted(covered)), {})
        by_kind.setdefault(kind, set()).add(owner)
    kinds = {kind for kind, _, _ in covers}
    parts = []
    for span, by_kind in sorted(owners_of.items()):
        kinds_of: dict[tuple[str, ...], list[str]] = {}
        for kind, owners in by_kind.items():
            kinds_of.setdefault(tuple(sorted(owners)), []).append(kind)
        for equal, of_kinds in sorted(kinds_of.items()):
            ordered = [kind for kind in contract.all_kinds() if kind in of_kinds]
            start = "" if set(of_kinds) == kinds else f"{','.join(ordered)}@"
            parts.append(f"{start}{','.join(equal)}:{_span(span)}")
    return " ".join(parts)


def _span(span: tuple[dt.date, ...]) -> str:
    stretches: list[list[dt.date]] = []
    for month in span:
        if stretches and months(stretches[-1][-1], month)[1:] == [month]:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return ",".join(
        f"{one[0]:%Y-%m}" if len(one) == 1 else f"{one[0]:%Y-%m}..{one[-1]:%Y-%m}"
        for one in stretches
    )


_PART = re.compile(
    r"(?:(?P<kinds>[a-z_]+(?:,[a-z_]+)*)@)?(?P<owners>\d{4}(?:,\d{4})*):(?P<span>[\d,.-]+)"
)
_MONTH = r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])"
_STRETCH = re.compile(rf"({_MONTH})(?:\.\.({_MONTH}))?")


def read(text: str, kinds: Collection[str]) -> Coverage:
    """The coverage that a text names, as `written` writes it.

    Args:
        kinds: What a part without kinds is about.

    Raises:
        ValueError: The text is no coverage; it says which part.
    """
    found: set[tuple[str, str, dt.date]] = set()
    for part in text.split():
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(part)
        named = (match["kinds"] or "").split(",") if match["kinds"] else list(kinds)
        if not set(named) <= set(contract.all_kinds()):
            raise ValueError(part)
        for stretch in match["span"].split(","):
            ends = _STRETCH.fullmatch(stretch)
            if ends is None:
                raise ValueError(part)
            first = dt.date.fromisoformat(f"{ends[1]}-01")
            last = dt.date.fromisoformat(f"{ends[2] or ends[1]}-01")
            if last < first:
                raise ValueError(part)
            found |= of(named, match["owners"].split(","), first, last)
    if not found:
        raise ValueError(text)
    return frozenset(found)
