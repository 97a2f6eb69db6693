"""What was exported of a locked month is kept once, and told when it is not what was kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data import store
from data.store import RefusedError
from queries import kept_exports

OCTOBER = dt.date(2026, 10, 1)


def place(folder: Path) -> Path:
    store.create(folder)
    return kept_exports.place(folder, OCTOBER, 3, "nb", "json")


def test_what_is_kept_is_never_written_over(tmp_path: Path) -> None:
    path = place(tmp_path)
    assert kept_exports.read(path) is None
    assert kept_exports.keep(tmp_path, path, b"first") == b"first"
    assert kept_exports.keep(tmp_path, path, b"another program says it otherwise") == b"first"
    assert kept_exports.read(path) == b"first"
    assert [one.name for one in path.parent.iterdir()] == ["2026-10.000003.nb.json.kept"]


@pytest.mark.parametrize("where", [0, 70, -1])
def test_one_planted_byte_is_noticed(tmp_path: Path, where: int) -> None:
    path = place(tmp_path)
    kept_exports.keep(tmp_path, path, b"what was shown")
    assert kept_exports.damaged(tmp_path) == []
    kept = bytearray(path.read_bytes())
    kept[where] ^= 1
    path.write_bytes(kept)
    assert kept_exports.damaged(tmp_path) == [path.name]
    with pytest.raises(RefusedError, match="export_damaged"):
        kept_exports.read(path)


def test_what_is_lost_is_made_again_only_as_it_was(tmp_path: Path) -> None:
    path = place(tmp_path)
    kept_exports.keep(tmp_path, path, b"what was shown")
    path.unlink()
    assert kept_exports.damaged(tmp_path) == [path.name]
    with pytest.raises(RefusedError, match="export_damaged"):
        kept_exports.keep(tmp_path, path, b"another program says it otherwise")
    assert not path.exists()
    assert kept_exports.keep(tmp_path, path, b"what was shown") == b"what was shown"
    assert kept_exports.damaged(tmp_path) == []


def test_another_export_with_a_hash_of_its_own_is_not_what_was_kept(tmp_path: Path) -> None:
    path = place(tmp_path)
    kept_exports.keep(tmp_path, path, b"what was shown")
    other = path.with_name("another.kept")
    kept_exports.keep(tmp_path, other, b"something else")
    path.write_bytes(other.read_bytes())
    assert kept_exports.damaged(tmp_path) == [path.name]
