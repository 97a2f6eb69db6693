"""A small release for the pages: every table of queries/release.sql, and every state of a cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import ask, certificate, sql
from queries.certificate import Certificate

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]

LAST = dt.date(2026, 10, 1)
TODAY = dt.date(2026, 11, 12)
LOCKED_AT = dt.datetime.fromisoformat("2026-11-10T09:12")
NAMES = {
    "3405": "Lillehammer",
    "3436": "Nord-Fron",
    "3438": "Sør-Fron",
    "3439": "Ringebu",
    "3440": "Øyer",
    "3441": "Gausdal",
}
EVERYBODY = ("cooperation", *NAMES)
AGES = ("0_30", "31_90", "91_180", "over_180")
SCHEMA = sql.FOLDER / "release.sql"
TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "BIGINT": pl.Int64(),
    "DOUBLE": pl.Float64(),
    "BOOLEAN": pl.Boolean(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
}


def months(count: int = 24, last: dt.date = LAST) -> list[dt.date]:
    """The first days of so many months in a row, the last one given."""
    ends = [last.year * 12 + last.month - 1 - back for back in range(count)]
    return [dt.date(end // 12, end % 12 + 1, 1) for end in reversed(ends)]


def cell(indicator: str, municipality: str, period: dt.date, **facts: Any) -> dict[str, Any]:
    """One measured cell of a month, exact, that says nothing about change; facts change that."""
    row: dict[str, Any] = {
        "indicator": indicator,
        "municipality_id": municipality,
        "grain": "month",
        "period": period,
        "state": "measured",
        "shown": "exact",
        "delivered": 6 if municipality == "cooperation" else 1,
        "members": 6 if municipality == "cooperation" else 1,
        "updated_on": TODAY,
        "limits_are_provisional": False,
    }
    return row | facts


def share(numerator: float, denominator: float) -> dict[str, Any]:
    """The facts of a share that is shown with its numerator and denominator."""
    value = numerator / denominator if denominator else None
    return {"numerator": numerator, "denominator": denominator, "value": value}


def count(value: float) -> dict[str, Any]:
    """The facts of a plain count, or of days."""
    return {"numerator": value, "value": value}


MISSING = {"state": "missing", "shown": "none", "reason": "not_delivered"}
WITHHELD = {"state": "withheld", "shown": "none", "reason": "audit"}


def band(code: str) -> dict[str, Any]:
    """The facts of a number of persons that is shown as a band."""
    return {"band": code, "shown": "band"}


def _participation() -> Rows:
    rows: Rows = []
    for index, month in enumerate(months()):
        if index == 5:
            facts = WITHHELD
        elif index == 9:
            facts = MISSING
        elif index % 4 == 2:
            facts = band("20-49")
        else:
            facts = count(34 + 7 * (index % 5))
        rows.append(cell("participants", "cooperation", month, **facts))
        for place, municipality in enumerate(EVERYBODY):
            ended = 8 if municipality == "cooperation" else (index + place) % 3
            sent = ended if index > 14 else ended // 2
            provisional = {"state": "provisional"} if index == 23 else {}
            held = 11 if municipality == "cooperation" else 1 + (index + place) % 3
            gap = municipality == "3438" and index in (11, 12)
            rows += [
                cell("activities_held", municipality, month, **(MISSING if gap else count(held))),
                cell("same_day_evaluation", municipality, month, **share(sent, ended)),
                cell(
                    "half_year_evaluation",
                    municipality,
                    month,
                    **share(ended // 2, ended),
                    **provisional,
                ),
                cell("feedback_freshness", municipality, month, **count(30 + 4 * place + index)),
                cell("seats_filled", municipality, month, **share(26, 30 if place == 0 else 26)),
            ]
        rows += [
            cell("seats_filled", "cooperation", month, part=part) | share(n, 26)
            for n, part in ((12, "organisation"), (6, "open_call"), (8, "known_to_service"))
        ]
        rows.append(
            cell(
                "response_rate_same_day",
                "cooperation",
                month,
                **(WITHHELD if index > 21 else share(40 + index, 96)),
                low=0.33,
                high=0.52,
            )
        )
    for year in (2025, 2026):
        for first in (1, 5, 9):
            period = dt.date(year, first, 1)
            if period > dt.date(2026, 5, 1):
                continue
            for place, municipality in enumerate(NAMES):
                code = ("0-9", "10-19", "20-49", "50+")[(place + first) % 4]
                facts = {"grain": "tertial"}
                rows.append(cell("participants", municipality, period, **facts, **band(code)))
                rate: dict[str, Any] = WITHHELD
                if place % 2:
                    rate = {"value": 0.4, "shown": "rounded", "denominator_band": code}
                rows.append(cell("response_rate_same_day", municipality, period, **facts, **rate))
    return rows


def _services() -> tuple[Rows, Rows]:
    services: Rows = []
    cells: Rows = []
    for place, municipality in enumerate(NAMES):
        for number in (1, 2):
            service = f"T{municipality}-{number}"
            services.append(
                {
                    "service_id": service,
                    "municipality_id": municipality,
                    "name": f"Tjeneste {number} i {NAMES[municipality]}",
                    "active_from": dt.date(2019, 1, 1),
                }
            )
            cells += [
                cell("feedback_freshness", municipality, month, part=service)
                | count(20 * number * (place + 1))
                for month in months(2)
            ]
    return services, cells


def _actions() -> tuple[Rows, Rows]:
    rows: Rows = []
    cells: Rows = []
    for place, municipality in enumerate(NAMES):
        for number in range(1, 6):
            opened = dt.date(2026, number, 3 + place)
            done = dt.date(2026, 8, 20) if number < 3 else None
            rows.append(
                {
                    "action_id": f"T-{municipality}-{number}",
                    "municipality_id": municipality,
                    "title": f"Tiltak <{number}> & mer",
                    "scope": "own",
                    "theme": ("information", "trust", "one_door")[number % 3],
                    "source": "survey",
                    "owner_role": "enhetsleder",
                    "opened_on": opened,
                    "due_on": None if number == 5 else dt.date(2026, 9, number),
                    "done_on": done,
                    "told_back_on": dt.date(2026, 9, 1) if number == 1 else None,
                    "changed_on": dt.date(2026, 8, 20) if number < 5 else dt.date(2026, 10, 28),
                    "status": "told_back" if number == 1 else "done" if number == 2 else "open",
                    "borrowed_from": "3441" if number == 3 and place else None,
                    "file_name": "tiltak_2026-10.csv",
                    "line": 1 + number,
                }
            )
    for index, month in enumerate(months()):
        for place, municipality in enumerate(EVERYBODY):
            open_now = 18 if municipality == "cooperation" else 3
            cells += [
                cell("open_actions", municipality, month, **count(open_now)),
                cell("overdue_actions", municipality, month, **share(open_now // 3 * 2, open_now)),
                cell("overdue_actions", municipality, month, part="without_due_on")
                | share(open_now // 3, open_now),
                cell(
                    "told_back",
                    municipality,
                    month,
                    **share(index % 3, 4),
                    **({"state": "provisional"} if index == 23 else {}),
                ),
            ]
            cells += [
                cell("open_actions", municipality, month, part=age) | count((place + step) % 4)
                for step, age in enumerate(AGES)
            ]
    return rows, cells


def _seats() -> Rows:
    rows: Rows = []
    for place, municipality in enumerate(NAMES):
        seat = {
            "municipality_id": municipality,
            "body": "Brukerpanelet",
            "body_kind": "user_panel",
            "seat_from": dt.date(2024, 1, 1),
            "covers_municipalities": 1,
        }
        filled = {"filled_from": dt.date(2024, 2, 1)}
        rows.append(seat | filled | {"seat_id": f"V-{municipality}-1"})
        left = {"filled_to": dt.date(2026, 7, 15)} if place % 2 else {}
        filled |= left
        rows.append(seat | filled | {"seat_id": f"V-{municipality}-2"})
    return rows


def _recommendations() -> Rows:
    return [
        {
            "feedback_id": f"I-{number}",
            "municipality_id": municipality,
            "theme": "information",
            "recommendation_on": dt.date(2026, number, 10),
            "answer_due_on": dt.date(2026, number, 10) + dt.timedelta(days=30),
            "history_from": dt.date(2027, number, 10),
            "leader_answer": "yes" if number % 2 else None,
            "leader_answered_on": dt.date(2026, number, 25) if number % 2 else None,
        }
        for municipality in NAMES
        for number in range(1, 10)
    ]


def small_tables() -> Tables:
    """Rows for every table of a release: six municipalities, 24 months, every state of a cell."""
    services, service_cells = _services()
    actions, action_cells = _actions()
    return {
        "release": [
            {
                "number": 1,
                "made_at": LOCKED_AT,
                "app_version": "0.1.0",
                "store_id": "demo",
                "is_demo": True,
                "today": TODAY,
                "ledger_entry": 40,
                "content_hash": "ab" * 32,
            }
        ],
        "months": [
            {
                "month": month,
                "locked_at": LOCKED_AT,
                "is_history": month < LAST,
                "lock_release": 1,
            }
            for month in months()
        ],
        "month_versions": [
            {"month": month, "version": 1, "release": 1, "made_at": LOCKED_AT, "changes": 0}
            for month in months()
        ],
        "municipalities": [
            {
                "municipality_id": number,
                "name": name,
                "joined_on": dt.date(2014, 1, 1),
                "joined_precision": "year",
                "member_from": dt.date(2014, 1, 1),
                "is_host": number == "3405",
            }
            for number, name in NAMES.items()
        ],
        "services": services,
        "cells": _participation() + service_cells + action_cells,
        "commitments": [],
        "deliveries": [],
        "data_quality": [],
        "actions": actions,
        "courses": [],
        "seats": _seats(),
        "recommendations": _recommendations(),
        "attestations": [],
        "anchoring": [],
        "decisions": [
            {
                "decision_id": 1,
                "text": "Fast rutine: brukerne får svar innen 30 dager",
                "owner_role": "enhetsleder",
                "indicator": "told_back",
                "decided_on": dt.date(2026, 3, 4),
                "due_on": dt.date(2026, 6, 1),
            }
        ],
    }


def write_release(store: Path, tables: Tables, number: int = 1) -> Path:
    """Write the rows as a release of the store in this folder, and make it the current one."""
    folder = store / ask.RELEASES
    folder.mkdir(parents=True, exist_ok=True)
    frames = {
        name: pl.DataFrame(
            tables.get(name, []), schema={column: TYPES[kind] for column, kind in columns.items()}
        )
        for name, columns in sql.schema_of(SCHEMA).items()
    }
    path = ask.file_of(store, number)
    sql.write_file(path, SCHEMA, frames)
    certificate.write(Certificate(number, "", ()), path, path)
    (folder / ask.CURRENT).write_text(f"{number:06d}", encoding="utf-8")
    return store


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds the small release and nothing else."""
    return write_release(tmp_path_factory.mktemp("small"), small_tables())


@pytest.fixture
def tables() -> Tables:
    """The small release's rows, to change before they are released."""
    return small_tables()


@pytest.fixture
def released(tmp_path: Path) -> Callable[..., Path]:
    """Release these rows in a store of their own: released(tables, number=1) gives its folder."""
    return lambda tables, number=1: write_release(tmp_path / "store", tables, number)
