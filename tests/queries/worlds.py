"""Small worlds for the query tests: rows by table, typed as the contracts say, in a real DuckDB."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import polars as pl

from data import binding, contract
from queries import cards, rules, sql, truth
from queries.builder import MADE, words
from queries.commitments import load_commitments

Row = dict[str, Any]


class World(dict[str, list[Row]]):
    """Rows by the name of the builder's table; what is left out of a row is null."""

    def __repr__(self) -> str:
        """Only what a failing test is about: coverage and cards would fill pages."""
        shown = {
            name: rows for name, rows in self.items() if name.startswith(("current_", "acts_"))
        }
        return f"World({shown})"


Key = tuple[str, dt.date, str | None]
Number = tuple[float | None, float | None, int | None]
Numbers = dict[Key, Number]
"""By municipality, period and part: numerator, denominator, persons."""

OCTOBER = dt.date(2026, 10, 1)
TODAY = dt.date(2026, 11, 12)

# Ringebu alone is enough for most questions; it has been there since 2014.
RINGEBU: Row = {
    "municipality_id": "3439",
    "name": "Ringebu",
    "joined_on": dt.date(2014, 1, 1),
    "joined_precision": "year",
    "is_host": False,
}
LILLEHAMMER: Row = RINGEBU | {"municipality_id": "3405", "name": "Lillehammer", "is_host": True}

_TYPES: dict[str, Any] = {
    "text": pl.String,
    "code": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "moment": pl.Datetime("us"),
    "boolean": pl.Boolean,
    "list": pl.List(pl.String),
}
_MOMENT = pl.Datetime("us")
_FIXED: dict[str, dict[str, Any]] = {
    "coverage": {
        "kind": pl.String,
        "municipality": pl.String,
        "month": pl.Date,
        "upload_id": pl.Int64,
        "delivered_at": _MOMENT,
    },
    "acts_attestations": {
        "attestation_id": pl.Int64,
        "municipality": pl.String,
        "month": pl.Date,
        "statement": pl.String,
        "text": pl.String,
        "criterion": pl.String,
        "at": _MOMENT,
        "withdrawn_at": _MOMENT,
    },
    "acts_decisions": {
        "decision_id": pl.Int64,
        "text": pl.String,
        "owner_role": pl.String,
        "due_on": pl.Date,
        "municipality": pl.String,
        "indicator": pl.String,
        "action_id": pl.String,
        "criterion": pl.String,
        "decided_on": pl.Date,
        "carried_out_on": pl.Date,
        "carried_out_at": _MOMENT,
        "withdrawn_at": _MOMENT,
        "withdrawn_reason": pl.String,
        "at": _MOMENT,
    },
    "acts_decision_versions": {
        "decision_id": pl.Int64,
        "version": pl.Int64,
        "text": pl.String,
        "owner_role": pl.String,
        "due_on": pl.Date,
        "municipality": pl.String,
        "indicator": pl.String,
        "action_id": pl.String,
        "criterion": pl.String,
        "decided_on": pl.Date,
        "at": _MOMENT,
        "who_role": pl.String,
    },
    "acts_actions": {
        "municipality": pl.String,
        "action_id": pl.String,
        "decision_id": pl.Int64,
        "at": _MOMENT,
    },
    "acts_evidence": {
        "evidence_id": pl.Int64,
        "municipality": pl.String,
        "criterion": pl.String,
        "on_date": pl.Date,
        "reference": pl.String,
        "at": _MOMENT,
    },
    "acts_reviews": {
        "review_id": pl.Int64,
        "rule": pl.String,
        "row_key": pl.String,
        "municipality": pl.String,
        "since_on": pl.Date,
        "verdict": pl.String,
        "reason": pl.String,
        "who_role": pl.String,
        "at": _MOMENT,
    },
    "acts_reports": {
        "report_id": pl.Int64,
        "municipality": pl.String,
        "text": pl.String,
        "happened_on": pl.Date,
        "who_role": pl.String,
        "at": _MOMENT,
    },
    "suggestions": dict(rules.SUGGESTIONS),
    "actions_when_locked": dict(truth.ACTIONS_WHEN_LOCKED),
    "acts_locks": {"month": pl.Date, "at": _MOMENT, "is_history": pl.Boolean},
    "horizon": {
        "first_month": pl.Date,
        "last_month": pl.Date,
        "today": pl.Date,
        "lock_day": pl.Int64,
    },
    "monthly_kinds": {"kind": pl.String, "is_list": pl.Boolean},
    "card_sources": {
        "indicator": pl.String,
        "kind": pl.String,
        "months": pl.Int64,
        "is_from_first": pl.Boolean,
    },
    "commitment_sources": {"commitment": pl.String, "kind": pl.String, "months": pl.Int64},
    "card_maturity": {
        "indicator": pl.String,
        "matures_after_days": pl.Int64,
        "is_once": pl.Boolean,
    },
    "uploads": {"upload_id": pl.Int64, "file_name": pl.String, "at": _MOMENT},
    "received": {
        "at": _MOMENT,
        "file_rows": pl.Int64,
        "refused_rows": pl.Int64,
        "guard_hits": pl.Int64,
    },
    "touches": {
        "kind": pl.String,
        "municipality": pl.String,
        "month": pl.Date,
        "at": _MOMENT,
    },
}


@cache
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The columns and types of every table that the clean views read."""
    current = {
        f"current_{kind}": {
            **{column.name: _TYPES[column.type] for column in contract.load(kind).columns},
            "upload_id": pl.Int64,
            "line": pl.Int64,
        }
        for kind in contract.all_kinds()
    }
    return current | _FIXED


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as a frame with the table's columns; a name that is no column is a mistake."""
    schema, rows = schemas()[table], list(rows)
    for row in rows:
        assert set(row) <= set(schema), f"{table} has no {set(row) - set(schema)}"
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=dict(schema)
    )


def months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first days of the months from one through another."""
    while first <= last:
        yield first
        first = (first + dt.timedelta(days=31)).replace(day=1)


def world(
    first: dt.date = OCTOBER,
    last: dt.date | None = None,
    today: dt.date = TODAY,
    *,
    lock_day: int = 10,
    municipalities: Iterable[Row] = (RINGEBU,),
    **tables: Iterable[Row],
) -> World:
    """A world of these rows; kinds of file by their plain name, everything covered by default.

    Rows without a municipality belong to Ringebu.
    """
    made = World()
    for name, rows in tables.items():
        table = f"current_{name}" if name in contract.all_kinds() else name
        has_municipality = "municipality" in schemas()[table]
        made[table] = [({"municipality": "3439"} if has_municipality else {}) | row for row in rows]
    last = first if last is None else last
    made["current_municipalities"] = list(municipalities)
    made["horizon"] = [
        {"first_month": first, "last_month": last, "today": today, "lock_day": lock_day}
    ]
    made.setdefault("coverage", everything_covered(made))
    made["monthly_kinds"] = [
        {"kind": kind, "is_list": contract.load(kind).replaces == "list"}
        for kind in contract.all_kinds()
        if contract.load(kind).is_monthly
    ]
    made["card_sources"] = [
        {
            "indicator": card.id,
            "kind": source.kind,
            "months": source.months,
            "is_from_first": source.is_from_first,
        }
        for card in cards.load_all().values()
        for source in card.sources
    ]
    made["commitment_sources"] = [
        {"commitment": code, "kind": source.kind, "months": source.months}
        for code, commitment in load_commitments().items()
        for source in commitment.reads
    ]
    made["card_maturity"] = [
        {
            "indicator": card.id,
            "matures_after_days": card.matures_after_days,
            "is_once": card.privacy != "none",
        }
        for card in cards.load_all().values()
    ]
    return made


def everything_covered(made: World) -> list[Row]:
    """Every kind of every municipality, from half a year before the horizon to a month after it."""
    horizon = made["horizon"][0]
    places = tuple(row["municipality_id"] for row in made["current_municipalities"])
    # Each world has rows of its own: a test may change them.
    return [dict(row) for row in _covered(horizon["first_month"], horizon["last_month"], places)]


@cache
def _covered(first: dt.date, last: dt.date, places: tuple[str, ...]) -> list[Row]:
    began, ended = (first - dt.timedelta(days=200)).replace(day=1), last + dt.timedelta(days=31)
    return [
        delivered(kind, place, month)
        for kind in contract.all_kinds()
        for place in places
        for month in months(began, ended)
    ]


def delivered(kind: str, municipality: str, month: dt.date, on: dt.date | None = None) -> Row:
    """One line of coverage: delivered at noon on a day, the 3rd of the next month by default."""
    on = on or (month + dt.timedelta(days=31)).replace(day=3)
    return {
        "kind": kind,
        "municipality": municipality,
        "month": month,
        "upload_id": 1,
        "delivered_at": noon(on),
    }


def day(text: str) -> dt.date:
    """A day as people write it in a test: "2026-10-31"."""
    return dt.date.fromisoformat(text)


def noon(day: dt.date) -> dt.datetime:
    """The middle of a day, as the ledger writes moments."""
    return dt.datetime.combine(day, dt.time(12))


@cache
def _builder() -> sql.Connection:
    empty = {table: frame(table, ()) for table in schemas()}
    connection = sql.in_memory(empty)
    for name, rows in empty.items():
        sql.put(connection, name, rows)
    waiting = dict(MADE)
    while waiting:
        # One may read another, which has to be there first.
        for name, path in list(waiting.items()):
            if not {*words(sql.text(path))} & {*waiting} - {name}:
                sql.put_view(connection, name, waiting.pop(name))
    return connection


_filled: World = World()


def builder(made: World) -> sql.Connection:
    """A database with the production's clean tables, its tables filled with this world.

    One serves all tests of a run, and only the tables that differ from the last world's
    are filled anew: making the views takes longer than asking them.
    """
    connection = _builder()
    for table in schemas():
        rows = made.get(table, [])
        if rows == _filled.get(table, []):
            continue
        connection.execute(f"delete from {table}")
        if rows:
            statement = f"insert into {table} by name select * from incoming"
            binding.give(connection, statement, frame(table, rows))
        _filled[table] = [dict(row) for row in rows]
    return connection


def horizon(made: World) -> dict[str, dt.date]:
    """The parameters that every indicator takes, for the whole horizon."""
    return {name: made["horizon"][0][name] for name in ("first_month", "last_month")}


def rows(indicator: str, made: World) -> pl.DataFrame:
    """What an indicator's SQL gives over this world."""
    path = sql.FOLDER / "indicators" / f"{indicator}.sql"
    return sql.run(builder(made), path, **horizon(made))


def numbers(indicator: str, made: World) -> Numbers:
    """The same by municipality, period and part."""
    return as_numbers(rows(indicator, made))


def as_numbers(found: pl.DataFrame) -> Numbers:
    """An indicator's rows by municipality, period and part."""
    return {
        (row["municipality_id"], row["period"], row["part"]): (
            row["numerator"],
            row["denominator"],
            row["persons"],
        )
        for row in found.iter_rows(named=True)
    }


def one(indicator: str, made: World, part: str | None = None) -> Number:
    """Ringebu's number in the last month of the horizon."""
    return numbers(indicator, made)["3439", made["horizon"][0]["last_month"], part]
