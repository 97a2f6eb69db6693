"""A child in which DuckDB copies every table of a store to a new file: child_copy.py STORE."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb


def main(folder: Path) -> None:
    copy = folder / "copy.duckdb"
    began, cpu = time.perf_counter(), time.process_time()
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"attach '{folder / 'store.duckdb'}' as store (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'store'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f"create table {table} as select * from store.{table}")
    said = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
