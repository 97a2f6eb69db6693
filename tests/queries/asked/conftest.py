"""A release that holds only the rows that a test writes, to ask one question of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from queries import sql

Rows = Sequence[Mapping[str, Any]]
Asking = Callable[..., list[dict[str, Any]]]

TYPES = {
    "VARCHAR": pl.String(),
    "BIGINT": pl.Int64(),
    "DOUBLE": pl.Float64(),
    "BOOLEAN": pl.Boolean(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
}

MUNICIPALITIES = [
    {
        "municipality_id": number,
        "name": name,
        "joined_on": dt.date(2014, 1, 1),
        "joined_precision": "year",
        "member_from": dt.date(2014, 1, 1),
        "is_host": False,
    }
    for number, name in (("3439", "Ringebu"), ("3440", "Øyer"), ("3441", "Gausdal"))
]


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    """asking("question", {"actions": [...]}, month=…): the answer of a release with these rows."""

    def ask(question: str, tables: Mapping[str, Rows], **parameters: Any) -> list[dict[str, Any]]:
        given = {"municipalities": MUNICIPALITIES, **tables}
        schema = sql.schema_of(sql.FOLDER / "release.sql")
        assert set(given) <= set(schema)
        frames = {
            name: pl.DataFrame(
                list(given.get(name, [])),
                schema={column: TYPES[kind] for column, kind in columns.items()},
            )
            for name, columns in schema.items()
        }
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.duckdb"
        sql.write_file(path, sql.FOLDER / "release.sql", frames)
        answer = sql.run(sql.reader(path), sql.FOLDER / "asked" / f"{question}.sql", **parameters)
        return answer.to_dicts()

    return ask
