"""The performance table is found where the project is, and its absence is told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import app
from pages.terminal import bench


def test_it_runs_the_table_with_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(words: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        assert not check
        ran.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", run)
    assert app.main(["bench", "--times", "2", "--json"]) == 0
    assert ran[0][1:] == [str(bench.TABLE), "--json", "--times", "2"]
    assert bench.TABLE.is_file()


def test_an_installed_program_says_where_the_measurements_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(bench, "TABLE", tmp_path / "table.py")
    assert app.main(["bench", "--json"]) == 1
    out, err = capsys.readouterr()
    assert err.startswith("Målingene ligger i prosjektmappen")
    assert json.loads(out)["refused"]["code"] == "no_measurements"
