"""The true numbers that releases are made of, now and as they were; nobody gets to see them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from data import contract, settings, snapshot, store
from queries import cards, fitting, rules, sql
from queries.at_least import BESIDE, COUNTABLE, READ
from queries.bases import Rows
from queries.builder import Builder
from queries.cards import Card
from queries.combine import Counted, State
from queries.commitments import load_commitments

FIRST_MONTH = dt.date(2018, 12, 1)
"""The first full month with all six municipalities (S001): indicator history starts here."""

QUIET_MONTHS = 12
"""A store that got nothing for a year is an archive: it ends with its last delivered month."""


@dataclass(frozen=True)
class Measured:
    """What the SQL gave for one indicator.

    Attributes:
        counted: Its rows, with the columns that `fitting` names.
        known: The states of its months: municipality_id, period, state, updated_on.
    """

    counted: pl.DataFrame
    known: pl.DataFrame

    def within(self, months: pl.Series) -> Measured:
        """The same of these months alone, or of the tertials that begin in them."""
        return within([(self, months)])[0]

    @property
    def parts(self) -> list[str]:
        """The lines of its breakdown, of all months."""
        return sorted(self.counted["part"].drop_nulls().unique().to_list())

    @cached_property
    def rows(self) -> Rows:
        """The same for what works cell by cell."""
        return Rows(
            list(map(Counted._make, self.counted.select(Counted._fields).rows())),
            {
                (who, month): State(state, updated_on)
                for who, month, state, updated_on in self.known.rows()
            },
        )


def within(asked: Sequence[tuple[Measured, pl.Series]]) -> list[Measured]:
    """What was counted of several indicators, each in its months alone, found together."""
    found = pl.collect_all(
        [frame for measured, months in asked for frame in _within(measured, months)]
    )
    return [Measured(*both) for both in zip(found[::2], found[1::2], strict=True)]


def _within(measured: Measured, months: pl.Series) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    is_in = pl.col("period").is_in(months.implode())
    counted = measured.counted.lazy().filter(is_in)
    if not (measured.counted["grain"] == "tertial").any():
        return counted, measured.known.lazy().filter(is_in)
    # A row of a tertial rests on all its months.
    whole = counted.filter(pl.col("grain") == "tertial").collect()["period"].unique()
    is_of = pl.any_horizontal(
        pl.col("period").dt.offset_by(f"-{back}mo").is_in(whole.implode()) for back in range(4)
    )
    return counted, measured.known.lazy().filter(is_in | is_of)


class EveryRow(Mapping[str, Rows]):
    """The rows of indicators, each made of its frame when somebody asks for it.

    Attributes:
        measured: By indicator.
        beside: What everybody can count beside them, where the audit asks: no indicator.
    """

    def __init__(
        self, measured: Mapping[str, Measured], beside: Mapping[str, Measured] | None = None
    ) -> None:
        self.measured = measured
        self.beside = beside or {}
        self._every = {**measured, **self.beside}

    def __getitem__(self, indicator: str) -> Rows:
        return self._every[indicator].rows

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._every

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)


def every_row(builder: Builder, asked: Iterable[Card], first: dt.date, last: dt.date) -> EveryRow:
    """The true rows of indicators in these months, and the states of their months."""
    by_path = {card.path: card for card in asked}
    period = {"first_month": first, "last_month": last}
    of_states, of_countable = sql.FOLDER / "states.sql", sql.FOLDER / f"{COUNTABLE}.sql"
    paths = [of_states, *by_path]
    if any(card.privacy == "answers" for card in by_path.values()):
        paths.append(of_countable)

    def refuse_misfit(path: Path, counted: pl.DataFrame) -> None:
        if path in by_path:
            fitting.refuse_misfit(by_path[path], counted)

    answers = builder.run_all([(path, period) for path in paths], refuse_misfit)
    found = dict(zip(paths, answers, strict=True))
    states = found[of_states]
    known = {
        str(indicator): frame.drop("indicator")
        for (indicator,), frame in states.partition_by("indicator", as_dict=True).items()
    }
    nothing = states.clear().drop("indicator")
    beside = {}
    if of_countable in found:
        beside[COUNTABLE] = Measured(found[of_countable], nothing)
    return EveryRow(
        {
            card.id: Measured(found[path], known.get(card.id, nothing))
            for path, card in by_path.items()
        },
        beside,
    )


ACTIONS_WHEN_LOCKED = {
    "month": pl.Date,
    "municipality_id": pl.String,
    "action_id": pl.String,
    "due_on": pl.Date,
    "changed_on": pl.Date,
}
"""What only the newest row of its time knew of an action, by the locked month it is told of."""


# -- what goes into the builder --------------------------------------------------------------


def builder_tables(
    tables: Mapping[str, pl.DataFrame], today: dt.date, loaded: Mapping[str, Card]
) -> dict[str, pl.DataFrame]:
    """The tables that the clean views, the indicators and the states read."""
    locked = tables["acts_locks"]["month"].to_list()
    first, last = horizon(tables["coverage"], locked, today)
    monthly = [held for held in map(contract.load, contract.all_kinds()) if held.is_monthly]
    return {
        **tables,
        "horizon": pl.DataFrame(
            {
                "first_month": [first],
                "last_month": [last],
                "today": [today],
                "lock_day": [settings.load().lock_day],
            }
        ),
        "monthly_kinds": pl.DataFrame(
            {
                "kind": [held.kind for held in monthly],
                "is_list": [held.replaces == "list" for held in monthly],
            }
        ),
        "card_sources": pl.DataFrame(
            [
                {
                    "indicator": card.id,
                    "kind": source.kind,
                    "months": source.months,
                    "is_from_first": source.is_from_first,
                }
                for card in loaded.values()
                for source in card.sources
            ],
            schema={
                "indicator": pl.String,
                "kind": pl.String,
                "months": pl.Int64,
                "is_from_first": pl.Boolean,
            },
        ),
        "commitment_sources": pl.DataFrame(
            [
                {"commitment": code, "kind": source.kind, "months": source.months}
                for code, commitment in load_commitments().items()
                for source in commitment.reads
            ],
            schema={"commitment": pl.String, "kind": pl.String, "months": pl.Int64},
        ),
        "card_maturity": pl.DataFrame(
            [
                {
                    "indicator": card.id,
                    "matures_after_days": card.matures_after_days,
                    # What is about persons and answers is released once (methods.md C5).
                    "is_once": card.privacy != "none",
                }
                for card in loaded.values()
            ],
            schema={
                "indicator": pl.String,
                "matures_after_days": pl.Int64,
                "is_once": pl.Boolean,
            },
        ),
        # Filled where a locked month is corrected.
        "actions_when_locked": pl.DataFrame(schema=ACTIONS_WHEN_LOCKED),
        # Filled by rules.suggest, which reads the others.
        "suggestions": rules.no_suggestions(),
    }


def horizon(
    coverage: pl.DataFrame, locked: Sequence[dt.date], today: dt.date
) -> tuple[dt.date, dt.date]:
    """The months that a release looks at: from the first delivered or locked to the last ended.

    Where nothing has come for long, as of a survey that was made once, they end with the last that
    was delivered or locked.
    """
    this_month = today.replace(day=1)
    ended = (this_month - dt.timedelta(days=1)).replace(day=1)
    # A locked month is shown as it was locked, also where all that it was made of was withdrawn.
    seen = [*coverage["month"].to_list(), *locked]
    if not seen:
        return ended, ended
    newest = min(max(seen), ended)
    quiet = (ended.year - newest.year) * 12 + ended.month - newest.month
    first = max(min(seen), FIRST_MONTH)
    return min(first, newest), newest if quiet > QUIET_MONTHS else ended


# -- as it was -------------------------------------------------------------------------------


def asked_by_audit(loaded: Mapping[str, Card]) -> list[Card]:
    """The indicators about persons and answers, and what everybody knows beside them."""
    return [card for card in loaded.values() if card.privacy != "none" or card.id in BESIDE]


def earlier_rows(
    folder: Path,
    tables: Mapping[str, pl.DataFrame],
    entry: int,
    first: dt.date,
    last: dt.date,
) -> EveryRow | None:
    """What the audit knows of these months as they were right after a ledger entry.

    Args:
        tables: The tables of a later snapshot, for what came since, and for what the audit does
            not look at.

    Returns:
        None when nothing of these months has changed since.
    """
    loaded = cards.load_all()
    asked = asked_by_audit(loaded)
    kinds = {source.kind for card in asked for source in card.sources}
    kinds = kinds.union(*READ.values())
    if not _has_changed(tables["touches"], entry, asked, first, last):
        return None
    if (remembered := _remembered.get(_name(folder, entry))) is not None:
        return remembered
    with store.opened(folder) as opened, opened.as_of(entry):
        then = snapshot.rows_of(opened, kinds)
    builder = Builder(builder_tables({**tables, **then}, settings.today(folder), loaded))
    try:
        # All months: those of another tertial may be asked for next.
        months = builder.table("clean_months")["month"].to_list()
        _remembered[_name(folder, entry)] = every_row(builder, asked, min(months), max(months))
    finally:
        builder.close()
    return _remembered[_name(folder, entry)]


def _has_changed(
    touches: pl.DataFrame, entry: int, asked: Iterable[Card], first: dt.date, last: dt.date
) -> bool:
    """Whether anything that these months' numbers are made of has changed since a ledger entry."""
    by_distance: dict[int, set[str]] = defaultdict(set)
    for away, kinds in READ.items():
        by_distance[away].update(kinds)
    for card in asked:
        for source in card.sources:
            # Some count what comes later, such as the answers half a year after a course.
            by_distance[source.months or 0].add(source.kind)
    return any(
        snapshot.has_changed(touches, entry, kinds, _later(first, away), _later(last, away))
        for away, kinds in by_distance.items()
    )


def _later(month: dt.date, months: int) -> dt.date:
    """The first day of a month so many months later, or earlier."""
    number = month.year * 12 + month.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


_remembered: dict[tuple[str, int, int], EveryRow] = {}
"""True rows of earlier releases, of those that this process made or looked at."""

REMEMBERED = 16
"""How many are kept: those of the months of a tertial and of those that matured meanwhile."""


def _name(folder: Path, entry: int) -> tuple[str, int, int]:
    # A store that was made anew in the same place is another one.
    made = (folder / settings.ABOUT_FILE).stat().st_mtime_ns
    return str(folder.resolve()), made, entry


def remember(folder: Path, entry: int, rows: EveryRow, asked: Iterable[Card]) -> None:
    if (folder / settings.ABOUT_FILE).exists():
        _remembered[_name(folder, entry)] = EveryRow(
            {card.id: rows.measured[card.id] for card in asked}, rows.beside
        )
        while len(_remembered) > REMEMBERED:
            del _remembered[next(iter(_remembered))]
