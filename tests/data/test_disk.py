"""A full disk, somebody else's folder and a damaged file are told apart, and leave nothing half."""

from __future__ import annotations

import errno
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data import disk, receipts, snapshot, store
from data.disk import DiskRefusedError
from data.receipts import Receipt
from data.whole import write_whole

ROOT = Path(__file__).parents[2]

Put = Callable[..., Receipt]

ACTION = {"action_id": "T-1", "municipality": "3439", "title": "Skilt"}

LOCKED = (
    'Could not set lock on file "a": Conflicting lock is held in python (PID 1). However, you would'
    " be able to open this database in read-only mode, e.g. by using the -readonly parameter."
)
"""What DuckDB says when the other process lets go while it looks who has it."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "x"), "disk_full"),
        (OSError(errno.EDQUOT, "x"), "disk_full"),
        (OSError(errno.EFBIG, "x"), "disk_full"),
        (PermissionError(errno.EACCES, "x"), "not_allowed"),
        (OSError(errno.EROFS, "x"), "not_allowed"),
        (FileNotFoundError(errno.ENOENT, "x"), None),
        (duckdb.IOException('Could not write file "a": No space left on device'), "disk_full"),
        (duckdb.IOException('Cannot open file "a": Permission denied'), "not_allowed"),
        (duckdb.IOException("Corrupt database file: computed checksum"), "store_damaged"),
        (duckdb.IOException("Could not set lock on file"), None),
        (duckdb.IOException(LOCKED), None),
        (ValueError("No space left on device"), None),
    ],
)
def test_what_a_disk_refuses_is_told_apart(error: Exception, code: str | None) -> None:
    told = disk.refused(error, Path("store"))
    assert (told and told.code) == code


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "other", "gone"])
def test_a_damaged_store_is_said_to_be_damaged_at_once_and_is_left_as_it_is(
    folder: Path, put: Put, damage: str
) -> None:
    put(folder, "actions", ACTION)
    file = folder / store.STORE_FILE
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    left = {
        "flipped": bytes(content),
        "cut": file.read_bytes()[: len(content) // 2],
        "empty": b"",
        "other": b"PK\x03\x04" * 5_000,
    }.get(damage)
    if left is None:
        file.unlink()
    else:
        file.write_bytes(left)
    with pytest.raises(DiskRefusedError) as refused, store.opened(folder) as opened:
        snapshot.taken(opened)
    assert refused.value.code == "store_damaged"
    assert (file.read_bytes() if file.exists() else None) == left


# In a process of its own, which may then neither write more than this nor what is not its own.
_CONFINED = """
import os, resource, sys
from pathlib import Path
import polars as pl
from data import contract, receipts, store, uploads
from data.disk import DiskRefusedError
from data.people import LOCAL
import datetime as dt

folder, how = Path(sys.argv[1]), sys.argv[2]
names = contract.load("actions").column_names
count = 20_000
given = {"action_id": [f"T-{n}-{n * 7919 % 10007}" for n in range(count)],
         "title": [f"{n * 104729 % 15485863:x}" * 8 for n in range(count)],
         "municipality": ["3439"] * count, "line": range(2, count + 2)}
table = pl.DataFrame({name: given.get(name, [None] * count) for name in (*names, "line")})
covers = frozenset({("actions", "3439", dt.date(2026, 10, 1))})
raw = os.urandom(2_000_000 if how == "no room for the file" else 1_000)
upload = uploads.Upload("stor.csv", raw, "0" * 64, {"actions": table}, covers)
with store.opened(folder) as opened:  # everything that is needed is loaded before
    receipts.newest_first(opened)
if how == "not mine":
    if os.geteuid() == 0:
        os.seteuid(65534)
else:
    most = (folder / store.STORE_FILE).stat().st_size + 400_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    with store.opened(folder) as opened:
        uploads.commit(opened, upload, LOCAL)
except DiskRefusedError as error:
    print(error.code, error.path == str(folder) or error.path.startswith(str(folder)))
"""


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("no room for the file", "disk_full"),
        ("no room for the rows", "disk_full"),
        ("not mine", "not_allowed"),
    ],
)
def test_an_upload_that_the_disk_refuses_leaves_nothing_half(
    folder: Path, put: Put, how: str, code: str
) -> None:
    put(folder, "actions", ACTION)
    if how == "not mine":
        _let(folder, write=False)
    done = subprocess.run(
        [sys.executable, "-c", _CONFINED, str(folder), how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    _let(folder, write=True)
    assert (done.stdout, done.stderr) == (f"{code} True\n", "")
    assert not list(folder.rglob("*.part"))
    with store.opened(folder) as opened:
        assert len(receipts.newest_first(opened)) == 1
        assert opened.rows("select action_id from current_actions") == [("T-1",)]


def _let(folder: Path, *, write: bool) -> None:
    """Everybody may look into the folder; whether even its owner may write there."""
    temporary = Path(tempfile.gettempdir())
    for parent in folder.parents:
        if temporary in parent.parents:
            parent.chmod(0o755)
    for path in (folder, *folder.rglob("*")):
        mode = 0o755 if path.is_dir() else 0o644
        path.chmod(mode if write else mode & 0o555)


def test_a_file_that_does_not_fit_leaves_the_one_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "current"
    write_whole(path, b"before")
    script = (
        "import resource, sys; from pathlib import Path; from data.whole import write_whole\n"
        "from data.disk import DiskRefusedError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))\n"
        "try:\n    write_whole(Path(sys.argv[1]), b'x' * 2_000)\n"
        "except DiskRefusedError as error:\n    print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == "disk_full\n"
    assert [one.name for one in tmp_path.iterdir()] == ["current"]
    assert path.read_bytes() == b"before"
