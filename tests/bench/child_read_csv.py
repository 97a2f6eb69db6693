"""A child in which DuckDB itself reads a file into a table: child_read_csv.py DATABASE FILE."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb
from measured import peak_bytes


def main(database: Path, path: Path) -> None:
    database.unlink(missing_ok=True)
    before = peak_bytes()
    began, cpu = time.perf_counter(), time.process_time()
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table answers as select * from read_csv($1)", [str(path)])
    said = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "before": before,
        "peak": peak_bytes(),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
