"""Locked months corrected: what the changed files bear on is computed anew, and nothing else is.

What a locked month was made of changes when a file of it comes late, is mended, undone or restored;
not when a later month's file comes. Numbers about persons are released once and stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from queries import as_locked, ask, combine, moving, touched, truth
from queries.builder import Builder
from queries.cards import Card
from queries.cell import Cell, CellKey, from_row, key_of
from queries.combine import Counted, State
from queries.disclosure import COOPERATION
from queries.truth import EveryRow, Measured

Row = Mapping[str, Any]

WHOSE = ["indicator", "municipality_id", "grain", "period"]


@dataclass(frozen=True)
class Touched:
    """What is delivered otherwise than in the release before, and bears on locked months.

    Attributes:
        number: The release before.
        kept: The locked months of it, each with the release that its lock kept.
        touches: What came, went and came back, as a snapshot of the store has it.
        read: What numbers are counted from, as `touched.reads` gives it.
        bearing: As `touched.touched` gives it, of the locked months.
        at: When the last of it came or went.
    """

    folder: Path
    number: int
    kept: Mapping[dt.date, int]
    touches: pl.DataFrame
    read: pl.DataFrame
    bearing: pl.DataFrame
    at: dt.datetime

    @cached_property
    def cells(self) -> pl.DataFrame:
        """The cells of the release before."""
        return ask.ask("cells", store=self.folder, release=self.number)

    @cached_property
    def versions(self) -> pl.DataFrame:
        """The later versions of months that the release before knows, and their releases."""
        # One of an earlier version of the program knows of none.
        if not ask.has_table(self.folder, self.number, "month_versions"):
            return pl.DataFrame(schema={"month": pl.Date, "release": pl.Int64})
        found = ask.ask("month_versions", store=self.folder, release=self.number)
        return found.select("month", "release")

    def since(self, release: int) -> pl.DataFrame:
        """What bears on the locked months of all that is delivered otherwise than in a release."""
        entry = as_locked.entry_of(self.folder, release)
        changed = touched.changed_since(self.touches, entry)
        return touched.touched(changed, self.read, self.kept)


def look(
    touches: pl.DataFrame, folder: Path, previous: int, loaded: Mapping[str, Card]
) -> Touched | None:
    """What is delivered otherwise since the release before; None where no locked month has of it.

    Args:
        previous: The release before; 0 for none.
    """
    if previous == 0:
        return None
    entry = as_locked.entry_of(folder, previous)
    changed = touched.changed_since(touches, entry)
    months = ask.ask("months", store=folder, release=previous)
    kept = {
        month: release
        for month, release in months.select("month", "lock_release").iter_rows()
        if release is not None
    }
    if changed.is_empty() or not kept:
        return None
    read = touched.reads(loaded)
    bearing = touched.touched(changed, read, kept)
    if bearing.is_empty():
        return None
    at = touches.filter(pl.col("entry") > entry)["at"].max()
    assert isinstance(at, dt.datetime)
    return Touched(folder, previous, kept, touches, read, bearing, at)


# -- cells -----------------------------------------------------------------------------------


def cells(
    builder: Builder,
    found: Touched,
    loaded: Mapping[str, Card],
    still: pl.DataFrame,
    counted: EveryRow,
) -> list[Cell]:
    """The cells that stood still and are otherwise now, as they are from now on.

    Args:
        still: The rows of the release before that stand still.
        counted: The true rows of all months, as they are where nothing is told as when it was
            locked.
    """
    bearing = found.bearing.filter(~pl.col("is_commitment")).rename({"name": "indicator"})
    stands = still.select("indicator", "municipality_id", month="period").unique()
    # What was missing moves by itself when it comes; all members together must follow it.
    late = bearing.filter(~pl.col("is_read") & pl.col("is_own")).join(
        stands, on=["indicator", "municipality_id", "month"], how="anti"
    )
    again = numbers_of(pl.concat([bearing.filter("is_read"), late]))
    mine = still.join(again, on=WHOSE, how="semi")
    if mine.is_empty():
        return []
    first, last = _months_of(mine)
    names = mine["indicator"].unique().to_list()
    rows = _rows(builder, found, mine, [loaded[name] for name in names], first, last, counted)
    restored = _restored(found, mine)
    made: list[Cell] = []
    for name in names:
        whose = set(again.filter(indicator=name).select(WHOSE[1:]).iter_rows())
        before = found.cells.filter(indicator=name)
        made += _anew(loaded[name], rows[name], before, whose, restored.get(name, {}))
    was = {key_of(row): row for row in mine.iter_rows(named=True)}
    anew = [replace(cell, frozen_in=was[cell.key]["frozen_in"]) for cell in made if cell.key in was]
    return [cell for cell in anew if _shown(cell) != _shown(from_row(was[cell.key]))]


def _rows(
    builder: Builder,
    found: Touched,
    mine: pl.DataFrame,
    asked: Sequence[Card],
    first: dt.date,
    last: dt.date,
    counted: EveryRow,
) -> dict[str, Measured]:
    """The true rows of these months: asked anew where a row is told as when a month was locked."""
    told_then = [card for card in asked if card.id in as_locked.asking(mine)]
    if told_then and as_locked.put_actions(builder, found.folder, found.kept, mine):
        end = builder.table("clean_months")["month"].max()
        assert isinstance(end, dt.date)
        again = truth.every_row(builder, told_then, first, min(last, end)).measured
    else:
        again = {}
    months = pl.date_range(first, last, "1mo", eager=True)
    return {
        card.id: again[card.id] if card.id in again else counted.measured[card.id].within(months)
        for card in asked
    }


def _shown(cell: Cell) -> tuple[Any, ...]:
    shown = cell.shown
    return (
        *(cell.state, shown.numerator, shown.denominator, shown.value),
        *(cell.delivered, cell.members),
    )


def numbers_of(bearing: pl.DataFrame) -> pl.DataFrame:
    """Whose numbers of which grain and period are touched: of months, of tertials, and the sums."""
    key = ["indicator", "municipality_id"]
    months = bearing.select(*key, grain=pl.lit("month"), period="month")
    tertials = bearing.select(
        *key, grain=pl.lit("tertial"), period=moving.tertial_of("month").alias("period")
    )
    own = pl.concat([months, tertials])
    together = own.with_columns(municipality_id=pl.lit(COOPERATION))
    return pl.concat([own, together]).unique()


def _months_of(rows: pl.DataFrame) -> tuple[dt.date, dt.date]:
    """From the first month of the first tertial through the last of the last."""
    tertials = rows.select(moving.tertial_of("period"))["period"]
    first, last = tertials.min(), tertials.max()
    assert isinstance(first, dt.date)
    assert isinstance(last, dt.date)
    return first, last.replace(month=last.month + 3)


def _anew(
    card: Card,
    measured: Measured,
    before: pl.DataFrame,
    whose: set[tuple[str, str, dt.date]],
    restored: Mapping[CellKey, Row],
) -> list[Cell]:
    """The touched cells of one indicator, of what is known now and what stands beside it.

    Args:
        before: Its rows in the release before.
        whose: The municipality, grain and period of the touched numbers.
        restored: Rows of an earlier version, where what they rest on is as it was then.
    """
    if card.combine == "none":
        found = combine.cells(card, measured.rows.counted, measured.rows.states)
    else:
        found = combine.cells(card, *_beside_others(measured, before, whose, restored))
    anew = [cell for cell in found if (cell.municipality_id, cell.grain, cell.period) in whose]
    return [
        *(cell for cell in anew if cell.key not in restored),
        *(from_row(row) for row in restored.values()),
    ]


def _beside_others(
    measured: Measured,
    before: pl.DataFrame,
    whose: set[tuple[str, str, dt.date]],
    restored: Mapping[CellKey, Row],
) -> tuple[list[Counted], dict[tuple[str, dt.date], State]]:
    """The rows of all members in the touched periods: anew of those touched, as shown of others."""
    touched_now = {(who, period) for who, grain, period in whose if grain == "month"}
    periods = {period for _, period in touched_now}
    back = {(row["municipality_id"], row["period"]) for row in restored.values()}
    # Of who is no member any more there is nothing new: what was locked stands beside the others.
    there = {(row.municipality_id, row.period) for row in measured.rows.counted}
    anew = (touched_now & there) - back
    within = before.filter(pl.col("period").is_in(list(periods)))
    again = anew | back
    shown = [
        row
        for row in within.iter_rows(named=True)
        if (row["municipality_id"], row["period"]) not in again
    ]
    counted = [row for row in measured.rows.counted if (row.municipality_id, row.period) in anew]
    states = {key: state for key, state in measured.rows.states.items() if key in anew}
    for row in [*shown, *restored.values()]:
        who, period = row["municipality_id"], row["period"]
        if who != COOPERATION:
            counted.append(
                Counted(who, period, row["part"], row["numerator"], row["denominator"], None)
            )
            states[who, period] = State(row["state"], row["updated_on"])
    return counted, states


def _restored(found: Touched, mine: pl.DataFrame) -> dict[str, dict[CellKey, Row]]:
    """The rows of earlier versions that are valid again: all that they rest on is as it was.

    After an undo a number is the one that was shown, also where a later month's list would tell
    otherwise of the month.
    """
    back: dict[str, dict[CellKey, Row]] = defaultdict(dict)
    left = mine
    for release in _releases(found, mine):
        since = found.since(release).filter(~pl.col("is_commitment"))
        changed = numbers_of(since.rename({"name": "indicator"}))
        # A number can be taken back from a release that its lock, or a later one, made.
        stood = pl.col("frozen_in").replace_strict(dict(found.kept), default=None) <= release
        fits = left.filter(stood).join(changed, on=WHOSE, how="anti")
        if fits.is_empty():
            continue
        key = ["indicator", *moving.KEY]
        rows = ask.ask("cells", store=found.folder, release=release)
        for row in rows.join(fits, on=key, how="semi", nulls_equal=True).iter_rows(named=True):
            back[row["indicator"]][key_of(row)] = row
        left = left.join(fits, on=key, how="anti", nulls_equal=True)
    return back


def _releases(found: Touched, rows: pl.DataFrame) -> list[int]:
    """The releases that hold versions of the months of these rows, the oldest first."""
    months = {*rows["frozen_in"].to_list(), *rows["period"].to_list()}
    kept = {found.kept[month] for month in months if month in found.kept}
    later = found.versions.filter(pl.col("month").is_in(list(months)))["release"].to_list()
    return [
        release for release in sorted({*kept, *later}) if as_locked.is_there(found.folder, release)
    ]


# -- commitments -----------------------------------------------------------------------------


def commitments(found: Touched, counted: pl.DataFrame, still: pl.DataFrame) -> pl.DataFrame:
    """The commitments that stand still, those that are touched as they are from now on.

    Args:
        counted: All commitments as they are counted now.
        still: Those of the release before that stand still.
    """
    key = ["commitment", "municipality_id", "month"]
    numbers = ["state", "kept", "due"]
    bearing = found.bearing.filter(pl.col("is_commitment") & pl.col("is_read"))
    again = bearing.rename({"name": "commitment"}).select(key)
    mine = still.join(again, on=key, how="semi")
    if mine.is_empty():
        return still
    anew = _with(mine, counted, key, numbers)
    left = mine
    for release in _releases(found, mine.with_columns(period="month")):
        since = found.since(release).filter("is_commitment").rename({"name": "commitment"})
        stood = pl.col("frozen_in").replace_strict(dict(found.kept), default=None) <= release
        fits = left.filter(stood).join(since, on=key, how="anti").select(key)
        was = ask.ask("commitments", store=found.folder, release=release)
        back = was.join(fits, on=key, how="semi").select(*key, *numbers)
        anew = _with(anew, back, key, numbers)
        left = left.join(fits, on=key, how="anti")
    return _with(still, anew, key, numbers)


def _with(
    rows: pl.DataFrame, others: pl.DataFrame, key: Sequence[str], columns: Iterable[str]
) -> pl.DataFrame:
    """The same rows in the same order, with these columns from the others where those have them."""
    return rows.update(others.select(*key, *columns), on=key, how="left", include_nulls=True)
