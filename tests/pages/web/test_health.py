"""The health address opens what the pages read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.web import health
from queries import ask


def test_a_store_with_a_release_is_well_and_names_it(small_release: Path) -> None:
    assert health.facts(small_release) == {"status": "ok", "release": 1}


def test_a_store_without_a_release_waits_for_its_first_upload(tmp_path: Path) -> None:
    assert health.facts(tmp_path) == {"status": "ok", "release": None}


def test_a_release_that_is_lost_is_found_out(tmp_path: Path) -> None:
    (tmp_path / ask.RELEASES).mkdir()
    (tmp_path / ask.RELEASES / ask.CURRENT).write_text("000007")
    with pytest.raises(ask.NoReleaseError):
        health.facts(tmp_path)


def test_a_release_that_is_broken_is_found_out(tmp_path: Path) -> None:
    (tmp_path / ask.RELEASES).mkdir()
    (tmp_path / ask.RELEASES / ask.CURRENT).write_text("000007")
    ask.file_of(tmp_path, 7).write_bytes(b"not a database" * 1000)
    with pytest.raises(ask.DiscardedReleaseError):
        health.facts(tmp_path)
