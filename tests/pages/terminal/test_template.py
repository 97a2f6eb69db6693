"""`template` writes a file to fill in, which loads as any other file does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(("kind", "name"), [("tiltak", "mal.xlsx"), ("Utsendinger", "mal.csv")])
def test_the_ending_says_which_form_is_written(
    run: Run, tmp_path: Path, small: Path, kind: str, name: str
) -> None:
    out = tmp_path / name
    said = run("template", kind, out, "--store", small)
    assert said.out == f"Malen er skrevet til {out}.\n"
    judged = run("check", out, "--store", small)
    assert judged.code == 0
    assert "dette er eksempelet i malen" in judged.out


def test_without_a_name_it_is_called_after_its_kind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("template", "goals", "--json", "--store", tmp_path / "none")
    assert said.json == {"kind": "goals", "file": "mal_mål.xlsx"}
    assert (tmp_path / "mal_mål.xlsx").read_bytes().startswith(b"PK")


def test_an_unknown_kind_is_told_which_there_are(run: Run) -> None:
    said = run("template", "budsjett")
    assert said.code == 2
    assert "fant «budsjett», ventet ett av kommuner, tjenester," in said.err
