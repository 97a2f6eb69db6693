"""A process that stores and releases loads neither pandas nor what would bring it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from data import binding

ROOT = Path(__file__).parents[2]

_STORES = """
import sys
from pathlib import Path

from data import delivery, receipts, store, uploads
from data.people import LOCAL
from queries import release

folder = Path(sys.argv[1])
store.create(folder)
raw = "kommunenummer;kommunenavn;med_fra\\n3439;Ringebu;01.01.2014\\n".encode()
with store.opened(folder) as opened:
    intake = delivery.receive(delivery.ground(opened), raw, "kommuner.csv", LOCAL)
    receipt = uploads.commit(opened, delivery.upload(intake, raw, intake.proposes), LOCAL)
    assert receipts.of(opened, receipt.upload_id) == receipt
print(release.bring_up_to_date(folder), "pandas" in sys.modules)
"""


def test_an_upload_and_its_release_load_no_pandas(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STORES, str(tmp_path / "store")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "1 False\n"


def test_where_pandas_is_loaded_already_nothing_stands_in_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", sys)

    def never() -> binding.Connection:
        raise AssertionError("nothing is to be bound")

    binding.without_pandas(never)
    assert sys.modules["pandas"] is sys


def test_a_frame_arrives_whole_with_its_types_and_gaps() -> None:
    import duckdb

    frame = pl.DataFrame(
        {
            "text": ["kort", "lengre enn tolv tegn: æøå", None],
            "number": [1, None, 3],
            "list": [["a"], [], None],
            "yes": [True, None, False],
        }
    )
    with duckdb.connect() as connection:
        binding.give(connection, "create table held as select * from incoming", frame)
        assert connection.execute("select * from held").fetchall() == frame.rows()
        tables = connection.execute("select view_name from duckdb_views() where not internal")
        assert tables.fetchall() == []
