"""The only door to DuckDB here: opens, locks down, and runs one file at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data import binding

binding.without_pandas(duckdb.connect)

FOLDER = Path(__file__).parent

SMALL_BLOCK = "16384"
"""Bytes: DuckDB's smallest. A release is some hundred kilobytes in a dozen tables, and with the
usual blocks of 256 kB every column takes one."""

FEW_ROWS = 1_000_000
"""Rows below which one thread is faster: two share out so little that they mostly wait for each
other. Making the demo's release took a quarter less processor time, writing it half; the questions
of ten years with 300,000 answers took a fifth less."""

Connection = duckdb.DuckDBPyConnection

# Nothing is fetched, nothing outside the attached files is read, and no Python name is a table.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "2",
}


UnreadableError = duckdb.Error
"""What reading a release raises when its file is damaged, or is of another version."""


def _config(tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """The configuration of a database that is to hold these tables."""
    is_small = sum(frame.height for frame in tables.values()) < FEW_ROWS
    return {**_CONFIG, "threads": "1"} if is_small else dict(_CONFIG)


class SqlFileError(ValueError):
    """An SQL file holds something else than one statement, or asks for an unknown parameter."""


@cache
def text(path: Path) -> str:
    """The text of one SQL file, read once."""
    return path.read_text(encoding="utf-8")


@cache
def parameters_of(path: Path) -> frozenset[str]:
    """The named parameters of the one statement that the file holds.

    Raises:
        SqlFileError: The file holds more or fewer than one statement.
    """
    statements = duckdb.extract_statements(text(path))
    if len(statements) != 1:
        raise SqlFileError(f"{path.name} holds {len(statements)} statements, not one")
    return frozenset(statements[0].named_parameters)


def run(connection: Connection, path: Path, **parameters: Any) -> pl.DataFrame:
    """The rows of one SQL file.

    Args:
        parameters: Values by name; those that the file does not use are left out.

    Raises:
        SqlFileError: The file uses a parameter that was not given, or is not one statement.
    """
    used = parameters_of(path)
    missing = used - set(parameters)
    if missing:
        raise SqlFileError(f"{path.name} needs {', '.join(sorted(missing))}")
    # A cursor per query: one shared connection gave wrong rows under several threads.
    cursor = connection.cursor()
    given = {name: parameters[name] for name in used}
    return cursor.execute(text(path), given).pl()


def compact(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows in no more memory than they need, to be kept for long.

    What DuckDB hands over has room for a whole vector of 2,048 rows in every column: of thirty
    columns 400 kB, where the answer of a page takes twelve. Gathering the rows leaves their texts
    where they are; only written down and read again do they move.
    """
    written = io.BytesIO()
    frame.write_ipc_stream(written)
    written.seek(0)
    return pl.read_ipc_stream(written)


def locked_down(connection: Connection) -> Connection:
    """The connection, unable from now on to reach any file or to change its settings."""
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def in_memory(tables: Mapping[str, pl.DataFrame]) -> Connection:
    """An empty database in memory that these tables will be put in, locked down."""
    return locked_down(duckdb.connect(":memory:", config=_config(tables)))


def put(connection: Connection, name: str, frame: pl.DataFrame) -> None:
    """Make a table of a frame, under a name that the program gives."""
    assert name.isidentifier(), name
    binding.give(connection, f"create table {name} as select * from incoming", frame)


def put_view(connection: Connection, name: str, path: Path) -> None:
    """Make a view of one SQL file, under a name that the program gives."""
    assert name.isidentifier(), name
    assert not parameters_of(path), f"{path.name}: a view takes no parameters"
    connection.execute(f"create view {name} as {text(path)}")


def drop(connection: Connection, name: str, *, is_view: bool = False) -> None:
    """Take a table, or a view, out of a database in memory."""
    assert name.isidentifier(), name
    connection.execute(f"drop {'view' if is_view else 'table'} {name}")


@cache
def schema_of(schema: Path) -> dict[str, dict[str, str]]:
    """The tables that a schema file creates: by table the columns and their SQL types."""
    with duckdb.connect(":memory:", config=_CONFIG) as connection:
        connection.execute(text(schema))
        found = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns()"
            " where not internal order by table_name, column_index"
        ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        tables.setdefault(table, {})[column] = kind
    return tables


_OF_A_FILE: dict[str, Any] = {
    "default_block_size": SMALL_BLOCK,
    # Every way to compress is tried on every column, for a file that comes out as large.
    "force_compression": "dictionary",
    # What is written goes into the file at once, and not into its log first.
    "checkpoint_threshold": "1KB",
}

Making = Callable[[], pl.DataFrame]
"""Gives a table when its turn has come."""


def write_file(path: Path, schema: Path, tables: Mapping[str, pl.DataFrame | Making]) -> None:
    """Write a new database file with the tables that the schema file creates, and nothing else.

    Args:
        tables: In the order in which they are written.

    Raises:
        SqlFileError: A table is not in the schema, or one of the schema is not given.
    """
    there = {name: frame for name, frame in tables.items() if isinstance(frame, pl.DataFrame)}
    connection = duckdb.connect(str(path), config=_config(there) | _OF_A_FILE)
    try:
        # All at once: each statement by itself would be written to the log of the file first.
        connection.execute("begin")
        connection.execute(text(schema))
        different = set(schema_of(schema)) ^ set(tables)
        if different:
            raise SqlFileError(f"{schema.name} and what was made differ in {different}")
        for name, given in tables.items():
            frame = given if isinstance(given, pl.DataFrame) else given()
            binding.give(connection, f"insert into {name} by name select * from incoming", frame)
        connection.execute("commit")
        connection.execute("checkpoint")
    finally:
        connection.close()


# A page reads one release at a time; a second one is open while a new release takes over. Its
# questions are small: on one thread each takes a quarter less of the processor, and those of two
# readers still run beside each other.
@lru_cache(maxsize=4)
def _reader(path: Path) -> Connection:
    config = {**_CONFIG, "threads": "1"}
    return locked_down(duckdb.connect(str(path), read_only=True, config=config))


_opening = threading.Lock()


def reader(path: Path) -> Connection:
    """A release file, opened once per process, read-only and locked down."""
    # One name for one file: DuckDB gives the same database for two, and it is locked down already.
    with _opening:
        return _reader(path.resolve())
