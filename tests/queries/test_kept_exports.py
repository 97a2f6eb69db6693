"""What was exported of a locked month is kept once, and told when it is not what was kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data.store import RefusedError
from queries import kept_exports

OCTOBER = dt.date(2026, 10, 1)


def test_what_is_kept_is_never_written_over(tmp_path: Path) -> None:
    path = kept_exports.place(tmp_path, OCTOBER, 3, "nb", "json")
    assert kept_exports.read(path) is None
    assert kept_exports.keep(path, b"first") == b"first"
    assert kept_exports.keep(path, b"another program says it otherwise") == b"first"
    assert kept_exports.read(path) == b"first"
    assert [one.name for one in path.parent.iterdir()] == ["2026-10.000003.nb.json.kept"]


@pytest.mark.parametrize("where", [0, 70, -1])
def test_one_planted_byte_is_noticed(tmp_path: Path, where: int) -> None:
    path = kept_exports.place(tmp_path, OCTOBER, 3, "nb", "json")
    kept_exports.keep(path, b"what was shown")
    assert kept_exports.damaged(tmp_path) == []
    kept = bytearray(path.read_bytes())
    kept[where] ^= 1
    path.write_bytes(kept)
    assert kept_exports.damaged(tmp_path) == [path.name]
    with pytest.raises(RefusedError, match="export_damaged"):
        kept_exports.read(path)
