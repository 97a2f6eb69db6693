"""DuckDB binds our values, and takes our frames, without loading pandas."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, Protocol

import polars as pl


class Connection(Protocol):
    """What is used here of a DuckDB connection; the library itself belongs in two modules."""

    def execute(self, query: str, parameters: Any = None, /) -> Any: ...

    def register(self, name: str, frame: Any, /) -> Any: ...

    def unregister(self, name: str, /) -> Any: ...

    def close(self) -> None: ...


@cache
def without_pandas(connect: Callable[[], Connection]) -> None:
    """Bind a first value while something empty stands in the place of pandas.

    Before DuckDB binds any value it asks pandas for its two kinds of null, and keeps what it got.
    Loading pandas for that takes half a second and 60 MB of every process, and no value of ours is
    from pandas. To be called where a module is loaded, before there are threads that could meet
    the stand-in. Should DuckDB come to ask in another way, pandas is loaded as before.
    """
    if "pandas" in sys.modules:
        return
    stand_in = ModuleType("pandas")
    vars(stand_in).update(NaT=object(), NA=object())
    sys.modules["pandas"] = stand_in
    try:
        connection = connect()
        connection.execute("select $value", {"value": 1})
        connection.close()
    finally:
        del sys.modules["pandas"]


def give(connection: Connection, statement: str, frame: pl.DataFrame) -> None:
    """Run a statement that reads a frame, once, as the table `incoming`.

    The frame is read where it lies. By its own name DuckDB would first have it copied by pyarrow,
    whose data sets load pandas.
    """
    connection.register("incoming", frame.__arrow_c_stream__())
    connection.execute(statement)
    connection.unregister("incoming")
