"""The health address opens what the pages read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data import settings, store
from data.disk import DiskRefusedError
from pages.web import health
from queries import ask, certificate


@pytest.fixture
def well(small_release: Path, tmp_path: Path) -> Path:
    """A store with a release, which the health address has been asked about before."""
    folder = tmp_path / "well"
    store.create(folder)
    shutil.copytree(small_release / ask.RELEASES, folder / ask.RELEASES)
    assert health.facts(folder) == {"status": "ok", "release": 1}
    return folder


def test_a_store_with_a_release_is_well_and_names_it(well: Path) -> None:
    assert health.facts(well) == {"status": "ok", "release": 1}


def test_a_store_without_a_release_is_well(tmp_path: Path) -> None:
    store.create(tmp_path / "new")
    assert health.facts(tmp_path / "new") == {"status": "ok", "release": None}


def test_a_store_that_somebody_uses_is_well_and_stays_locked(well: Path) -> None:
    with store.opened(well):
        assert health.facts(well) == {"status": "ok", "release": 1}
        script = "import duckdb, sys; duckdb.connect(sys.argv[1])"
        other = subprocess.run(
            [sys.executable, "-c", script, str(well / store.STORE_FILE)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert "Could not set lock on file" in other.stderr


def test_what_is_lost_while_the_dashboard_runs_is_found_out(well: Path) -> None:
    file = ask.file_of(well, 1)
    kept = file.rename(file.with_suffix(".kept"))
    with pytest.raises(ask.NoReleaseError):
        health.facts(well)
    kept.rename(file)
    assert health.facts(well)["status"] == "ok"
    certificate.path_of(file).unlink()
    with pytest.raises(ask.DiscardedReleaseError):
        health.facts(well)


def test_what_is_damaged_while_the_dashboard_runs_is_found_out(well: Path) -> None:
    file = ask.file_of(well, 1)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(ask.DiscardedReleaseError):
        health.facts(well)


def test_a_release_that_has_not_changed_is_not_read_again(
    well: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr(certificate, "_sha256", read)
    assert health.facts(well)["status"] == "ok"


def test_a_store_that_is_lost_or_emptied_is_found_out(well: Path) -> None:
    file = well / store.STORE_FILE
    file.write_bytes(b"")
    with pytest.raises(DiskRefusedError):
        health.facts(well)
    file.unlink()
    with pytest.raises(DiskRefusedError):
        health.facts(well)
    (well / settings.ABOUT_FILE).unlink()
    with pytest.raises(store.NoStoreError):
        health.facts(well)


def test_a_store_that_may_not_be_written_is_found_out(
    well: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By name: to the system's administrator, as whom tests may run, everything is allowed.
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != store.STORE_FILE)
    with pytest.raises(DiskRefusedError) as refused:
        health.facts(well)
    assert refused.value.code == "not_allowed"


def test_a_store_without_a_release_waits_for_its_first_upload(tmp_path: Path) -> None:
    assert health.facts(tmp_path) == {"status": "ok", "release": None}


def test_a_release_that_is_lost_is_found_out(tmp_path: Path) -> None:
    store.create(tmp_path)
    (tmp_path / ask.RELEASES).mkdir()
    (tmp_path / ask.RELEASES / ask.CURRENT).write_text("000007")
    with pytest.raises(ask.NoReleaseError):
        health.facts(tmp_path)


def test_a_release_that_is_broken_is_found_out(tmp_path: Path) -> None:
    store.create(tmp_path)
    (tmp_path / ask.RELEASES).mkdir()
    (tmp_path / ask.RELEASES / ask.CURRENT).write_text("000007")
    ask.file_of(tmp_path, 7).write_bytes(b"not a database" * 1000)
    with pytest.raises(ask.DiscardedReleaseError):
        health.facts(tmp_path)
